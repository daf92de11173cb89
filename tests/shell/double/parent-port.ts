// Loaded before a utility process's entry: gives plain Node the `process.parentPort` that Electron would.
import { EventEmitter } from 'node:events'

/** The parent may be gone already; Electron drops the message then. */
const toParent = (message: object): void => void process.send?.(message, undefined, undefined, () => {})

class Port extends EventEmitter {
  readonly id: number
  private readonly waiting: unknown[] = []
  private started = false
  constructor(id: number) {
    super()
    this.id = id
  }
  take(data: unknown): void {
    if (this.started) this.emit('message', { data, ports: [] })
    else this.waiting.push(data)
  }
  start(): void {
    this.started = true
    for (const data of this.waiting.splice(0)) this.emit('message', { data, ports: [] })
  }
  postMessage(data: unknown): void {
    toParent({ kind: 'port', id: this.id, data })
  }
  close(): void {
    toParent({ kind: 'closed', id: this.id })
    this.emit('close')
  }
}

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    toParent({ kind: 'message', data })
  }
}

const parentPort = new ParentPort()
const ports = new Map<number, Port>()
const early: unknown[] = []

process.on('message', (message: { kind: string; id: number; data: unknown; ports: number[] }) => {
  if (message.kind === 'port') ports.get(message.id)?.take(message.data)
  else if (message.kind === 'closed') ports.get(message.id)?.emit('close')
  else {
    const given = message.ports.map(id => {
      const port = new Port(id)
      ports.set(id, port)
      return port
    })
    const event = { data: message.data, ports: given }
    // Electron keeps messages until somebody listens.
    if (parentPort.listenerCount('message') === 0) early.push(event)
    else parentPort.emit('message', event)
  }
})
parentPort.on('newListener', name => {
  if (name === 'message')
    setImmediate(() => early.splice(0).forEach(event => void parentPort.emit('message', event)))
})
// The desk that started it is gone: Electron would end the process too.
process.on('disconnect', () => process.exit(0))

Object.assign(process, { parentPort })
