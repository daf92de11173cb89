import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { z } from 'zod'

/** A program of ours under test: started until it says `{"ready":true,...}`, ended by signal. */
export interface Program<Ready> {
  ready: Ready
  process: ChildProcess
  /** What it wrote to stderr, for the message of a failing test. */
  log(): string
  /** Ends it and waits until it has. SIGKILL leaves it no time for anything. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

interface Start<Ready> {
  command: string[]
  env?: Record<string, string>
  ready: z.ZodType<Ready>
}

const START_LIMIT = 60_000

/** @throws with the program's own words when it ends or stays silent before it is ready */
export async function startProgram<Ready>({ command, env, ready }: Start<Ready>): Promise<Program<Ready>> {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let errors = ''
  child.stderr.on('data', data => {
    errors += data
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))

  const first = await new Promise<Ready>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${command.join(' ')} was not ready in time\n${errors}`))
    }, START_LIMIT)
    createInterface({ input: child.stdout }).on('line', line => {
      if (!line.startsWith('{')) return
      const parsed = ready.safeParse(JSON.parse(line))
      if (!parsed.success) return
      clearTimeout(limit)
      resolve(parsed.data)
    })
    void ended.then(code => {
      clearTimeout(limit)
      reject(new Error(`${command.join(' ')} ended with ${code} before it was ready\n${errors}`))
    })
  })
  return {
    ready: first,
    process: child,
    log: () => errors,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
}

/** Runs a command to its end with something on its standard input; gives what it printed. */
export async function run(command: string[], input = '', env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, command, { env: { ...process.env, ...env } })
  let out = ''
  let errors = ''
  child.stdout.on('data', data => {
    out += data
  })
  child.stderr.on('data', data => {
    errors += data
  })
  child.stdin.end(input)
  const code = await new Promise<number | null>(resolve => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${errors}`)
  return out
}
