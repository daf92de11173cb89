/**
 * For each inbox with a customer who is connected, one reader of the feed behind the commits (S30: hints, and a look every
 * second), so that a change costs the same however many customers are there. Nothing is handed from hub to hub.
 */
import type { Id } from '#shared/model/base.ts'
import type { Row } from '#shared/model/row.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import { readRow } from '../store/json-text.ts'
import type { Store } from '../store/store.ts'
import type { Follower } from './follower.ts'

export interface Tail {
  inboxId: Id
  stream: Stream
  cursor: Cursor
  followers: Set<Follower>
  /** Of the conversations met, whose they are. */
  owners: Map<Id, string>
  due: boolean
  running: boolean
}

export interface TailsDeps {
  store: Store
  /** Work that nobody waits for; its failure is logged. */
  quietly(work: Promise<unknown>): void
  /** New rows of the inbox. */
  hand(tail: Tail, rows: readonly Row[]): Promise<void>
  /** The feed began anew (S5): everybody is told what is there now. */
  anew(tail: Tail): Promise<void>
}

const ROWS = 500

export function openTails({ store, quietly, hand, anew }: TailsDeps) {
  const tails = new Map<Id, Tail>()
  let closed = false

  const wake = (tail: Tail): void => {
    tail.due = true
    if (!tail.running) quietly(run(tail))
  }

  const run = async (tail: Tail): Promise<void> => {
    tail.running = true
    try {
      while (tail.due && !closed && tail.followers.size > 0) {
        tail.due = false
        const pull = await store.pull({
          device: { id: 'threads', epoch: 0, confirmed: 0 },
          cursors: [tail.cursor],
          limit: ROWS,
        })
        if (pull.resync.length > 0) {
          tail.cursor = await headOf(tail.stream)
          await anew(tail)
          continue
        }
        for (const cursor of pull.cursors) tail.cursor = cursor
        if (pull.remaining > 0) tail.due = true
        await hand(tail, pull.rows.map(readRow))
      }
    } finally {
      tail.running = false
    }
  }

  const headOf = async (stream: Stream): Promise<Cursor> => {
    const [head] = await store.heads([stream])
    return { stream, epoch: head?.epoch ?? 1, version: head?.version ?? 0 }
  }

  return {
    get all(): Tail[] {
      return [...tails.values()]
    },

    /** Puts a customer among those who are told, from the feed's present end on. */
    async join(follower: Follower): Promise<Tail> {
      const { inboxId } = follower
      const stream = inboxStream(inboxId)
      const cursor = tails.get(inboxId)?.cursor ?? (await headOf(stream))
      // Somebody else may have begun while the end was looked up.
      const tail = tails.get(inboxId) ?? {
        inboxId,
        stream,
        cursor,
        followers: new Set(),
        owners: new Map(),
        due: false,
        running: false,
      }
      tail.followers.add(follower)
      tails.set(inboxId, tail)
      return tail
    },

    leave(tail: Tail, follower: Follower): void {
      tail.followers.delete(follower)
      if (tail.followers.size === 0 && tails.get(tail.inboxId) === tail) tails.delete(tail.inboxId)
    },

    /** The store says that something was committed in this stream. */
    hint(stream: Stream): void {
      const tail = tails.get(stream.slice('inbox:'.length))
      if (tail && tail.stream === stream) wake(tail)
    },

    /** Wakes those whose stream has moved on without a hint. */
    async look(): Promise<void> {
      const streams = [...tails.values()].map(({ stream }) => stream)
      if (streams.length === 0) return
      for (const { stream, version, epoch } of await store.heads(streams)) {
        const tail = tails.get(stream.slice('inbox:'.length))
        if (tail && (tail.cursor.version < version || tail.cursor.epoch !== epoch)) wake(tail)
      }
    },

    close(): void {
      closed = true
    },
  }
}
