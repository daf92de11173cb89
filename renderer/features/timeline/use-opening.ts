import { type RefObject, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { estimate } from './layout.ts'
import type { ThreadRow } from './thread.ts'

/** The line above what is new since one was here; -1 when nothing is. */
export const freshIndex = (rows: readonly ThreadRow[]): number =>
  rows.findIndex(({ kind }) => kind === 'fresh')

/** Where a timeline opens, by what its rows will about need: at what is new, or at its end. Pixels. */
export function openingOffset(rows: readonly ThreadRow[], height: number): number {
  const heightOf = (some: readonly ThreadRow[]): number => some.reduce((sum, row) => sum + estimate(row), 0)
  const fresh = freshIndex(rows)
  return fresh > 0 ? heightOf(rows.slice(0, fresh)) : Math.max(0, heightOf(rows) - height)
}

/** More than it ever takes; a row that never keeps its height must not hold the timeline up. */
const MOST_TRIES = 12

/**
 * Brings a timeline that opens to its place before it is painted. Rows are measured as they are put into the document, so each drawing
 * knows more of them; it has come to rest when one more changes nothing. No frame passes in between.
 *
 * @returns whether it stands there
 */
export function useOpening(scroller: RefObject<HTMLDivElement | null>, place: () => void): boolean {
  const [placed, setPlaced] = useState(false)
  const [, drawAgain] = useReducer((times: number) => times + 1, 0)
  const tries = useRef(0)
  const before = useRef(-1)
  useLayoutEffect(() => {
    if (placed || !scroller.current) return
    place()
    const { scrollTop, scrollHeight } = scroller.current
    const now = scrollTop + scrollHeight
    if (now === before.current || tries.current > MOST_TRIES) setPlaced(true)
    else drawAgain()
    tries.current += 1
    before.current = now
  })
  return placed
}
