import type { Port } from '#shared/ipc/port.ts'

/** Two ends of a pipe: what is posted at one arrives at the other, in order, as a copy, never within the call itself. */
export const portPair = (): [Port, Port] => {
  const { port1, port2 } = new MessageChannel()
  return [portOf(port1), portOf(port2)]
}

const portOf = (port: MessagePort): Port => ({
  post: message => port.postMessage(message),
  // Setting onmessage also starts the port, so what came before is kept until then.
  onMessage(listener) {
    port.onmessage = event => listener(event.data)
  },
  onClose: listener => port.addEventListener('close', () => listener()),
  close: () => port.close(),
})
