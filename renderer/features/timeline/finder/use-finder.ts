import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { z } from 'zod'
import type { ThreadFilter } from '#shared/queries/index.ts'
import { useKey } from '../../../app/keys/use-key.ts'
import { keepOf, keptOf } from '../../../store/kept.ts'
import { useLive } from '../../../store/live.ts'
import { Chosen, everything, filterOf, isEverything } from './filter.ts'

/** So many hits are gone through; who finds more types more. */
export const MOST_HITS = 500

/** The search inside one timeline: what is typed and chosen, what was found, and which of it one stands at. */
export interface Finder {
  open: boolean
  text: string
  setText(text: string): void
  chosen: Chosen
  choose(change: Partial<Chosen>): void
  /** Undefined while everything is shown. */
  filter: ThreadFilter | undefined
  /** Of how many hits which, from 1; 0: none. */
  nth: number
  count: number
  searching: boolean
  step(by: 1 | -1): void
  /** Counts up whenever somebody asks for the field. */
  asked: number
  close(): void
}

/** Of the timeline that is shown: whether it is filtered, and how. Not what is searched for: those are words (store/kept.ts). */
const filtered = 'finder.timeline'
const Filtered = z.object({ open: z.boolean(), chosen: Chosen })

/** @param seek brings an entry into sight */
export function useFinder(customerId: string, seek: (itemId: string) => void): Finder {
  const [asked, setAsked] = useState(0)
  const [before] = useState(() => keptOf(filtered, customerId, Filtered))
  const [open, setOpen] = useState(before?.open ?? false)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Chosen>(before?.chosen ?? everything)
  useEffect(() => keepOf(filtered, customerId, { open, chosen }), [customerId, open, chosen])
  const [at, setAt] = useState<string | null>(null)
  const filter = useMemo(() => (isEverything(chosen) ? undefined : filterOf(chosen)), [chosen])

  // Typing never waits for what it finds.
  const words = useDeferredValue(open ? text.trim() : '')
  const { rows, loading } = useLive(
    'threadHits',
    words === ''
      ? null
      : { customerId, text: words.slice(0, 400), limit: MOST_HITS, ...(filter ? { filter } : {}) },
    { keep: true },
  )
  const hits = words === '' ? [] : rows
  const index = hits.findIndex(({ itemId }) => itemId === at)

  const goTo = useCallback(
    (itemId: string): void => {
      setAt(itemId)
      seek(itemId)
    },
    [seek],
  )
  // What was found first is the newest; one that is still found stays.
  const first = loading || index >= 0 ? undefined : hits[0]?.itemId
  useEffect(() => {
    if (first !== undefined) goTo(first)
  }, [first, goTo])

  const choose = useCallback((change: Partial<Chosen>) => setChosen(now => ({ ...now, ...change })), [])
  const step = (by: 1 | -1): void => {
    const to = hits[(index + by + hits.length) % hits.length]
    if (to) goTo(to.itemId)
  }
  const show = (): void => {
    setOpen(true)
    setAsked(times => times + 1)
  }
  useKey('find', show)
  useKey('find-next', hits.length > 0 ? () => step(1) : null)
  useKey('find-previous', hits.length > 0 ? () => step(-1) : null)

  return {
    ...{ open, text, setText, chosen, choose, filter: open ? filter : undefined, step, asked },
    nth: index + 1,
    count: hits.length,
    searching: words !== text.trim() || loading,
    close() {
      setOpen(false)
      setText('')
      setAt(null)
      setChosen(everything)
    },
  }
}
