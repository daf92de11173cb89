/**
 * A desk reduced to what the hub sees of it: says hello, confirms every patch, pushes when told to. It speaks the wire by
 * hand (engine.io 4 and socket.io 5 with msgpack, https://socket.io/docs/v4/socket-io-protocol) and reads of a patch only what
 * it needs, so that a bench of the hub measures the hub.
 */
import WebSocket from 'ws'
import type { Acknowledgement, Cursor, Envelope } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'
import { socketPath } from '#shared/protocol/socket.ts'
import { protocolVersion } from '#shared/protocol/version.ts'
import { pack } from '../../server/sync/msgpack.ts'
import type { Ticket } from './hub.ts'
import { glance, unpack } from './msgpack-glance.ts'

/** What a light desk knows of a patch. */
export interface LightPatch {
  patch: number
  rows: number
  remaining: number
  cursors: Cursor[]
  pages: { stream: string; token: string | null }[]
  acknowledged: Acknowledgement[]
  bytes: number
  /** All of it; costs as much as it is long. */
  whole(): Patch
}

export interface LightOptions {
  /** Begin with nothing, as a new desk does. */
  fromNothing?: boolean
  /** Outcomes that it has, of connections before. */
  confirmed?: number
  /** Waits so long before it confirms: a slow reader. Milliseconds. */
  slow?: number
  onWelcome?(): void
  onPatch?(patch: LightPatch): void
}

const told = (data: Buffer): unknown => (unpack(data) as { data: unknown[] }).data[1]

export class LightDesk {
  readonly deviceId: string
  readonly ended: Promise<string>
  readonly live: Promise<void>
  bytes = 0
  rows = 0
  messages = 0
  welcomed = false
  acknowledged = 0
  readonly cursors = new Map<string, Cursor>()
  readonly #socket: WebSocket
  readonly #options: LightOptions
  #confirmed = 0
  #told: ((patch: LightPatch) => void)[] = []

  constructor(url: string, ticket: Ticket, options: LightOptions = {}) {
    const { deviceId, token } = ticket
    this.deviceId = deviceId
    this.#options = options
    this.#confirmed = options.confirmed ?? 0
    const cursors = options.fromNothing ? [] : ticket.cursors
    for (const cursor of cursors) this.cursors.set(cursor.stream, cursor)
    const socket = new WebSocket(`${url.replace(/^http/u, 'ws')}${socketPath}/?EIO=4&transport=websocket`)
    this.#socket = socket
    let ended: (reason: string) => void = () => {}
    this.ended = new Promise(resolve => {
      ended = resolve
    })
    this.live = new Promise((resolve, reject) => {
      void this.ended.then(reason => reject(new Error(reason)))
      this.#told.push(({ remaining }) => remaining === 0 && resolve())
    })
    this.live.catch(() => undefined)
    socket.on('error', error => ended(String(error)))
    socket.on('close', () => ended('closed'))
    socket.on('message', (data: Buffer, binary) => {
      if (!binary) {
        const text = data.toString()
        if (text[0] === '0') this.#packet(0, { token, documents: 'text' })
        if (text === '2') socket.send('3')
        return
      }
      this.messages += 1
      const packet = glance(data)
      if (packet.type === 0)
        this.#say('hello', {
          protocol: protocolVersion,
          deviceId,
          deviceEpoch: 1,
          cursors,
          pages: [],
          confirmed: this.#confirmed,
        })
      else if (packet.type === 4) ended(`not let in: ${JSON.stringify(unpack(data))}`)
      else if (packet.event === 'goodbye') ended(JSON.stringify(told(data)))
      else if (packet.event === 'welcome') {
        this.welcomed = true
        options.onWelcome?.()
      } else if (packet.event === 'patch')
        this.#patch({ ...packet.patch, bytes: data.length, whole: () => told(data) as Patch })
    })
  }

  push(mutations: Envelope[]): void {
    this.#say('push', { deviceEpoch: 1, mutations })
  }

  /** The next patch that fits. */
  patch(fits: (patch: LightPatch) => boolean): Promise<LightPatch> {
    return new Promise(resolve => {
      const look = (patch: LightPatch): void => {
        if (!fits(patch)) return
        this.#told = this.#told.filter(each => each !== look)
        resolve(patch)
      }
      this.#told.push(look)
    })
  }

  /** Gone without a word, as when a cable is cut. */
  cut(): void {
    this.#socket.terminate()
  }

  #patch(patch: LightPatch): void {
    this.bytes += patch.bytes
    this.rows += patch.rows
    for (const cursor of patch.cursors) this.cursors.set(cursor.stream, cursor)
    for (const { n } of patch.acknowledged) {
      this.acknowledged += 1
      this.#confirmed = Math.max(this.#confirmed, n)
    }
    const stored = () => this.#say('stored', { patch: patch.patch, confirmed: this.#confirmed })
    if (this.#options.slow) setTimeout(stored, this.#options.slow)
    else stored()
    for (const look of [...this.#told]) look(patch)
    this.#options.onPatch?.(patch)
  }

  #say(name: string, message: unknown): void {
    this.#packet(2, [name, message])
  }

  #packet(type: number, data: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(pack({ type, nsp: '/', data }))
  }
}
