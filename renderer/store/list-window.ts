// A window onto a list of any length: at most two neighbouring pages are asked for, whatever the length and wherever one looks.
import { useCallback, useState } from 'react'
import { z } from 'zod'
import type { Fault } from '#shared/protocol/fault.ts'
import type { QueryArgs, QueryRow } from '#shared/queries/index.ts'
import { keepOf, keptOf } from './kept.ts'
import { useLive } from './live.ts'

/** Queries that answer a window of a list, by `offset` and `limit`. */
export type Windowed = 'conversations' | 'chosenConversations' | 'customers'

export const pageSize = 150

/** The first of the two pages that together hold the rows in sight and what lies around them. */
export const firstPage = (firstRow: number): number =>
  Math.max(0, Math.floor((firstRow - pageSize / 2) / pageSize))

/** What a list is asked by besides its window. */
type ListArgs<N extends Windowed> = N extends Windowed ? Omit<QueryArgs<N>, 'offset' | 'limit'> : never

export interface ListWindow<Row> {
  /** Rows in all, as far as is known. */
  count: number
  /** Undefined: not loaded. */
  rowAt: (index: number) => Row | undefined
  indexOf: (key: string) => number
  loading: boolean
  fault: Fault | null
  /** The row that is to stand first when the list is drawn first: after a crash the one that did (kept.ts). */
  startAt: number
  onRange: (first: number) => void
}

/** Names a list without its words: a filter may hold what somebody typed. */
const nameOf = (list: object): string => {
  let hash = 0
  for (const letter of JSON.stringify(list)) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0
  return String(hash)
}

/**
 * @param list the query's other arguments
 * @param counted how many the counts say there are; undefined while unknown
 */
export function useListWindow<N extends Windowed>(
  name: N,
  list: ListArgs<N>,
  keyOf: (row: QueryRow<N>) => string,
  counted: number | undefined,
): ListWindow<QueryRow<N>> {
  const of = nameOf(list)
  const sight = `sight.${name}`
  const [begun, setBegun] = useState(() => ({ of, at: keptOf(sight, of, z.int().nonnegative()) ?? 0 }))
  // Another list begins at its top, and so does the first when one comes back to it.
  if (begun.of !== of) setBegun({ of, at: 0 })
  const startAt = begun.of === of ? begun.at : 0
  const [page, setPage] = useState(() => firstPage(startAt))
  // Pages alternate between two subscriptions, so that scrolling on by one page changes only one of them.
  const even = page % 2 === 0 ? page : page + 1
  const odd = page % 2 === 0 ? page + 1 : page
  const total = counted ?? pageSize
  const ask = (number: number) =>
    ({ ...list, offset: number * pageSize, limit: pageSize }) as unknown as QueryArgs<N>
  const evenPage = useLive(name, ask(even))
  const oddPage = useLive(name, odd * pageSize < total ? ask(odd) : null)

  const rowAt = (index: number): QueryRow<N> | undefined => {
    const number = Math.floor(index / pageSize)
    const rows = number === even ? evenPage.rows : number === odd ? oddPage.rows : undefined
    return rows?.[index - number * pageSize]
  }
  const indexOf = (key: string): number => {
    for (const [number, { rows }] of [
      [even, evenPage],
      [odd, oddPage],
    ] as const) {
      const at = rows.findIndex(row => keyOf(row) === key)
      if (at !== -1) return number * pageSize + at
    }
    return -1
  }
  return {
    count: lengthOf(total, [
      { number: even, length: evenPage.rows.length, loading: evenPage.loading },
      { number: odd, length: oddPage.rows.length, loading: oddPage.loading || odd * pageSize >= total },
    ]),
    rowAt,
    indexOf,
    loading: page === firstPage(startAt) && evenPage.loading && oddPage.rows.length === 0,
    fault: evenPage.fault ?? oddPage.fault,
    startAt,
    onRange: useCallback(
      (first: number) => {
        setPage(firstPage(first))
        keepOf(sight, of, first)
      },
      [sight, of],
    ),
  }
}

/** A page that is not full knows the end better than a count that is drawn a moment later or earlier. */
export function lengthOf(
  counted: number,
  pages: readonly { number: number; length: number; loading: boolean }[],
): number {
  for (const { number, length, loading } of pages)
    if (!loading && length > 0 && length < pageSize) return number * pageSize + length
  const first = pages.find(({ number }) => number === 0)
  if (first && !first.loading && first.length === 0) return 0
  const known = Math.max(
    0,
    ...pages.map(({ number, length }) => (length > 0 ? number * pageSize + length : 0)),
  )
  return Math.max(counted, known)
}
