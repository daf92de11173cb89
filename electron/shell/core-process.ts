// Keeps the core running beside the shell: starts it, starts it again when it dies (later each time), and gives each window a
// port to it. A window that asks while the core is away gets its port when it is back.
import type { MessagePortMain, UtilityProcess } from 'electron'
import { FromCoreProcess, type ToCoreProcess } from '#shared/ipc/core-process.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import type { ElectronModule } from './electron-module.ts'

export interface CoreDeps {
  electron: ElectronModule
  /** The bundled entry, `core.js`. */
  entry: string
  start: Omit<Extract<ToCoreProcess, { t: 'start' }>, 't'>
  /** The core says why it cannot start, or has died too often; nothing is tried again until `start` is called. */
  failed(fault: Fault | undefined): void
  /** Milliseconds to wait after so many deaths in a row. */
  pause?(deaths: number): number
}

export interface CoreProcess {
  start(): void
  /** Takes the port's other end as soon as the core is up. */
  connect(port: MessagePortMain): void
  awake(): void
  /** Resolves when the process has closed its replica and is gone. */
  close(): Promise<void>
}

const usualPause = (deaths: number): number => Math.min(30_000, 500 * 2 ** (deaths - 1))
/** Deaths in a row, without a quiet minute between, after which a person is asked (S28: never a crash loop). */
const mostDeaths = 6
const quiet = 60_000

/**
 * A core runs all day. V8 lets the young generation of a busy one grow to 90 MB, and keeps the pages that a collection has emptied for
 * later: after an hour of work 85 MB of 169. With semi-spaces of 4 MB and in its mode that saves memory it gives them back, for 3 % of a
 * first sync (docs/bench.md). A utility process takes V8's flags by this switch only.
 */
export const coreFlags = ['--max-semi-space-size=4', '--memory-saver-mode']

export const createCoreProcess = (deps: CoreDeps): CoreProcess => {
  let process: UtilityProcess | undefined
  let ready = false
  let closing = false
  let deaths = 0
  let pause: NodeJS.Timeout | undefined
  let calm: NodeJS.Timeout | undefined
  let waiting: MessagePortMain[] = []

  const say = (message: ToCoreProcess, ports?: MessagePortMain[]): void =>
    process?.postMessage(message, ports)

  const onMessage = (message: unknown): void => {
    const parsed = FromCoreProcess.safeParse(message)
    if (!parsed.success) return
    if (parsed.data.t === 'failed') {
      deaths = mostDeaths // its exit is expected: no restart
      deps.failed(parsed.data.fault)
      return
    }
    ready = true
    calm = setTimeout(() => {
      deaths = 0
    }, quiet)
    for (const port of waiting) say({ t: 'connect' }, [port])
    waiting = []
  }

  const onExit = (): void => {
    process = undefined
    ready = false
    clearTimeout(calm)
    if (closing || deaths >= mostDeaths) return
    deaths += 1
    if (deaths >= mostDeaths) deps.failed(undefined)
    else pause = setTimeout(start, (deps.pause ?? usualPause)(deaths))
  }

  const start = (): void => {
    clearTimeout(pause)
    if (process !== undefined) return
    if (deaths >= mostDeaths) deaths = 0
    process = deps.electron.utilityProcess.fork(deps.entry, [], {
      serviceName: 'Skein core',
      execArgv: [`--js-flags=${coreFlags.join(' ')}`],
      stdio: 'inherit',
    })
    process.on('message', onMessage)
    process.once('exit', onExit)
    say({ t: 'start', ...deps.start })
  }

  return {
    start,
    connect(port) {
      if (ready) say({ t: 'connect' }, [port])
      else waiting.push(port)
    },
    awake: () => say({ t: 'awake' }),
    close() {
      closing = true
      clearTimeout(pause)
      const last = process
      if (last === undefined) return Promise.resolve()
      return new Promise(resolve => {
        // A core that hangs must not keep the desk from quitting; its replica is safe at every moment (S7).
        const late = setTimeout(() => last.kill(), 5_000)
        last.once('exit', () => {
          clearTimeout(late)
          resolve()
        })
        say({ t: 'close' })
      })
    },
  }
}
