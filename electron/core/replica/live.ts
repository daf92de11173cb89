import { type QueryArgs, type QueryName, queries } from '#shared/queries/index.ts'
import type { Answer, Answers, Entry } from './queries/entry.ts'
import type { Changes, Replica } from './replica.ts'

/** Keyed differences between two results. `order` is null when the keys and their order are what they were. */
export interface Difference {
  put: unknown[]
  drop: string[]
  order: string[] | null
}

export interface Listener {
  snapshot(rows: unknown[]): void
  difference(difference: Difference): void
  /** The query failed; the subscription stays and is tried again with the next change. */
  failed(error: unknown): void
}

export interface Live {
  subscribe<N extends QueryName>(name: N, args: QueryArgs<N>, listener: Listener): () => void
  /** Something that queries depend on beside rows has changed: run everything again. */
  refresh(what: 'local' | 'everything'): void
  /** Brings subscriptions up to date at once, as far as their answers are ready; otherwise they follow in the next turn. */
  flush(): void
  /** Whether every subscription has been told what the replica holds. */
  settled(): boolean
}

interface Subscription {
  name: QueryName
  args: unknown
  listener: Listener
  keys: string[]
  stamps: Map<string, string>
  started: boolean
}

/** Single changes are looked at one by one up to here; above, a changed noun is enough to run a query again. */
const FEW = 64

/**
 * Live queries: after each transaction those whose nouns changed are run again, and what differs is told. A result is kept
 * as text only, so that an unchanged row is neither parsed nor sent. What a listener has put together is always equal to a
 * fresh run of the query (tests/core/live.test.ts).
 *
 * @param later runs a function in the next turn, or after a while when much is changing; what changed meanwhile is told once
 * @param soon runs a function in the next turn: a piece of what an answer still takes (S8)
 */
export function createLive(
  replica: Replica,
  answers: () => Answers,
  later: (run: () => void) => void,
  soon: (run: () => void) => void = later,
): Live {
  const subscriptions = new Set<Subscription>()
  const dirty = new Set<Subscription>()
  const unready = new Set<Subscription>()
  let planned = false

  const answerOf = (name: QueryName): Answer<never> => answers()[name] as unknown as Answer<never>

  const plan = (): void => {
    if (planned || dirty.size === 0) return
    planned = true
    later(flush)
  }

  const flush = (): void => {
    planned = false
    const due = [...dirty]
    dirty.clear()
    for (const subscription of due) if (subscriptions.has(subscription)) bring(subscription)
  }

  const bring = (subscription: Subscription): void => {
    let entries: Entry[]
    try {
      const { ready, run } = answerOf(subscription.name)
      if (ready && !ready(subscription.args as never)) {
        if (unready.size === 0) soon(goOn)
        unready.add(subscription)
        return
      }
      entries = run(subscription.args as never)
    } catch (error) {
      subscription.listener.failed(error)
      return
    }
    tell(subscription, entries)
  }

  /** A piece of the work for each that is not ready, in every turn. */
  const goOn = (): void => {
    const due = [...unready]
    unready.clear()
    for (const subscription of due) if (subscriptions.has(subscription)) bring(subscription)
  }

  const note = ({ rows, local, everything, indexed }: Changes): void => {
    const types = new Set<string>(rows.map(({ type }) => type))
    if (local) types.add('local')
    if (indexed) types.add('index')
    for (const subscription of subscriptions) {
      if (dirty.has(subscription) || unready.has(subscription)) continue
      const { watches } = queries[subscription.name]
      if (!everything && !watches.some(noun => types.has(noun))) continue
      const { concerns } = answerOf(subscription.name)
      const must =
        everything ||
        !concerns ||
        rows.length > FEW ||
        (local && watches.includes('local')) ||
        rows.some(
          change =>
            watches.includes(change.type) &&
            concerns(subscription.args as never, change, subscription.stamps),
        )
      if (must) dirty.add(subscription)
    }
    plan()
  }
  replica.onCommit(note)

  return {
    subscribe(name, args, listener) {
      const subscription: Subscription = {
        name,
        args,
        listener,
        keys: [],
        stamps: new Map(),
        started: false,
      }
      subscriptions.add(subscription)
      bring(subscription)
      return () => {
        subscriptions.delete(subscription)
        dirty.delete(subscription)
        unready.delete(subscription)
      }
    },
    refresh(what) {
      for (const subscription of subscriptions)
        if (
          what === 'everything' ||
          (queries[subscription.name].watches as readonly string[]).includes('local')
        )
          dirty.add(subscription)
      plan()
    },
    flush,
    settled: () => dirty.size + unready.size === 0,
  }
}

function tell(subscription: Subscription, entries: Entry[]): void {
  const { listener, stamps, keys, started } = subscription
  const order = entries.map(({ key }) => key)
  const fresh = new Map(entries.map(({ key, stamp }) => [key, stamp]))
  subscription.keys = order
  subscription.stamps = fresh
  subscription.started = true
  if (!started) {
    listener.snapshot(entries.map(({ row }) => row()))
    return
  }
  const put = entries.filter(({ key, stamp }) => stamps.get(key) !== stamp).map(({ row }) => row())
  const drop = keys.filter(key => !fresh.has(key))
  const moved = order.length !== keys.length || order.some((key, index) => key !== keys[index])
  if (put.length > 0 || drop.length > 0 || moved)
    listener.difference({ put, drop, order: moved ? order : null })
}
