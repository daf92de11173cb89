// A WebSocket as the contract's Port, on the Node side.

import type { RawData, WebSocket } from 'ws'
import type { Port } from '#shared/ipc/port.ts'
import { decodeFrame, encodeFrame } from '#shared/ipc/wire.ts'

/** Closes the socket (1007, invalid payload: RFC 6455) on a frame that is no message. */
export const webSocketPort = (socket: WebSocket): Port => {
  let listener: ((message: unknown) => void) | undefined
  const early: unknown[] = []
  socket.on('message', (data, isBinary) => {
    let message: unknown
    try {
      message = decodeFrame(isBinary ? bytesOf(data) : data.toString())
    } catch {
      return socket.close(1007)
    }
    if (listener === undefined) early.push(message)
    else listener(message)
  })
  socket.on('error', () => socket.terminate())
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(encodeFrame(message))
    },
    onMessage(next) {
      listener = next
      for (const message of early.splice(0)) next(message)
    },
    onClose: closed => void socket.once('close', () => closed()),
    close: () => socket.close(),
  }
}

const bytesOf = (data: RawData): Uint8Array => {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
