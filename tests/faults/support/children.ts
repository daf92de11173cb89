/** Processes of a test: started with TypeScript already translated, ended by their own id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Child {
  process: ChildProcess
  /** What it wrote to stderr; the end of it. */
  log(): string
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts a program of this repository; every line it prints goes to `onLine`. */
export function startChild(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  onLine: (line: string) => void,
  /** A program that runs it, such as `fiu-run`. */
  through: readonly string[] = [],
): Child {
  const [program = '', ...rest] = [...through, process.execPath, file, ...args]
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Hundreds of starts: translating the same files each time would be most of the work.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'skein-faults-compiled'), ...env },
  })
  let log = ''
  child.stderr.on('data', data => {
    log = (log + String(data)).slice(-20_000)
  })
  createInterface({ input: child.stdout }).on('line', onLine)
  // 'close', not 'exit': what it printed last has been read by then.
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  return {
    process: child,
    log: () => log,
    ended,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
}
