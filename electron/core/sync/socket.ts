import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { type Down, down } from '#shared/protocol/down.ts'
import { ErrorAnswer } from '#shared/protocol/http.ts'
import { type Handshake, socketPath } from '#shared/protocol/socket.ts'
import type { Dial } from './link.ts'

const TIMEOUT = 15_000

/** A socket.io connection, websocket only. It does not reconnect by itself: connection.ts does, with a fresh token. */
export const dialSocket: Dial = ({ hubUrl, token }, listener) => {
  const socket = io(hubUrl, {
    path: socketPath,
    auth: { token, documents: 'text' } satisfies Handshake,
    transports: ['websocket'],
    parser,
    reconnection: false,
    forceNew: true,
    timeout: TIMEOUT,
    autoConnect: false,
  })
  let over = false
  const end = (reason: Parameters<typeof listener.ended>[0]): void => {
    if (over) return
    over = true
    socket.removeAllListeners()
    socket.disconnect()
    listener.ended(reason)
  }
  socket.on('connect', () => listener.opened())
  for (const name of Object.keys(down) as (keyof Down)[])
    socket.on(name, (payload: unknown) => {
      if (!over) listener.message(name, payload)
    })
  socket.on('connect_error', error => {
    const refused = ErrorAnswer.safeParse((error as { data?: unknown }).data)
    end(refused.success ? refused.data.fault : undefined)
  })
  socket.on('disconnect', () => end(undefined))
  socket.connect()
  return {
    send: (name, message) => void socket.emit(name, message),
    close: () => {
      over = true
      socket.removeAllListeners()
      socket.disconnect()
    },
  }
}
