// The only file that touches the preload's API or a WebSocket. Everything else of the renderer talks to `link`.

import { type PopOutPlace, popOutHash, popOutOf } from '#shared/ipc/pop-out.ts'
import type { Port } from '#shared/ipc/port.ts'
import { type Destination, portMessage, type ShellBridge } from '#shared/ipc/shell.ts'
import { decodeFrame, encodeFrame } from '#shared/ipc/wire.ts'
import { createLink } from './link.ts'

declare global {
  interface Window {
    skein?: ShellBridge
  }
}

export const link = createLink(() => (window.skein ? portFromShell(window.skein) : portFromPreview()))

/** The system's language tag. */
export const systemLocale = (): string => window.skein?.locale ?? navigator.language

/** A deep link or a clicked notification; nothing in the browser preview. */
export const onNavigate = (listener: (to: Destination) => void): void => window.skein?.onNavigate(listener)

/** The conversation that this window is for; null: it is the whole desk. */
export const popOutHere = (): PopOutPlace | null => popOutOf(location.hash)

/** Shows a conversation in a window of its own, or brings that one to the front. */
export function popOut({ customerId, conversationId }: PopOutPlace): void {
  const place = { customerId, conversationId }
  if (window.skein) window.skein.popOut(place)
  else
    window
      .open(location.pathname + popOutHash(place), `skein-${conversationId}`, 'popup,width=940,height=760')
      ?.focus()
}

function portFromShell(shell: ShellBridge): Promise<Port> {
  return new Promise(resolve => {
    const arrived = (event: MessageEvent): void => {
      const port = event.ports[0]
      // Only from this very window: a mail's frame may post messages too.
      if (event.source !== window || event.data !== portMessage || !port) return
      window.removeEventListener('message', arrived)
      resolve({
        post: message => port.postMessage(message),
        onMessage(listener) {
          port.onmessage = ({ data }) => listener(data)
        },
        onClose: listener => port.addEventListener('close', listener, { once: true }),
        close: () => port.close(),
      })
    }
    window.addEventListener('message', arrived)
    shell.connect()
  })
}

function portFromPreview(): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/port`)
    socket.binaryType = 'arraybuffer'
    const early: unknown[] = []
    let listener = (message: unknown): void => void early.push(message)
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      listener(decodeFrame(typeof data === 'string' ? data : new Uint8Array(data)))
    socket.onclose = () => reject(new Error('the preview is not there'))
    socket.onopen = () =>
      resolve({
        post: message => {
          if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(message))
        },
        onMessage(next) {
          listener = next
          for (const message of early.splice(0)) next(message)
        },
        onClose: closed => socket.addEventListener('close', () => closed(), { once: true }),
        close: () => socket.close(),
      })
  })
}
