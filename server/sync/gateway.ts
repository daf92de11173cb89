/**
 * The socket.io side of sessions: who may open one, what is a message, how much is too much. Everything that comes in is
 * parsed here; behind it are only typed messages.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { Down } from '#shared/protocol/down.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import { Handshake, messageBytes, socketPath } from '#shared/protocol/socket.ts'
import { type Up, up } from '#shared/protocol/up.ts'
import { isBeside } from '../api/origin.ts'
import type { Auth } from '../auth/sign-in.ts'
import { bucket } from '../limits/buckets.ts'
import type { Log } from './ground.ts'
import type { SessionOwner, SessionSocket } from './session.ts'
import type { Sessions } from './sessions.ts'
import * as parser from './wire.ts'

export interface GatewayDeps {
  auth: Auth
  sessions: Sessions
  now(): number
  log: Log
}

/**
 * A socket that has not said hello by then is closed, and may come again: perhaps the hub was too busy to hear it. One whose
 * hello is being answered waits for as long as that takes. Milliseconds.
 */
const HELLO_WITHIN = 15_000
/** Messages of one socket: a desk that catches up stays far below. */
const MESSAGES = { burst: 2_000, perSecond: 400 }
const PRESENCE = { burst: 20, perSecond: 5 }
/** Ephemeral messages are left out for a socket that has this much waiting. Bytes. */
const SLOW = 1_000_000

export function openGateway(http: HttpServer, deps: GatewayDeps): { close(): Promise<void> } {
  const io = new Server(http, {
    path: socketPath,
    transports: ['websocket'],
    parser,
    serveClient: false,
    maxHttpBufferSize: messageBytes,
    // Small windows: a connection costs some 25 kB instead of 300 (P8). Text still shrinks to about a third.
    perMessageDeflate: {
      threshold: 4_096,
      serverMaxWindowBits: 11,
      clientMaxWindowBits: 11,
      zlibDeflateOptions: { level: 1, memLevel: 4 },
    },
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest(request, decide) {
      withoutCompressionHere(request)
      decide(null, true)
    },
  })

  io.use((socket, next) => {
    admit(deps.auth, socket).then(
      refused =>
        next(refused ? Object.assign(new Error(refused.kind), { data: { fault: refused } }) : undefined),
      error => {
        deps.log.error({ error: String(error) }, 'a handshake failed')
        next(Object.assign(new Error('hub-busy'), { data: { fault: fault('hub-busy') } }))
      },
    )
  })

  io.on('connection', socket => serve(deps, socket))

  return {
    close: () =>
      new Promise(resolve => {
        void io.close(() => resolve())
        // A download that was just answered keeps its connection a while; the hub need not wait for it.
        http.closeAllConnections()
      }),
  }
}

async function admit(auth: Auth, socket: Socket): Promise<Fault | undefined> {
  const handshake = Handshake.safeParse(socket.handshake.auth)
  if (!handshake.success) return fault('session-expired')
  const bearer = await auth.bearer(handshake.data.token)
  if (!bearer.ok) return bearer.fault
  socket.data = bearer.value satisfies SessionOwner
  return undefined
}

function serve({ sessions, now, log }: GatewayDeps, socket: Socket): void {
  const owner = socket.data as SessionOwner
  const wire: SessionSocket = {
    takesText: (socket.handshake.auth as Handshake).documents === 'text',
    send(name: keyof Down, message: unknown) {
      const ephemeral = name === 'presence' || name === 'heartbeat'
      if (ephemeral && waiting(socket) > SLOW) return
      socket.emit(name, message)
    },
    // The reason goes out first: `disconnect` alone would drop what has not been written.
    close: () => void setImmediate(() => socket.disconnect(true)),
  }
  const session = sessions.open(owner, wire)
  const mayMessage = bucket(MESSAGES, now)
  const mayShow = bucket(PRESENCE, now)
  const silent = setTimeout(() => {
    if (session.silent) session.end(fault('hub-busy', { detail: 'no hello' }))
  }, HELLO_WITHIN)

  socket.onAny((name: string, message: unknown) => {
    if (!mayMessage()) {
      log.warn({ device: owner.deviceId }, 'a desk sent too much')
      session.end(fault('hub-busy', { detail: 'too many messages' }))
      return
    }
    if (!isUp(name)) return // a newer desk may say more than this hub knows (S14)
    if (name === 'presence' && !mayShow()) return
    const parsed = up[name].safeParse(message)
    if (!parsed.success) {
      const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
      session.end(fault('invalid', { params: { field: `${name}.${path}`.slice(0, 200) } }))
      return
    }
    session.receive(name, parsed.data as Up[typeof name])
  })
  socket.on('disconnect', () => {
    clearTimeout(silent)
    sessions.gone(session)
  })
}

const isUp = (name: string): name is keyof Up => Object.hasOwn(up, name)

/** A desk beside its hub gains nothing by compression, so it is not agreed upon. Behind a proxy nobody is beside us. */
function withoutCompressionHere(request: IncomingMessage): void {
  if (isBeside(request)) delete request.headers['sec-websocket-extensions']
}

/** Bytes that the connection has not taken yet. */
function waiting(socket: Socket): number {
  const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } }
  return transport.socket?.bufferedAmount ?? 0
}
