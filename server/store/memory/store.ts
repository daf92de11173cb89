import { type Doc, keyOf, type RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { JobList } from '../../jobs/job-list.ts'
import { chainStart, linkOf } from '../event-chain.ts'
import type { NewJob, Store } from '../store.ts'
import { itemsOf, page } from './page.ts'
import { pull } from './pull.ts'
import { State } from './state.ts'
import { begin } from './transaction.ts'

export interface MemoryStore extends Store {
  /** Jobs committed and not finished; they outlive the hub, as in a database. See `memoryJobs`. */
  readonly jobs: JobList
  /** What a backup holds at this moment. */
  backup(): MemoryBackup
}

export interface MemoryBackup {
  state: State
  jobs: readonly NewJob[]
}

/**
 * The store in memory, for simulation: no clock, no random, no I/O; one transaction after the other, in the order in which
 * they were asked for. Listeners are called right after the commit, before `write` answers.
 *
 * @param from as it was then; the backup may be used again
 * @param jobs where they are kept
 */
export function memoryStore(from?: MemoryBackup, jobs = new JobList()): MemoryStore {
  const state = from?.state.clone() ?? new State()
  for (const job of from?.jobs ?? []) jobs.put(job)
  const listeners = new Set<(streams: readonly Stream[]) => void>()
  const hearers = new Set<(words: string) => void>()
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    jobs,
    backup: () => ({ state: state.clone(), jobs: jobs.all() }),
    write: work =>
      inTurn(async () => {
        const { tx, commit } = begin(state)
        const answer = await work(tx)
        const committed = await commit()
        for (const job of committed.jobs) jobs.put(job)
        if (committed.streams.length > 0) for (const listener of listeners) listener(committed.streams)
        return answer
      }),
    pull: async request => pull(state, request),
    page: async request => page(state, request),
    olderItems: async (conversationId, beforeSeq, limit) =>
      itemsOf(state, conversationId)
        .filter(({ doc }) => doc.seq < beforeSeq)
        .slice(0, limit),
    heads: async streams => streams.map(stream => state.head(stream)),
    async read<T extends RowType>(type: T, ids: readonly string[]) {
      const rows = ids.flatMap(id => state.row({ type, id }) ?? [])
      return rows.map(({ doc }) => doc as Doc<T>)
    },
    async readWithin<T extends RowType>(type: T, ids: readonly string[], streams: readonly Stream[]) {
      const within = ids.filter(id => {
        const stored = state.rows.get(keyOf({ type, id }))
        return stored?.streams.some(each => streams.includes(each))
      })
      return within.flatMap(id => (state.row({ type, id })?.doc as Doc<T> | undefined) ?? [])
    },
    async all<T extends RowType>(type: T, after = '', limit = Number.POSITIVE_INFINITY) {
      const rows = state.ofType(type).filter(({ id }) => id > after)
      return rows.slice(0, limit).map(({ doc }) => doc as Doc<T>)
    },
    named: async name => [...(state.names.get(name)?.values() ?? [])],
    namedAll: async names =>
      new Map(
        names.flatMap(name => {
          const keys = [...(state.names.get(name)?.values() ?? [])]
          return keys.length > 0 ? [[name, keys] as const] : []
        }),
      ),
    events: async (after, limit) => state.events.slice(after, after + limit),
    async brokenEvent() {
      let before = chainStart
      for (const event of state.events) {
        if (linkOf(before, event.number, event) !== event.hash) return event.number
        before = event.hash
      }
      return null
    },
    purge: (stream, through) => inTurn(async () => state.feed(stream).purge(through)),
    renewEpochs: (atLeast = 0) =>
      inTurn(async () => {
        const above = (epoch: number): number => Math.max(epoch + 1, atLeast)
        state.epoch = above(state.epoch)
        for (const feed of state.feeds.values()) feed.epoch = above(feed.epoch)
        for (const [id, device] of state.devices) {
          state.devices.set(id, { ...device, epoch: above(device.epoch), lastN: 0, confirmed: 0 })
        }
      }),
    ping: async () => undefined,
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tellHubs(words) {
      queueMicrotask(() => {
        for (const hear of hearers) hear(words)
      })
    },
    onTold(listener) {
      hearers.add(listener)
      return () => hearers.delete(listener)
    },
    close: async () => {
      listeners.clear()
      hearers.clear()
    },
  }
}
