import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Item } from '#shared/model/item.ts'
import { announce } from '../../ui/announce.tsx'
import { authorName, type Thread, useTimelineWords } from './context.ts'
import type { ThreadRow } from './thread.ts'

type Delivered = 'waits' | 'out' | 'no'

const out: ReadonlySet<string> = new Set(['sent', 'delivered', 'read'])
const deliveredOf = ({ delivery }: Item): Delivered =>
  delivery === null ? 'no' : out.has(delivery.state) ? 'out' : 'waits'

/** That an own message has left is said once, when it has; what failed or is held is told as a toast (sync/told.ts). */
function useSentSaid(items: readonly Item[]): void {
  const say = useTimelineWords()
  const before = useRef<Map<string, Delivered>>(new Map())
  useEffect(() => {
    const now = new Map(items.map(item => [item.id, deliveredOf(item)]))
    const left = items.filter(({ id }) => before.current.get(id) === 'waits' && now.get(id) === 'out')
    before.current = now
    if (left.length > 0) announce(say('said-sent', { count: left.length }))
  }, [items, say])
}

/** What came while the timeline was open: said aloud, drawn in, and counted while it lies below what is in sight. */
export function useArrivals(
  rows: readonly ThreadRow[],
  atEnd: boolean,
  thread: Thread,
): { keys: ReadonlySet<string>; below: number } {
  const say = useTimelineWords()
  const { me } = thread
  const known = useRef<{ keys: Set<string>; last: number } | null>(null)
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set())
  const [below, setBelow] = useState(0)
  useSentSaid(useMemo(() => rows.flatMap(row => (row.kind === 'item' ? [row.item] : [])), [rows]))
  useLayoutEffect(() => {
    const items = rows.filter(row => row.kind === 'item')
    const before = known.current
    known.current = { keys: new Set(items.map(({ key }) => key)), last: items.at(-1)?.item.at ?? 0 }
    if (!before) return
    const fresh = items.filter(({ key, item }) => !before.keys.has(key) && item.at >= before.last)
    if (fresh.length === 0) return
    setArrived(now => new Set([...now, ...fresh.map(({ key }) => key)]))
    const others = fresh.filter(
      ({ item }) => item.kind !== 'event' && !(item.author.kind === 'agent' && item.author.agentId === me),
    )
    const newest = others.at(-1)?.item
    if (newest) {
      // A chat and a note name nobody themselves.
      const who = newest.mail?.from?.name || authorName(thread, newest, say)
      announce(say('arrived', { who, text: newest.text.slice(0, 200) }))
    }
    if (others.length > 0) setBelow(count => count + others.length)
  }, [rows, me, say, thread])
  useEffect(() => {
    if (atEnd && below > 0) setBelow(0)
  }, [atEnd, below])
  return { keys: arrived, below: atEnd ? 0 : below }
}
