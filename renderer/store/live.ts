// Live queries, shared: components that ask the same thing with equal arguments share one subscription and one array of rows.
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Fault } from '#shared/protocol/fault.ts'
import type { QueryArgs, QueryName, QueryRow } from '#shared/queries/index.ts'
import { link } from '../bridge.ts'

export interface Live<Row> {
  rows: readonly Row[]
  /** Nothing has come yet for these arguments. Rows may still be those of the arguments before, with `keep`. */
  loading: boolean
  fault: Fault | null
}

interface Entry {
  name: QueryName
  args: Readonly<Record<string, unknown>>
  users: number
  stop(): void
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Kept a little while after the last user, so that going back and forth between two customers costs nothing. */
const grace = 5_000

const nothing: Live<never> = { rows: [], loading: true, fault: null }
const off: Live<never> = { rows: [], loading: false, fault: null }

const entries = new Map<string, Entry>()
const useResults = create<Record<string, Live<unknown>>>(() => ({}))

/** One string for equal arguments, whatever order their names were written in. */
export const liveKey = (name: string, args: object): string =>
  `${name} ${JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)))}`

const subscribe = (name: QueryName, args: object, key: string): (() => void) =>
  link.subscribe(name, args as never, ({ rows, fault }) =>
    useResults.setState({ [key]: { rows, loading: false, fault } }),
  )

function hold(name: QueryName, args: object, key: string): () => void {
  let entry = entries.get(key)
  if (entry) clearTimeout(entry.timer)
  else {
    const stop = subscribe(name, args, key)
    entry = { name, args: args as Entry['args'], users: 0, stop, timer: undefined }
    entries.set(key, entry)
  }
  const held = entry
  held.users++
  return () => {
    if (--held.users > 0) return
    held.timer = setTimeout(() => {
      held.stop()
      entries.delete(key)
      useResults.setState(({ [key]: _gone, ...rest }) => rest, true)
    }, grace)
  }
}

/** Asks again whatever could not be answered. What was said of it stays until the answer is there. */
export function askAgain(): void {
  const results = useResults.getState()
  for (const [key, entry] of entries) {
    if (!results[key]?.fault) continue
    entry.stop()
    entry.stop = subscribe(entry.name, entry.args, key)
  }
}

/** What a thread is about. */
export interface Whose {
  customerId: string
  conversationId: string
}

/** A longer look back is not what a thread begins with. */
const USUAL = 100

/**
 * Asks about others all that is asked about one who is open, so that whoever goes to them has it at once.
 * @returns ends it
 */
export function askAhead(open: Whose, others: readonly Whose[]): () => void {
  const usual = [...entries.values()].filter(
    ({ users, args: { customerId, conversationId, limit = 0, ...more } }) =>
      users > 0 &&
      (customerId ?? conversationId) !== undefined &&
      (customerId ?? open.customerId) === open.customerId &&
      (conversationId ?? open.conversationId) === open.conversationId &&
      Number(limit) <= USUAL &&
      Object.keys(more).length === 0,
  )
  const ends = usual.flatMap(({ name, args }) =>
    others.map(other => {
      const asked = {
        ...args,
        ...('customerId' in args ? { customerId: other.customerId } : {}),
        ...('conversationId' in args ? { conversationId: other.conversationId } : {}),
      }
      return hold(name, asked, liveKey(name, asked))
    }),
  )
  return () => {
    for (const end of ends) end()
  }
}

/** The rows of a query that somebody has subscribed to, for a handler's moment; none where nobody has. */
export const rowsNow = <N extends QueryName>(name: N, args: QueryArgs<N>): readonly QueryRow<N>[] =>
  (useResults.getState()[liveKey(name, args as object)]?.rows ?? []) as readonly QueryRow<N>[]

/**
 * The rows of a live query, now and from now on. Unchanged rows keep their identity from one drawing to the next.
 * @param args null: ask nothing
 * @param options keep: while new arguments have not been answered, show the rows of the old ones (for a raised limit; not for
 *   another customer)
 */
export function useLive<N extends QueryName>(
  name: N,
  args: QueryArgs<N> | null,
  options: { keep?: boolean } = {},
): Live<QueryRow<N>> {
  const key = args === null ? null : liveKey(name, args as object)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for name and arguments
  useEffect(() => (key === null ? undefined : hold(name, args as object, key)), [key])
  const found = useResults(results => (key === null ? off : results[key])) as Live<QueryRow<N>> | undefined
  const before = useRef<Live<QueryRow<N>>>(nothing)
  useEffect(() => {
    if (found) before.current = found
  })
  if (found) return found
  return options.keep && before.current.rows.length > 0 ? { ...before.current, loading: true } : nothing
}

/** The one row a query of a single thing gives; undefined while loading or when there is none. */
export const useLiveOne = <N extends QueryName>(
  name: N,
  args: QueryArgs<N> | null,
): QueryRow<N> | undefined => useLive(name, args).rows[0]
