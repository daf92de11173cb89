import type { Id, Instant } from '#shared/model/base.ts'
import type { Doc, Key, Row, RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Acknowledgement, Cursor, Membership, Outcome } from '#shared/protocol/common.ts'
import type { SentRow } from './json-text.ts'
import type { Tracing } from './tracing.ts'

/**
 * The small port that sync uses. Two implementations: PostgreSQL (server/store/postgres) and memory (server/store/memory,
 * for simulation); one contract suite (tests/contract/store.ts) that both pass. Neither reads a clock or makes an id: both
 * come from the caller.
 */
export interface Store {
  /**
   * Runs `work` in one transaction and commits. Retries deadlocks and serialisation errors, so `work` may run more than
   * once and must not touch anything but `tx`. Whatever it throws rolls everything back and is thrown on.
   *
   * On commit, as the last statements: every changed row is moved to a new version in the feed of each of its streams,
   * the stream counters being raised in ascending order of stream (S2, S3).
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>

  /**
   * What a desk has not seen, in one snapshot (S7): rows of its streams above the cursors, in order of version within a
   * stream, at most `limit`; and, only when nothing is left behind, the outcomes it has not confirmed. So an
   * acknowledgement never arrives before the rows it made.
   */
  pull(request: PullRequest): Promise<Pull>

  /** First sync of one stream (S6): pages of whole conversations, most recent first. */
  page(request: PageRequest): Promise<Page>

  /** The items of a conversation below a `seq`, newest first, at most `limit`. */
  olderItems(conversationId: Id, beforeSeq: number, limit: number): Promise<Row[]>

  /** Where streams stand. A stream nobody wrote to yet stands at version 0. */
  heads(streams: readonly Stream[]): Promise<Head[]>

  /** Reads rows without a lock. */
  read<T extends RowType>(type: T, ids: readonly Id[]): Promise<Doc<T>[]>

  /** The same, of those that are in any of these streams: what somebody may see who has them (I5). */
  readWithin<T extends RowType>(type: T, ids: readonly Id[], streams: readonly Stream[]): Promise<Doc<T>[]>

  /** All rows of a small noun (agents, inboxes, tags), or, in pages, of any for export and seed. Ordered by id. */
  all<T extends RowType>(type: T, after?: Id, limit?: number): Promise<Doc<T>[]>

  /** Rows of a noun that carry a name (see Transaction.name), without a lock. */
  named(name: string): Promise<Key[]>
  namedAll(names: readonly string[]): Promise<Map<string, Key[]>>

  /** Events after a number, in order. Numbers have no gaps, and none appears later below one that was given (S16). */
  events(after: number, limit: number): Promise<StoredEvent[]>

  /** Whether the events are as they were written: the first number whose hash does not fit, or null (I8). */
  brokenEvent(): Promise<number | null>

  /** Drops the tombstones of a stream up to a version; desks that stand below it must resync (S4). */
  purge(stream: Stream, through: number): Promise<void>

  /**
   * After a restore from a backup (S5): every stream and every device starts a new epoch; devices count from zero again.
   *
   * @param atLeast a number above every epoch that any other restore has begun, because the backup does not know of those
   *   and two histories must never share an epoch. Seconds serve well: see server/effects/restored.ts
   */
  renewEpochs(atLeast?: number): Promise<void>

  /** Whether the database answers; what a heartbeat proves (S25). */
  ping(): Promise<void>

  /**
   * Calls the listener after commits, with the streams that moved. Only a hint: it may come late, twice, or never (S30).
   * Returns the way to stop.
   */
  onCommit(listener: (streams: readonly Stream[]) => void): () => void

  /** Says something to the other hubs on the same rows: less than 7,000 bytes, kept nowhere, and it may be lost. */
  tellHubs(words: string): void
  /** Hears what other hubs say; one's own words may come back. Returns the way to stop. */
  onTold(listener: (words: string) => void): () => void

  close(): Promise<void>
}

export interface Transaction {
  /**
   * Loads rows FOR UPDATE, in ascending order of (type, id) whatever order is given; those not there are skipped. Call
   * it once for everything, after `device` (S3: devices, then rows, then streams).
   */
  load(keys: readonly Key[]): Promise<void>
  /** A row loaded or put in this transaction. Throws for a key that was never loaded. */
  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined
  /** The streams a loaded row belongs to. */
  streamsOf(key: Key): readonly Stream[]
  put<T extends RowType>(type: T, doc: Doc<T>): void
  /** Leaves a tombstone in every stream of the row (S4). */
  remove(type: RowType, id: Id): void

  /** Serialises transactions that use the same word, until the end of this one. Call before `load`. */
  lock(word: string): Promise<void>
  /** Lets a row be found by a name, many to many: `mail:<inbox>:<Message-ID>`, `address:<channel>:<address>`. */
  name(name: string, key: Key): void
  /** Rows with this name, committed or named in this transaction. */
  named(name: string): Promise<Key[]>
  /** The same for many names at once; one that nobody has is not in the answer. */
  namedAll(names: readonly string[]): Promise<Map<string, Key[]>>

  /**
   * Hands what was put, named and appended so far to the database, and forgets it: a very large transaction needs little memory, and
   * nobody sees any of it before the commit. Not within `attempt`, and not for rows that are looked at again.
   */
  spill(): Promise<void>

  /** A device under lock. */
  device(id: Id): Promise<Device | undefined>
  putDevice(device: Device): void
  /** The stored outcomes of a device from a number on, in order (S12). */
  outcomes(deviceId: Id, epoch: number, from: number): Promise<Acknowledgement[]>
  putOutcome(deviceId: Id, epoch: number, acknowledgement: Acknowledgement): void
  /** Forgets the outcomes a desk has confirmed. */
  forgetOutcomes(deviceId: Id, epoch: number, through: number): void
  /** Whether any device has already had this mutation run, and how it ended (S5). */
  outcomeOf(mutationId: Id): Promise<Outcome | undefined>

  /**
   * Runs `work` so that what it put, removed, named and appended is taken back when it throws or answers false.
   */
  attempt(work: () => Promise<boolean>): Promise<boolean>

  /** Where somebody is to be found, for an erasure. */
  readonly tracing: Tracing

  /** Appends to the events table (S16). */
  event(event: NewEvent): void
  /** A job that exists exactly if this transaction commits. One job of a kind and key at a time; a later one replaces it. */
  job(job: NewJob): void
}

/** A transaction made a row that was there already and that it had not loaded. The way to refuse is to load first. */
export class RowExists extends Error {
  readonly key: Key
  constructor(key: Key) {
    super(`${key.type}:${key.id} exists`)
    this.key = key
  }
}

export interface Device {
  id: Id
  agentId: Id
  name: string
  platform: string
  epoch: number
  /** The highest number run in this epoch. */
  lastN: number
  /** Outcomes up to here are stored on the desk. */
  confirmed: number
  revoked: boolean
}

export interface Head extends Cursor {
  stream: Stream
  /** Tombstones up to here are gone; a cursor below means resync (S4). */
  purgedThrough: number
}

export interface NewEvent {
  name: string
  agentId: Id | null
  deviceId: Id | null
  mutationId: Id | null
  at: Instant
  keys: Key[]
  /** Facts that reports need; ids and figures, never content (I8). */
  facts: Record<string, string | number | boolean | null>
}

export interface StoredEvent extends NewEvent {
  number: number
  /** SHA-256 over the hash before and this event: each one vouches for all before it (I8). */
  hash: string
}

export interface NewJob {
  kind: 'deliver' | 'wake' | 'file' | 'transcript' | 'scrub'
  key: Id
  /** Not before this time, by the hub's clock. */
  at: Instant
}

export interface PullRequest {
  device: { id: Id; epoch: number; confirmed: number }
  cursors: readonly Cursor[]
  limit: number
}

export interface Pull {
  rows: Row[]
  joins: Membership[]
  leaves: Membership[]
  /** The new cursors of the streams that moved. */
  cursors: Cursor[]
  acknowledged: Acknowledgement[]
  /** Feed rows left behind by the limit; 0: this was all. */
  remaining: number
  /** Streams whose cursor cannot be served any more: other epoch, or below `purgedThrough`. Nothing of them is here. */
  resync: Stream[]
}

export interface PageRequest {
  stream: Stream
  /** Continue after this token; null: from the start. */
  token: string | null
  /** Rows at most, but never less than one conversation. */
  limit: number
  /** Open conversations always come; others if active at or after this. */
  activeSince: Instant
  /** Newest items of one conversation that are sent at first. */
  itemsPerConversation: number
}

export interface Page {
  /** From a database their documents come as it keeps them; see `readRow`. */
  rows: SentRow[]
  joins: Membership[]
  /** How far back the items of each conversation sent here are complete; 1: all. */
  coverage: { conversationId: Id; fromSeq: number }[]
  /** Null: the stream is whole. */
  token: string | null
  /** Rows of the whole first sync of this stream; an estimate. */
  expected: number
}
