// The core as Electron's utilityProcess. It imports no electron: `process.parentPort` is there when Electron starts it.
import { type FromCoreProcess, ToCoreProcess } from '#shared/ipc/core-process.ts'
import type { Port } from '#shared/ipc/port.ts'
import { faultOf } from './fault-error.ts'
import { type Core, startCore } from './start.ts'

/** What is used of Electron's MessagePortMain. */
interface MessagePortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** What is used of Electron's ParentPort. */
interface ParentPortLike {
  postMessage(message: FromCoreProcess): void
  on(event: 'message', listener: (event: { data: unknown; ports: MessagePortLike[] }) => void): void
}

const portOf = (port: MessagePortLike): Port => ({
  post: message => port.postMessage(message),
  onMessage(listener) {
    port.on('message', event => listener(event.data))
    // What came before is queued until here.
    port.start()
  },
  onClose: listener => port.on('close', listener),
  close: () => port.close(),
})

const parent = (process as unknown as { parentPort?: ParentPortLike }).parentPort
if (!parent) throw new Error('the core is started by the shell')

let core: Core | undefined

const start = async (options: Extract<ToCoreProcess, { t: 'start' }>): Promise<void> => {
  try {
    core = await startCore({
      profileDir: options.profileDir,
      key: options.key,
      device: options.device,
      version: options.version,
      ...(options.hubUrl === undefined ? {} : { hubUrl: options.hubUrl }),
      log: line => console.error(line),
    })
    parent.postMessage({ t: 'ready' })
  } catch (error) {
    parent.postMessage({ t: 'failed', fault: faultOf(error) })
    process.exitCode = 1
    setTimeout(() => process.exit(), 200)
  }
}

parent.on('message', ({ data, ports }) => {
  const parsed = ToCoreProcess.safeParse(data)
  if (!parsed.success) return
  switch (parsed.data.t) {
    case 'start':
      void start(parsed.data)
      break
    case 'connect':
      for (const port of ports) core?.connect(portOf(port))
      break
    case 'awake':
      core?.awake()
      break
    case 'close':
      void (core?.close() ?? Promise.resolve()).then(() => process.exit(0))
  }
})
