import type { MessagePortMain } from 'electron'
import type { Port } from '#shared/ipc/port.ts'

/** The shell's end of a MessagePort, as the contract wants it. Started when somebody listens. */
export const mainPort = (port: MessagePortMain): Port => ({
  post: message => port.postMessage(message),
  onMessage(listener) {
    port.on('message', ({ data }) => listener(data))
    port.start()
  },
  onClose: listener => void port.once('close', listener),
  close: () => port.close(),
})
