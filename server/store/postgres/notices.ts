import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionConfig, SILENT_FOR } from '../../db/connection.ts'

/** What is to be told on a channel of PostgreSQL's. */
export interface Source {
  channel: string
  /** The next payload, of less than 8,000 bytes; undefined: there is nothing more to tell. */
  next(): string | undefined
  /** What another hub told on this channel. */
  heard(payload: string): void
}

/**
 * NOTIFY and LISTEN between the hubs of one database, on a connection of its own: within a transaction it would take a lock that serialises
 * all commits. When the connection is lost it is made again; what is told meanwhile may be lost.
 */
export class Notices {
  private readonly url: string
  private readonly sources: readonly Source[]
  private client: pg.Client | null = null
  private own = 0
  private sending = false
  private closed = false
  private connecting: Promise<void> = Promise.resolve()

  constructor(url: string, sources: readonly Source[]) {
    this.url = url
    this.sources = sources
  }

  async open(): Promise<void> {
    const client = new pg.Client({ ...connectionConfig(this.url), query_timeout: SILENT_FOR })
    client.on('error', () => this.lost(client))
    client.on('end', () => this.lost(client))
    client.on('notification', ({ processId, channel, payload }) => {
      if (processId !== this.own && payload)
        this.sources.find(source => source.channel === channel)?.heard(payload)
    })
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid')
    this.own = rows[0]?.pid ?? 0
    for (const { channel } of this.sources) await client.query(`listen ${channel}`)
    this.client = client
    if (this.closed) await client.end()
  }

  /** Tells what the sources have. What comes up while something is under way goes out after it. */
  async send(): Promise<void> {
    if (this.sending) return
    this.sending = true
    try {
      for (let told = true; told; ) {
        told = false
        for (const { channel, next } of this.sources)
          for (let payload = this.client && next(); payload; payload = this.client && next()) {
            told = true
            await this.client?.query('select pg_notify($1, $2)', [channel, payload])
          }
      }
    } catch {
      const client = this.client
      if (client) {
        this.lost(client)
        void client.end().catch(() => undefined)
      }
    } finally {
      this.sending = false
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.connecting
    const client = this.client
    this.client = null
    await client?.end()
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
    void this.send()
  }
}
