/**
 * The doors of channels at the hub's own address, `/v1/channels/<channel>/…`: requests and websockets of customers' browsers
 * and of providers. Nobody here is signed in; every channel knows by itself whom it lets in.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { WebSocket, WebSocketServer } from 'ws'
import { fault } from '#shared/protocol/fault.ts'
import type { Door, DoorRequest, DoorSocket } from '../channels/channel.ts'
import { answerFault } from './answers.ts'
import { addressOf } from './origin.ts'

export const doorsPath = '/v1/channels'
/** Bytes of one websocket message. */
const FRAME = 64 * 1024
const PING = 20_000

export function addDoors(app: FastifyInstance, doorOf: (channel: string) => Door | undefined): void {
  app.register(async scope => {
    // As it came: providers sign the raw bytes. It is read when a door asks for it, and no further than it says.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.route<{ Params: { channel: string; '*': string } }>({
      method: ['GET', 'HEAD', 'POST', 'OPTIONS'],
      url: `${doorsPath}/:channel/*`,
      async handler(request, reply) {
        const door = doorOf(request.params.channel)
        if (!door) return answerFault(reply, fault('not-found'))
        const answer = await door.request({
          method: request.method,
          path: request.params['*'],
          query: new URL(request.url, 'http://hub').searchParams,
          headers: plainHeaders(request.headers),
          body: most => readBody(request.raw, request.headers['content-length'], most),
          from: addressOf(request.raw),
        })
        return reply.status(answer.status).headers(answer.headers).send(answer.body)
      },
    })
  })
}

/** Takes websockets for the doors that have them. */
export function openDoors(
  http: HttpServer,
  doorOf: (channel: string) => Door | undefined,
): { close(): void } {
  // No compression: messages are short, and a window for each visitor is not (P8).
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME, perMessageDeflate: false })
  const alive = new WeakSet<WebSocket>()

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const url = new URL(request.url ?? '/', 'http://hub')
    const [, channel, path] = /^\/v1\/channels\/([^/]+)\/(.*)$/.exec(url.pathname) ?? []
    if (channel === undefined || path === undefined) return // the gateway's, or nobody's
    const open = doorOf(channel)?.socket
    if (!open) {
      stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
      return
    }
    server.handleUpgrade(request, stream, head, socket => {
      alive.add(socket)
      socket.on('pong', () => alive.add(socket))
      socket.on('error', () => socket.terminate())
      open(portOf(socket), {
        method: 'GET',
        path,
        query: url.searchParams,
        headers: plainHeaders(request.headers),
        body: async () => Buffer.alloc(0),
        from: addressOf(request),
      })
    })
  }
  http.on('upgrade', upgrade)

  // A browser that lost its network says nothing; what does not answer a ping is gone.
  const ping = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, PING)

  return {
    close() {
      clearInterval(ping)
      http.off('upgrade', upgrade)
      for (const socket of server.clients) socket.terminate()
    },
  }
}

function portOf(socket: WebSocket): DoorSocket {
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    waiting: () => socket.bufferedAmount,
    onText(hear) {
      socket.on('message', (data, binary) => {
        if (binary) socket.close(1003)
        else hear(String(data))
      })
    },
    onClose(hear) {
      socket.on('close', hear)
    },
    close(code) {
      socket.close(code)
      // Who does not answer the closing is let go all the same.
      setTimeout(() => socket.terminate(), 2_000).unref()
    },
  }
}

const plainHeaders = (headers: IncomingMessage['headers']): DoorRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

/** Null: more than `most`; the rest is left to whoever ends the request. */
async function readBody(
  request: Readable,
  announced: string | undefined,
  most: number,
): Promise<Buffer | null> {
  if (Number(announced ?? 0) > most) return null
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > most) return null
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}
