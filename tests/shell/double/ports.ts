import type { MessageChannelMain, MessagePortMain } from 'electron'
import { Emitter } from './emitter.ts'

/** Electron's main-process port, on top of Node's: messages wait until `start`, the other end's close is told. */
export class PortDouble extends Emitter implements Pick<MessagePortMain, 'start' | 'postMessage' | 'close'> {
  readonly inner: MessagePort
  private readonly waiting: unknown[] = []
  private started = false

  constructor(inner: MessagePort) {
    super()
    this.inner = inner
    inner.onmessage = ({ data }) => {
      if (this.started) this.emit('message', { data, ports: [] })
      else this.waiting.push(data)
    }
    inner.addEventListener('close', () => this.emit('close'))
  }
  start(): void {
    this.started = true
    for (const data of this.waiting.splice(0)) this.emit('message', { data, ports: [] })
  }
  postMessage(message: unknown): void {
    this.inner.postMessage(message)
  }
  close(): void {
    this.inner.close()
  }
}

export class ChannelDouble implements MessageChannelMain {
  port1: MessagePortMain
  port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortDouble(port1) as unknown as MessagePortMain
    this.port2 = new PortDouble(port2) as unknown as MessagePortMain
  }
}

/** What a double of ours gave out comes back to it: the shell may not make ports of its own. */
export const portDouble = (port: MessagePortMain): PortDouble => {
  if (!(port instanceof PortDouble)) throw new TypeError('not a port of this Electron')
  return port
}
