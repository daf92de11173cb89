/**
 * The doors of channels at the hub's own address, `/v1/channels/<channel>/…`: requests and websockets of customers' browsers
 * and of providers. Nobody here is signed in; every channel knows by itself whom it lets in.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { WebSocket, WebSocketServer } from 'ws'
import { fault } from '#shared/protocol/fault.ts'
import type { Door, DoorRequest, DoorSocket } from '../channels/channel.ts'
import { answerFault } from './answers.ts'

export const doorsPath = '/v1/channels'
/** Bytes of a request's body and of one websocket message. */
const BODY = 256 * 1024
const FRAME = 64 * 1024
const PING = 20_000

export function addDoors(app: FastifyInstance, doorOf: (channel: string) => Door | undefined): void {
  app.register(async scope => {
    // As it came: providers sign the raw bytes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY }, (_request, body, done) =>
      done(null, body),
    )
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
          body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          from: request.ip,
        })
        const body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body)
        return reply.status(answer.status).headers(answer.headers).send(body)
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
        body: new Uint8Array(),
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

const LOOPBACK = /^(::ffff:)?127\.|^::1$/

/** As fastify's `trustProxy: 'loopback'`: behind a proxy of this machine, the last address that is not of this machine. */
function addressOf({ headers, socket }: IncomingMessage): string {
  const own = socket.remoteAddress ?? ''
  const named = headers['x-forwarded-for']
  if (!LOOPBACK.test(own) || named === undefined) return own
  const hops = String(named)
    .split(',')
    .map(hop => hop.trim())
  return hops.findLast(hop => !LOOPBACK.test(hop)) ?? hops[0] ?? own
}
