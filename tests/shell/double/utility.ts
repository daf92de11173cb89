import { type ChildProcess, fork } from 'node:child_process'
import type { MessagePortMain, UtilityProcess } from 'electron'
import { Emitter } from './emitter.ts'
import { portDouble } from './ports.ts'

const shim = new URL('./parent-port.ts', import.meta.url).href

/** Electron's utility process as a plain Node process; parent-port.ts gives it `process.parentPort`. */
export class UtilityDouble extends Emitter implements Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill'> {
  readonly child: ChildProcess
  private lastPort = 0

  constructor(entry: string, env: NodeJS.ProcessEnv) {
    super()
    this.child = fork(entry, [], {
      execArgv: ['--import', shim],
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      env,
    })
    const ports = new Map<number, ReturnType<typeof portDouble>>()
    // Electron drops what is said to a process that has just died.
    this.tell = message => void (this.child.connected && this.child.send(message, () => {}))
    this.opened = (id, port) => {
      ports.set(id, port)
      port.on('message', ({ data }: { data: unknown }) => this.tell({ kind: 'port', id, data }))
      port.once('close', () => this.tell({ kind: 'closed', id }))
    }
    this.child.on('message', (message: { kind: string; id: number; data: unknown }) => {
      if (message.kind === 'message') this.emit('message', message.data)
      if (message.kind === 'port') ports.get(message.id)?.postMessage(message.data)
      if (message.kind === 'closed') ports.get(message.id)?.close()
    })
    this.child.once('spawn', () => this.emit('spawn'))
    this.child.once('exit', code => {
      for (const port of ports.values()) port.close()
      this.emit('exit', code ?? 1)
    })
  }

  private readonly tell: (message: object) => void
  private readonly opened: (id: number, port: ReturnType<typeof portDouble>) => void

  get pid(): number | undefined {
    return this.child.pid
  }
  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const ids = transfer.map(port => {
      this.lastPort += 1
      this.opened(this.lastPort, portDouble(port))
      return this.lastPort
    })
    this.tell({ kind: 'message', data: message, ports: ids })
    // Only now: what waited in a port must not arrive before the port itself.
    for (const port of transfer) port.start()
  }
  kill(): boolean {
    return this.child.kill()
  }
}
