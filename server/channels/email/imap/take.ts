/**
 * Brings what is new in one folder to the hub, in the order of its UIDs. Progress is noted only after the commit (S19): a
 * message is rather read twice than never, and read twice it is there once. A message that cannot be taken does not stop
 * those behind it: it is set aside as soon as one behind it could be taken; while none can, the trouble is ours, and all wait.
 */
import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow'
import type { Account, Delivered, Inbound } from '../../channel.ts'
import { toInbound } from '../inbound.ts'
import { MAIL_BYTES } from '../receive.ts'
import type { EmailSettings } from '../settings.ts'
import { within } from './connect.ts'
import { type FolderState, firstState, renumbered, sinceOf, troubledAgain } from './folder-state.ts'
import { MailTrouble } from './trouble.ts'

/** Of a message that is too large, so much is read: who wrote, about what, and the beginning. */
const BEGINNING = 512 * 1024
/** Messages whose sizes are asked for at once, and after how many progress is noted. */
const BATCH = 100
const NOTE_AFTER = 20
/** So many that cannot be taken, one after the other: it is not the messages. */
const IN_A_ROW = 10
/** Milliseconds for one whole message on a slow line. */
const BODY_WITHIN = 10 * 60_000

export interface TakeDeps {
  deliver(inbound: Inbound): Promise<Delivered>
  /** Notes progress; throws when another hub has taken over. */
  save(state: FolderState): Promise<void>
  now(): number
  report(kind: string, detail: string): void
  /** Lets a few messages be in memory at once, over all accounts. */
  turn<T>(work: () => Promise<T>): Promise<T>
  /** Told of each message that came in. */
  taken(at: number): void
  signal: AbortSignal
  silence: number
}

/** The hub cannot take messages now; nothing was lost, all wait. */
export class NotNow extends Error {}

/** The folder must be open. Answers the state after everything there is was taken. */
export async function takeNew(
  client: ImapFlow,
  account: Account<EmailSettings>,
  known: FolderState | undefined,
  deps: TakeDeps,
): Promise<FolderState> {
  const box = client.mailbox
  if (!box) throw new MailTrouble('closed')
  const validity = String(box.uidValidity)
  let state = known ?? firstState(validity, box.uidNext, deps.now())
  if (state.validity !== validity) {
    deps.report('imap-renumbered', `${state.validity} to ${validity}`)
    state = renumbered(state, validity, box.uidNext)
  }
  const pass = new Pass(client, account, state, deps)
  try {
    await pass.again()
    for (;;) {
      const uids = await pass.newUids()
      if (uids.length === 0) break
      await pass.take(uids)
      if (deps.signal.aborted) return pass.state
    }
  } catch (error) {
    // A line that always breaks after a few messages must still come to an end.
    await pass.note().catch(() => undefined)
    throw error
  }
  await pass.done(box.highestModseq === undefined ? null : String(box.highestModseq))
  return pass.state
}

class Pass {
  state: FolderState
  readonly #client: ImapFlow
  readonly #account: Account<EmailSettings>
  readonly #deps: TakeDeps
  /** Those that could not be taken, and none behind them yet. */
  #failed: { uid: number; detail: string }[] = []
  #unnoted = 0

  constructor(client: ImapFlow, account: Account<EmailSettings>, state: FolderState, deps: TakeDeps) {
    this.#client = client
    this.#account = account
    this.state = state
    this.#deps = deps
  }

  async newUids(): Promise<number[]> {
    const { uid, boundUid } = this.state
    if (uid < boundUid) {
      const past = this.#account.settings.imap?.historyDays ?? 0
      // Without a past there is nothing before the connection; a folder numbered anew is read again all the same.
      const none = past === 0 && this.state.checkedAt === 0
      const since = sinceOf(this.state, past)
      const uids = none ? [] : await this.#search({ uid: `${uid + 1}:${boundUid}`, since })
      if (uids.length > 0) return uids
      this.state = { ...this.state, uid: boundUid }
    }
    // `n:*` names the last message even when it is below n (RFC 9051 6.4.8).
    return this.#search({ uid: `${this.state.uid + 1}:*` })
  }

  async #search(query: SearchObject): Promise<number[]> {
    const found = await within(this.#client, this.#deps.silence, this.#client.search(query, { uid: true }))
    if (!Array.isArray(found)) throw new MailTrouble('closed', 'SEARCH')
    return found.filter(each => each > this.state.uid).sort((a, b) => a - b)
  }

  /** Troubled messages whose time has come. */
  async again(): Promise<void> {
    const now = this.#deps.now()
    for (const { uid, nextAt } of this.state.troubled) {
      if (nextAt === null || nextAt > now) continue
      const outcome = await this.#one(await this.#look([uid]).then(([found]) => found), uid)
      const troubled =
        outcome === null
          ? this.state.troubled.filter(each => each.uid !== uid)
          : troubledAgain(this.state, uid, outcome, now)
      this.state = { ...this.state, troubled }
      await this.#deps.save(this.state)
    }
  }

  async take(uids: number[]): Promise<void> {
    for (let at = 0; at < uids.length; at += BATCH) {
      const batch = uids.slice(at, at + BATCH)
      const found = new Map((await this.#look(batch)).map(message => [message.uid, message]))
      for (const uid of batch) {
        if (this.#deps.signal.aborted) return this.note()
        const outcome = await this.#one(found.get(uid), uid)
        if (outcome === null) await this.#passed(uid)
        else this.#failed.push({ uid, detail: outcome })
        if (this.#failed.length >= IN_A_ROW) break
      }
      if (this.#failed.length >= IN_A_ROW) break
    }
    await this.note()
    if (this.#failed.length > 0) {
      const { detail } = this.#failed[0]!
      this.#failed = []
      throw new NotNow(detail)
    }
  }

  /** Everything there is was taken. */
  async done(modseq: string | null): Promise<void> {
    const now = this.#deps.now()
    this.state = { ...this.state, checkedAt: now, modseq }
    await this.#deps.save(this.state)
  }

  async #look(uids: number[]): Promise<FetchMessageObject[]> {
    const query = { uid: true, size: true, internalDate: true, flags: true }
    return within(
      this.#client,
      this.#deps.silence,
      this.#client.fetchAll(uids.join(','), query, { uid: true }),
    )
  }

  /** Null: it is in, or there is nothing to take. Otherwise why it could not be taken. */
  #one(message: FetchMessageObject | undefined, uid: number): Promise<string | null> {
    // Deleted meanwhile, or not sent by anybody yet.
    if (!message || message.flags?.has('\\Draft')) return Promise.resolve(null)
    return this.#deps.turn(async () => {
      const large = (message.size ?? 0) > MAIL_BYTES
      const source = large ? { maxLength: BEGINNING } : true
      const body = await within(
        this.#client,
        BODY_WITHIN,
        this.#client.fetchOne(uid, { uid: true, source }, { uid: true }),
      )
      if (!body) return null
      if (!body.source) return 'the server does not hand it out'
      return this.#deliver(message, body.source, large)
    })
  }

  async #deliver(message: FetchMessageObject, raw: Buffer, shortened: boolean): Promise<string | null> {
    const { deps, account } = { deps: this.#deps, account: this.#account }
    let inbound: Inbound
    try {
      inbound = toInbound(raw, account, { from: null })
    } catch (error) {
      deps.report('imap-unreadable', error instanceof Error ? error.name : 'error')
      return 'unreadable'
    }
    if (shortened && inbound.mail)
      inbound = { ...inbound, mail: { ...inbound.mail, problems: [...inbound.mail.problems, 'too-large'] } }
    const at = message.internalDate ? new Date(message.internalDate).getTime() : deps.now()
    if (message.uid <= this.state.historyUid)
      inbound = { ...inbound, history: { at: Math.min(at || 0, deps.now()) } }
    const outcome = await deps.deliver(inbound)
    if (outcome.ok) {
      if (!outcome.duplicate && !inbound.history) deps.taken(deps.now())
      if (this.#account.settings.imap?.markSeen)
        await this.#client.messageFlagsAdd(message.uid, ['\\Seen'], { uid: true }).catch(() => undefined)
      return null
    }
    if (outcome.retryable) return outcome.detail
    deps.report('imap-not-taken', outcome.detail)
    return null
  }

  async #passed(uid: number): Promise<void> {
    const now = this.#deps.now()
    for (const { uid: failed, detail } of this.#failed) {
      this.#deps.report('imap-set-aside', detail)
      this.state = { ...this.state, troubled: troubledAgain(this.state, failed, detail, now) }
    }
    this.#failed = []
    this.state = { ...this.state, uid }
    if (++this.#unnoted >= NOTE_AFTER) await this.note()
  }

  async note(): Promise<void> {
    if (this.#unnoted === 0) return
    this.#unnoted = 0
    await this.#deps.save(this.state)
  }
}
