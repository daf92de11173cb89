// Child processes of our own: started with a line that says they are ready, stopped by their id and waited for.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Child {
  process: ChildProcess
  /** Resolves when it has ended, by itself or after `stop`. */
  ended: Promise<number | null>
  stop(): Promise<void>
}

/** Runs a program whose output goes to this one's stderr; stdout stays for our own lines. */
export const runChild = (program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Child =>
  watchOver(spawn(program, args, { stdio: ['ignore', 2, 2], env }))

/**
 * Runs a program until it prints a line of JSON with `ready: true`.
 * @returns that line, parsed by `parse`; @throws when it ends before, with its exit code
 */
export const runUntilReady = async <Ready>(
  program: string,
  args: string[],
  parse: (line: unknown) => Ready | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ child: Child; ready: Ready }> => {
  const started = spawn(program, args, { stdio: ['ignore', 'pipe', 2], env })
  const child = watchOver(started)
  const ready = new Promise<Ready>((resolve, reject) => {
    createInterface({ input: started.stdout! }).on('line', line => {
      const value = parse(parseJson(line))
      if (value === undefined) process.stderr.write(`${line}\n`)
      else resolve(value)
    })
    void child.ended.then(code => reject(new Error(`${args[0]} ended with ${code} before it was ready`)))
  })
  return { child, ready: await ready }
}

/**
 * Runs a program to its end with something on its standard input.
 * @returns what it printed; @throws when it fails (its own words are on stderr)
 */
export const runWith = async (program: string, args: string[], input: string): Promise<string> => {
  const started = spawn(program, args, { stdio: ['pipe', 'pipe', 2] })
  let printed = ''
  started.stdout!.on('data', data => {
    printed += data
  })
  started.stdin!.on('error', () => {}) // it may end without reading; its exit code says so
  started.stdin!.end(input)
  const code = await watchOver(started).ended
  if (code !== 0) throw new Error(`${args[0]} ${args[1]} ended with ${code}`)
  return printed
}

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const watchOver = (started: ChildProcess): Child => {
  const ended = new Promise<number | null>((resolve, reject) => {
    started.once('exit', resolve)
    started.once('error', reject)
  })
  return {
    process: started,
    ended,
    async stop() {
      if (started.exitCode !== null || started.signalCode !== null) return
      started.kill('SIGTERM')
      const late = setTimeout(() => started.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Runs `stop` once on Ctrl-C, SIGTERM or a closed terminal, then ends this process. */
export const onEnd = (stop: () => Promise<void>): void => {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        error => {
          console.error(error)
          process.exit(1)
        },
      )
    })
}
