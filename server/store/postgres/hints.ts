import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Stream } from '#shared/model/stream.ts'
import { connectionConfig, SILENT_FOR } from '../../db/connection.ts'

const CHANNEL = 'skein_streams'
/** A notification holds less than 8,000 bytes. */
const ROOM = 7000

type Listener = (streams: readonly Stream[]) => void

/**
 * Tells this hub and the others which streams moved (S30). Within this process at once; to others by NOTIFY after the
 * commit, on a connection of its own: inside the transaction it would take a lock that serialises all commits. What comes
 * up while one is under way goes out together. When the connection is lost it is made again; meanwhile the others find
 * out by looking.
 */
export class Hints {
  private readonly url: string
  private readonly listeners = new Set<Listener>()
  private readonly waiting = new Set<Stream>()
  private client: pg.Client | null = null
  private own = 0
  private sending = false
  private closed = false
  private connecting: Promise<void> = Promise.resolve()

  constructor(url: string) {
    this.url = url
  }

  async open(): Promise<void> {
    const client = new pg.Client({ ...connectionConfig(this.url), query_timeout: SILENT_FOR })
    client.on('error', () => this.lost(client))
    client.on('end', () => this.lost(client))
    client.on('notification', ({ processId, payload }) => {
      if (processId !== this.own && payload) this.tell(payload.split('\n') as Stream[])
    })
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid')
    this.own = rows[0]?.pid ?? 0
    await client.query(`listen ${CHANNEL}`)
    this.client = client
    if (this.closed) await client.end()
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  committed(streams: readonly Stream[]): void {
    this.tell(streams)
    for (const stream of streams) this.waiting.add(stream)
    void this.send()
  }

  async close(): Promise<void> {
    this.closed = true
    this.listeners.clear()
    await this.connecting
    const client = this.client
    this.client = null
    await client?.end()
  }

  private tell(streams: readonly Stream[]): void {
    for (const listener of this.listeners) listener(streams)
  }

  private async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    try {
      while (this.client && this.waiting.size > 0) {
        await this.client.query('select pg_notify($1, $2)', [CHANNEL, this.next()])
      }
    } catch {
      // Lost with the connection: only hints, and every hub also looks by itself.
      const client = this.client
      if (client) {
        this.lost(client)
        void client.end().catch(() => undefined)
      }
    } finally {
      this.sending = false
    }
  }

  private next(): string {
    let payload = ''
    for (const stream of this.waiting) {
      if (payload && payload.length + stream.length > ROOM) break
      payload += payload ? `\n${stream}` : stream
      this.waiting.delete(stream)
    }
    return payload
  }

  private lost(client: pg.Client): void {
    if (this.closed || this.client !== client) return
    this.client = null
    this.connecting = this.reconnect()
  }

  private async reconnect(): Promise<void> {
    for (let wait = 100; !this.closed && !this.client; wait = Math.min(2 * wait, 5000)) {
      await this.open().catch(() => pause(wait))
    }
  }
}
