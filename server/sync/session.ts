/**
 * One connected desk: one ordered channel to bring it what it is owed. A state machine over a socket port without clock,
 * random or timers, so that the simulation runs this very code.
 *
 * Guards S6 (pages and patches share one channel), S7 (acknowledgements with or after their rows), S9 (the list of streams
 * is the truth), I5 (nothing leaves before the agent's permission has been looked at once more, wherever it may have changed
 * since the last look).
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Erasure } from '#shared/model/erasure.ts'
import type { Row } from '#shared/model/row.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import type { Down } from '#shared/protocol/down.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import type { Erasures, Hello, Older, Presence, Stored, Up } from '#shared/protocol/up.ts'
import { oldestSupported, protocolVersion } from '#shared/protocol/version.ts'
import { readRow } from '../store/json-text.ts'
import { Following } from './following.ts'
import {
  emptyPatch,
  isEmpty,
  type PatchBody,
  parts,
  understood,
  unknownTo,
  wholeConversations,
} from './patch.ts'
import { PushQueue } from './push-queue.ts'
import type { Owner, RunDeps, RunResult } from './run.ts'

export interface SessionSocket {
  /** Whether it takes rows whose documents are still text (see `Handshake.documents`). */
  readonly takesText?: boolean
  send<N extends keyof Down>(name: N, message: Down[N]): void
  close(): void
}

/** Who stands at the other end, as the access token says. */
export type SessionOwner = Owner

export interface SessionDeps extends RunDeps {
  /** Told what the agent looks at and types in. */
  presence(session: Session, presence: Presence): void
  /** Told the streams of a session whenever they may have become others. */
  followed(session: Session): void
  /** Told when the desk has said hello: an older session of the same device ends. */
  arrived(session: Session): void
  /** The desk tells of erasures that this hub may have lost. */
  erasuresTold?(erasures: readonly Erasure[]): Promise<void>
  limits?: Partial<SessionLimits>
}

export interface SessionLimits {
  /** Patches under way that the desk has not stored yet. */
  window: number
  pullRows: number
  firstPageRows: number
  pageRows: number
  itemsPerConversation: number
  olderItems: number
  /** Requests waiting to be run; a desk that sends more at once is not one of ours. */
  waiting: number
}

const DEFAULTS: SessionLimits = {
  window: 4,
  pullRows: 1000,
  firstPageRows: 200,
  pageRows: 1000,
  itemsPerConversation: 200,
  olderItems: 200,
  waiting: 64,
}

const DAY = 86_400_000

export class Session {
  readonly agentId: Id
  readonly deviceId: Id
  readonly #deps: SessionDeps
  readonly #socket: SessionSocket
  readonly #limits: SessionLimits
  readonly #following: Following
  readonly #pushes: PushQueue

  #state: 'new' | 'greeting' | 'live' | 'ended' = 'new'
  /** Nouns that are not sent to this desk. */
  #unknown: ReadonlySet<string> = new Set()
  #deviceEpoch = 1
  #lastN = 0
  #confirmed = 0
  /** Outcomes up to here went down on this connection. */
  #acknowledged = 0
  #sent = 0
  #stored = 0

  #pullDue = false
  /** Outcomes up to here are there, and the desk is to be told them. */
  #owed = 0
  #reviewDue = false
  /** The desk is to be told that it has everything. */
  #liveDue = true
  readonly #older: Older[] = []
  #pumping = false
  #wake = false

  constructor(deps: SessionDeps, owner: SessionOwner, socket: SessionSocket) {
    this.#deps = deps
    this.#socket = socket
    this.#limits = { ...DEFAULTS, ...deps.limits }
    this.agentId = owner.agentId
    this.deviceId = owner.deviceId
    this.#following = new Following(deps.store, this.#limits.itemsPerConversation)
    this.#pushes = new PushQueue(
      deps,
      owner,
      this.#limits.waiting,
      result => this.#ran(result),
      error => this.#fail(error),
    )
  }

  get streams(): ReadonlySet<Stream> {
    return this.#following.streams
  }

  get live(): boolean {
    return this.#state === 'live'
  }

  /** Whether nothing has been heard of the desk yet. */
  get silent(): boolean {
    return this.#state === 'new'
  }

  /** Whether the desk lacks what is there; asked by the poll that makes up for lost hints (S30). */
  isBehind(head: Cursor): boolean {
    return this.#following.isBehind(head)
  }

  /** A message of the desk, already parsed. */
  receive<N extends keyof Up>(name: N, message: Up[N]): void {
    if (this.#state === 'ended') return
    if ((name === 'hello') !== (this.#state === 'new') || this.#state === 'greeting') {
      this.end(fault('invalid', { detail: `${name} out of turn` }))
      return
    }
    switch (name) {
      case 'hello':
        this.#state = 'greeting'
        this.#greet(message as Hello).catch(error => this.#fail(error))
        break
      case 'push':
        this.#pushes.add(message as Up['push'], this.#confirmed)
        break
      case 'stored':
        this.#storedBy(message as Stored)
        break
      case 'older':
        this.#askOlder(message as Older)
        break
      case 'presence':
        this.#deps.presence(this, message as Presence)
        break
      case 'erasures':
        this.#deps.erasuresTold?.((message as Erasures).erasures).catch(error => this.#fail(error))
    }
  }

  /** Streams have moved, perhaps (S30). Coalesced: while a pull is under way, one more follows it, not several. */
  hint(streams: readonly Stream[]): void {
    if (this.#state !== 'live' || !streams.some(stream => this.streams.has(stream))) return
    this.#pullDue = true
    this.#pump()
  }

  /** Sends what is ephemeral. */
  tell<N extends 'presence' | 'heartbeat'>(name: N, message: Down[N]): void {
    if (this.#state === 'live') this.#socket.send(name, message)
  }

  /** Ends the connection and says why. */
  end(reason: Fault): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#socket.send('goodbye', reason)
    this.#socket.close()
  }

  /** The socket is gone. */
  closed(): void {
    this.#state = 'ended'
  }

  // ------------------------------------------------------------------------------------------------- hello, welcome

  async #greet(hello: Hello): Promise<void> {
    const refused = await this.#admit(hello)
    if (refused) {
      this.end(refused)
      return
    }
    const agent = await this.#readAgent()
    if (!agent?.active) {
      this.end(fault('agent-inactive'))
      return
    }
    this.#unknown = unknownTo(hello)
    const [workspace] = await this.#deps.store.all('workspace')
    this.#following.activeSince = Math.max(0, this.#deps.now() - (workspace?.windowDays ?? 90) * DAY)
    const resync = await this.#following.follow(agent, hello)
    this.#deps.followed(this)
    if (this.#state !== 'greeting') return
    this.#state = 'live'
    this.#deps.arrived(this)
    this.#welcome(resync)
    this.#pullDue = true
    this.#pump()
  }

  /** Reads the device under its lock and lets go of the outcomes that the desk has. */
  async #admit(hello: Hello): Promise<Fault | undefined> {
    if (hello.protocol < oldestSupported) return fault('desk-too-old')
    if (hello.protocol > protocolVersion) return fault('hub-too-old')
    if (hello.deviceId !== this.deviceId) return fault('invalid', { detail: 'not the device of this token' })
    return this.#deps.store.write(async (tx): Promise<Fault | undefined> => {
      const device = await tx.device(this.deviceId)
      if (!device || device.revoked || device.agentId !== this.agentId) return fault('device-revoked')
      const same = hello.deviceEpoch === device.epoch
      const confirmed = Math.max(device.confirmed, same ? Math.min(hello.confirmed, device.lastN) : 0)
      if (confirmed > device.confirmed) {
        tx.forgetOutcomes(device.id, device.epoch, confirmed)
        tx.putDevice({ ...device, confirmed })
      }
      this.#deviceEpoch = device.epoch
      this.#lastN = device.lastN
      this.#confirmed = confirmed
      this.#acknowledged = confirmed
      return undefined
    })
  }

  #welcome(resync: Stream[]): void {
    this.#socket.send('welcome', {
      protocol: protocolVersion,
      agentId: this.agentId,
      now: this.#deps.now(),
      streams: [...this.streams],
      resync,
      deviceEpoch: this.#deviceEpoch,
      lastN: this.#lastN,
      expected: this.#following.expected,
    })
  }

  /** Looks at the agent once more; where permissions changed, tells the desk its new streams (S9). */
  async #review(): Promise<void> {
    const agent = await this.#readAgent()
    if (!agent?.active) {
      this.end(fault('agent-inactive'))
      return
    }
    if (!this.#following.isSame(agent)) await this.#refollow([], agent)
  }

  /** Streams came, went, or have to be fetched again (S4) while the desk is connected. */
  async #refollow(resync: Stream[], known?: Agent): Promise<void> {
    const agent = known ?? (await this.#readAgent())
    if (agent) await this.#following.follow(agent, { cursors: [], pages: [] })
    this.#deps.followed(this)
    this.#welcome(resync.filter(stream => this.streams.has(stream)))
    this.#pullDue = this.#liveDue = true
  }

  /** Whether what was just read may go out, or permissions have changed meanwhile (I5). */
  async #stillAllowed(): Promise<boolean> {
    const agent = await this.#readAgent()
    if (agent?.active && this.#following.isSame(agent)) return true
    this.#reviewDue = true
    return false
  }

  async #readAgent(): Promise<Agent | undefined> {
    return (await this.#deps.store.read('agent', [this.agentId]))[0]
  }

  // ------------------------------------------------------------------------------------------------------ downstream

  /** Brings what is due, one thing at a time, for as long as the desk keeps up. */
  #pump(): void {
    this.#wake = true
    if (this.#pumping) return
    this.#drain().catch(error => this.#fail(error))
  }

  async #drain(): Promise<void> {
    this.#pumping = true
    try {
      while (this.#wake && this.#state === 'live') {
        this.#wake = false
        while (this.#state === 'live' && (await this.#step()));
      }
    } finally {
      this.#pumping = false
    }
  }

  async #step(): Promise<boolean> {
    if (this.#reviewDue) {
      this.#reviewDue = false
      await this.#review()
      return true
    }
    if (this.#sent - this.#stored >= this.#limits.window) return false
    const older = this.#older.shift()
    if (older) {
      await this.#sendOlder(older)
      return true
    }
    const pullDue = this.#pullDue || this.#owed > this.#acknowledged
    if (pullDue && !this.#following.unstarted) {
      this.#pullDue = false
      this.#owed = 0
      await this.#pull()
      return true
    }
    return this.#sendPage()
  }

  async #pull(): Promise<void> {
    const { rows, joins, leaves, cursors, acknowledged, remaining, resync } = await this.#deps.store.pull({
      device: { id: this.deviceId, epoch: this.#deviceEpoch, confirmed: this.#acknowledged },
      cursors: this.#following.cursors,
      limit: this.#limits.pullRows,
    })
    if (resync.length > 0) {
      this.#following.drop(resync)
      await this.#refollow(resync)
      return
    }
    const mayHaveChanged = remaining > 0 || cursors.some(({ stream }) => stream === 'workspace')
    if (mayHaveChanged && !(await this.#stillAllowed())) {
      this.#pullDue = true
      return
    }
    if (remaining > 0) this.#pullDue = true
    this.#following.advance(cursors)
    for (const { n } of acknowledged) this.#acknowledged = Math.max(this.#acknowledged, n)
    const left = remaining + this.#following.expected
    const coverage = wholeConversations(rows)
    const body = { ...emptyPatch, rows, joins, leaves, cursors, acknowledged, coverage, remaining: left }
    if (isEmpty(body) && !(this.#liveDue && left === 0)) return
    if (left === 0) this.#liveDue = false
    this.#send(body)
  }

  async #sendPage(): Promise<boolean> {
    const next = await this.#following.nextPage(this.#limits.firstPageRows, this.#limits.pageRows)
    if (!next) return false
    if (!(await this.#stillAllowed())) return true
    const { sync, page } = next
    if (this.#following.turned(sync, page, this.#limits.pageRows)) this.#pullDue = this.#liveDue = true
    this.#send({
      ...emptyPatch,
      rows: page.rows,
      joins: page.joins,
      cursors: sync.cursor ? [sync.cursor] : [],
      pages: [{ stream: sync.stream, token: page.token }],
      coverage: page.coverage,
      // The end is told by the pull that follows the last page.
      remaining: Math.max(1, this.#following.expected),
    })
    return true
  }

  #askOlder(older: Older): void {
    if (this.#older.length >= this.#limits.waiting) {
      this.end(fault('hub-busy'))
      return
    }
    this.#older.push(older)
    this.#pump()
  }

  async #sendOlder(older: Older): Promise<void> {
    const { store } = this.#deps
    const { conversationId, beforeSeq } = older
    const limit = this.#limits.olderItems
    const answer = { ...emptyPatch, remaining: this.#following.expected, answers: older.request }
    const [conversation] = await store.read('conversation', [conversationId])
    const stream = conversation && inboxStream(conversation.inboxId)
    if (!stream || !this.streams.has(stream)) {
      this.#send(answer)
      return
    }
    const rows = await store.olderItems(conversationId, beforeSeq, limit)
    if (!(await this.#stillAllowed())) {
      this.#older.unshift(older)
      return
    }
    const seqs = rows.map(row => (row.type === 'item' ? row.doc.seq : beforeSeq))
    this.#send({
      ...answer,
      rows,
      joins: rows.map(({ type, id }) => ({ stream, type, id })),
      coverage: [{ conversationId, fromSeq: rows.length < limit ? 1 : Math.min(...seqs) }],
    })
  }

  #send(body: PatchBody): void {
    if (this.#state !== 'live') return
    for (const part of parts(understood(body, this.#unknown))) {
      const rows = (this.#socket.takesText ? part.rows : part.rows.map(readRow)) as Row[]
      this.#socket.send('patch', { ...part, patch: ++this.#sent, rows })
    }
  }

  #storedBy({ patch, confirmed }: Stored): void {
    if (patch > this.#sent) {
      this.end(fault('invalid', { detail: 'a patch that was never sent' }))
      return
    }
    this.#stored = Math.max(this.#stored, patch)
    this.#confirmed = Math.max(this.#confirmed, Math.min(confirmed, this.#acknowledged))
    this.#pump()
  }

  // -------------------------------------------------------------------------------------------------------- upstream

  #ran(result: RunResult): void {
    if (result.kind === 'ended') {
      this.end(result.fault)
    } else if (result.kind === 'refused') {
      if (this.#state === 'live') this.#socket.send('pushRefused', result.refusal)
    } else {
      // Mostly the commit's own hint has asked already, and the answer to it acknowledges.
      this.#lastN = this.#owed = result.lastN
      this.#pump()
    }
  }

  #fail(error: unknown): void {
    this.#deps.log.error(
      { device: this.deviceId, error: error instanceof Error ? error.stack : String(error) },
      'a session ended by an error',
    )
    this.end(fault('hub-busy'))
  }
}
