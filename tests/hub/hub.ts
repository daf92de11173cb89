/** The real hub on a real PostgreSQL, and desks that speak its wire by hand. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { uuidv7 } from 'uuidv7'
import type { Role } from '#shared/model/agent.ts'
import type { Doc, Row, RowType } from '#shared/model/row.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import type { Acknowledgement, Outcome } from '#shared/protocol/common.ts'
import type { Down } from '#shared/protocol/down.ts'
import type { Session } from '#shared/protocol/http.ts'
import { socketPath } from '#shared/protocol/socket.ts'
import type { Up } from '#shared/protocol/up.ts'
import { addAgent } from '../../server/admin/people.ts'
import { postgresVault } from '../../server/auth/postgres-vault.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { folderBlobs } from '../../server/blobs/blob-store.ts'
import { smtpRouteFromUrl } from '../../server/channels/email/settings.ts'
import { channels } from '../../server/channels/index.ts'
import { postgresHeld } from '../../server/held/postgres.ts'
import { createHub, type Hub, type HubConfig, type HubDeps } from '../../server/hub.ts'
import { saveSettings } from '../../server/inbound/accounts.ts'
import { addInbox } from '../../server/inboxes/rows.ts'
import type { Jobs } from '../../server/jobs/jobs.ts'
import { pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Store } from '../../server/store/store.ts'
import { silentLog } from '../../server/sync/ground.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { until } from './until.ts'

export const password = 'correct horse 电池 staple'

export interface HubOptions {
  config?: Partial<HubConfig>
  /** The folder of blobs and uploads; a temporary one when not given. */
  folder?: string
  deps?: Partial<HubDeps>
}

export async function startHub({ config = {}, folder: given, deps = {} }: HubOptions = {}) {
  const testDatabase = await createTestDatabase()
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'skein-hub-')))
  const secrets = secretsFrom(new Uint8Array(32).fill(7))
  const database = await testDatabase.open()
  const vault = postgresVault(database.kysely)
  const fixed = { host: '127.0.0.1', port: 0, smtpPort: 0, uploadLimit: 25 * 1024 * 1024, version: 'test' }

  const open = async () => {
    const jobs = await pgBossJobs({ database, alone: true })
    const store = await postgresStore({ database, jobs: jobs.table })
    const blobs = await folderBlobs(join(folder, 'blobs'), uuidv7)
    const hub = await createHub({
      store,
      jobs,
      vault,
      secrets,
      blobs,
      uploads: join(folder, 'uploads'),
      channels,
      held: postgresHeld(database.kysely),
      now: Date.now,
      newId: uuidv7,
      log: process.env.TEST_LOG ? console : silentLog,
      ...deps,
      config: { ...fixed, ...config },
    })
    return { hub, store, blobs, jobs }
  }
  const first = await open()
  await first.store.write(async tx =>
    tx.put('workspace', { id: uuidv7(), name: 'Test', lockAfterDays: 14, windowDays: 90 }),
  )
  return new TestHub(first, {
    open,
    vault,
    secrets,
    database,
    folder,
    drop: () => testDatabase.drop(),
    keep: given !== undefined,
  })
}

type Opened = { hub: Hub; store: Store; jobs: Jobs; blobs: Awaited<ReturnType<typeof folderBlobs>> }
interface Parts {
  open(): Promise<Opened>
  vault: ReturnType<typeof postgresVault>
  secrets: ReturnType<typeof secretsFrom>
  database: Awaited<ReturnType<Awaited<ReturnType<typeof createTestDatabase>>['open']>>
  folder: string
  keep: boolean
  drop(): Promise<void>
}

export class TestHub {
  #opened: Opened
  readonly parts: Parts
  readonly #desks = new Set<Desk>()

  constructor(opened: Opened, parts: Parts) {
    this.#opened = opened
    this.parts = parts
  }

  get hub(): Hub {
    return this.#opened.hub
  }
  get store(): Store {
    return this.#opened.store
  }
  get jobs(): Jobs {
    return this.#opened.jobs
  }
  get blobs() {
    return this.#opened.blobs
  }
  get url(): string {
    return this.hub.url
  }
  get smtp(): number {
    return this.hub.smtp!
  }

  #ground() {
    const { database, vault, folder } = this.parts
    return { data: folder, database, store: this.store, vault, close: async () => undefined }
  }

  async addInbox(address: string, smtp?: string, more: object = {}): Promise<string> {
    const id = uuidv7()
    await saveSettings(this.parts, id, { smtp: smtp ? smtpRouteFromUrl(smtp) : null, ...more })
    await addInbox(this.#ground(), {
      id,
      channel: 'email',
      name: 'Support',
      address,
      signature: 'Kind regards\nSupport',
      holdOfflineAfterMinutes: 240,
      active: true,
    })
    return id
  }

  async addAgent(name: string, role: Role = 'agent', inboxIds?: string[]): Promise<string> {
    const all = (await this.store.all('inbox')).map(({ id }) => id)
    const email = `${name}@skein.example`
    return (await addAgent(this.#ground(), { email, name, role, password, inboxIds: inboxIds ?? all })).id
  }

  async post(path: string, body: unknown, token?: string): Promise<{ status: number; body: never }> {
    const headers = {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : null) as never }
  }

  async signIn(name: string, deviceId: string | null = null): Promise<Session> {
    const device = { id: deviceId, name: 'test', platform: 'linux' }
    const answer = await this.post('/v1/session', { email: `${name}@skein.example`, password, device })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }

  /** A desk, signed in, connected and up to date. */
  async desk(name: string): Promise<Desk> {
    const desk = new Desk(this.url, await this.signIn(name))
    this.#desks.add(desk)
    desk.hello()
    await desk.live()
    return desk
  }

  /** A desk on a session, connected and silent. */
  socket(session: Session, headers: Record<string, string> = {}): Desk {
    const desk = new Desk(this.url, session, headers)
    this.#desks.add(desk)
    return desk
  }

  /** As when the hub is stopped and started again. */
  async restart(): Promise<void> {
    await this.hub.close()
    await this.store.close()
    this.#opened = await this.parts.open()
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) desk.close()
    await this.hub.close()
    await this.store.close()
    await this.parts.drop()
    if (!this.parts.keep) await rm(this.parts.folder, { recursive: true, force: true })
  }
}

/** The least a desk can be: it keeps rows by rev, stores every patch at once and numbers its mutations. */
export class Desk {
  readonly session: Session
  readonly socket: Socket
  readonly rows = new Map<string, Row>()
  readonly streams = new Map<string, Set<string>>()
  readonly patches: Down['patch'][] = []
  readonly acknowledged = new Map<string, Acknowledgement>()
  readonly heartbeats: Down['heartbeat'][] = []
  readonly presence: Down['presence'][] = []
  readonly refusals: Down['pushRefused'][] = []
  readonly cursors = new Map<string, Down['patch']['cursors'][number]>()
  readonly pages = new Map<string, string>()
  welcome: Down['welcome'] | undefined
  goodbye: Down['goodbye'] | undefined
  connectError: Error | undefined
  confirmed = 0
  n = 0
  /** Whether patches are stored, and said to be. */
  stores = true

  constructor(url: string, session: Session, headers: Record<string, string> = {}) {
    this.session = session
    this.socket = io(url, {
      path: socketPath,
      transports: ['websocket'],
      parser,
      auth: { token: session.accessToken },
      extraHeaders: headers,
      perMessageDeflate: { threshold: 1024 },
      reconnection: false,
      forceNew: true,
    })
    this.socket.on('connect_error', error => {
      this.connectError = error
    })
    this.socket.on('welcome', (welcome: Down['welcome']) => {
      this.welcome = welcome
      this.n = Math.max(this.n, welcome.lastN)
    })
    this.socket.on('patch', (patch: Down['patch']) => this.#take(patch))
    this.socket.on('heartbeat', (beat: Down['heartbeat']) => this.heartbeats.push(beat))
    this.socket.on('presence', (presence: Down['presence']) => this.presence.push(presence))
    this.socket.on('pushRefused', (refusal: Down['pushRefused']) => this.refusals.push(refusal))
    this.socket.on('goodbye', (goodbye: Down['goodbye']) => {
      this.goodbye = goodbye
    })
  }

  #take(patch: Down['patch']): void {
    this.patches.push(patch)
    for (const row of patch.rows) {
      const name = `${row.type}:${row.id}`
      if ((this.rows.get(name)?.rev ?? 0) < row.rev) this.rows.set(name, row)
    }
    for (const { stream, type, id } of patch.joins)
      this.streams.set(`${type}:${id}`, (this.streams.get(`${type}:${id}`) ?? new Set()).add(stream))
    for (const { stream, type, id } of patch.leaves) {
      const streams = this.streams.get(`${type}:${id}`)
      streams?.delete(stream)
      if (streams?.size === 0) this.rows.delete(`${type}:${id}`)
    }
    for (const cursor of patch.cursors) this.cursors.set(cursor.stream, cursor)
    for (const { stream, token } of patch.pages)
      if (token === null) this.pages.delete(stream)
      else this.pages.set(stream, token)
    for (const acknowledgement of patch.acknowledged) {
      this.acknowledged.set(acknowledgement.id, acknowledgement)
      this.confirmed = Math.max(this.confirmed, acknowledgement.n)
    }
    if (this.stores) this.send('stored', { patch: patch.patch, confirmed: this.confirmed })
  }

  send<N extends keyof Up>(name: N, message: Up[N]): void {
    this.socket.emit(name, message)
  }

  hello(over: Partial<Up['hello']> = {}): void {
    this.send('hello', {
      protocol: 1,
      deviceId: this.session.deviceId,
      deviceEpoch: 0,
      cursors: [...this.cursors.values()],
      pages: [...this.pages].map(([stream, token]) => ({ stream, token })),
      confirmed: this.confirmed,
      ...over,
    })
  }

  live(): Promise<unknown> {
    return until(() => this.patches.at(-1)?.remaining === 0)
  }

  /** Sends a mutation and waits for what became of it. */
  async mutate<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<Outcome> {
    const id = uuidv7()
    this.send('push', {
      deviceEpoch: this.welcome!.deviceEpoch,
      mutations: [{ n: ++this.n, id, name, args }],
    })
    return (await until(() => this.acknowledged.get(id))).outcome
  }

  all<T extends RowType>(type: T): Doc<T>[] {
    return [...this.rows.values()].filter(row => row.type === type).map(row => row.doc as Doc<T>)
  }

  row<T extends RowType>(type: T, id: string): Doc<T> | undefined {
    return this.rows.get(`${type}:${id}`)?.doc as Doc<T> | undefined
  }

  /** The items of a conversation in their order. */
  timeline(conversationId: string): Doc<'item'>[] {
    return this.all('item')
      .filter(item => item.conversationId === conversationId)
      .sort((a, b) => a.seq - b.seq)
  }

  /** Answers a conversation as its agent sees it now. */
  async reply(
    conversationId: string,
    text: string,
    over: Partial<MutationArgs<'reply.send'>> = {},
  ): Promise<{ id: string; outcome: Outcome }> {
    const conversation = this.row('conversation', conversationId)!
    const identity = this.row('identity', conversation.identityId)!
    const id = uuidv7()
    const outcome = await this.mutate('reply.send', {
      id,
      conversationId,
      customerId: conversation.customerId,
      inboxId: conversation.inboxId,
      channel: conversation.channel,
      text,
      to: [{ name: identity.name, address: identity.address }],
      cc: [],
      attachments: [],
      basis: {
        seq: conversation.lastSeq,
        status: conversation.status,
        assigneeId: conversation.assigneeId,
        inboxId: conversation.inboxId,
        customerId: conversation.customerId,
        writtenAt: Date.now(),
        offline: false,
      },
      ...over,
    })
    return { id, outcome }
  }

  close(): void {
    this.socket.close()
  }
}
