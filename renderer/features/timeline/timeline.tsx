import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { faultSentence } from '../../app/faults.ts'
import { useKey } from '../../app/keys.ts'
import { useLive } from '../../store/live.ts'
import { useMyId, useSync } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { itemShown, useView } from '../../store/view.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { familyOf, useAgents, useChannels, useInboxes } from '../customer/names.ts'
import { type Selected, useSelected } from '../customer/selected.ts'
import { authorName, type Thread, ThreadProvider, useTimelineWords } from './context.ts'
import { estimate, lastIndexOf } from './layout.ts'
import { type ThreadRow, threadRows } from './thread.ts'
import { ThreadRowView } from './thread-row.tsx'
import { TimelineSkeleton } from './timeline-skeleton.tsx'
import { useReadMarks } from './use-read-marks.ts'
import './timeline.css'

const FIRST = 80
const STEP = 200
/** More at once would be slow to order; what lies before is looked at from its own place. */
const MOST = 2000
/** This near the end one is at the end: new items are followed. */
const AT_END = 48

/** One scroll over all channels of the customer that is open. */
export function Timeline() {
  const selected = useSelected()
  // A place in the scroll belongs to one customer.
  return selected && <OfCustomer key={selected.customerId} selected={selected} />
}

function OfCustomer({ selected }: { selected: Selected }) {
  const say = useTimelineWords()
  const { customerId, customer } = selected
  const [limit, setLimit] = useState(FIRST)
  const [around, setAround] = useState<string | null>(null)
  const args = { customerId, limit, ...(around === null ? {} : { around }) }
  const { rows: entries, loading, fault } = useLive('timeline', args, { keep: true })
  const { rows: coverage } = useLive('coverage', { customerId })
  const marks = useReadMarks(customerId)
  const channels = useChannels()
  const me = useMyId()
  const ready = entries.length > 0 ? marks.opened !== null : !loading

  // Half of the entries about an item lie before it, the item among them; without one they all lie before the end.
  const before = around === null ? entries.length : entries.findIndex(({ item }) => item.id === around) + 1
  const more = before >= (around === null ? limit : Math.ceil(limit / 2))
  const rows = useMemo(
    () =>
      threadRows({
        entries,
        coverage,
        familyOf: channel => familyOf(channels, channel),
        readSeq: id => marks.opened?.(id),
        me,
        more,
        most: limit >= MOST,
      }),
    [entries, coverage, channels, marks.opened, me, more, limit],
  )
  const raise = useCallback(() => setLimit(now => Math.min(now + STEP, MOST)), [])

  if (fault && entries.length === 0) return <Empty title={say('fault-title')}>{faultSentence(fault)}</Empty>
  if (!ready) return <TimelineSkeleton label={say('loading')} />
  if (entries.length === 0)
    return (
      <div className="tl-empty">
        <Empty knot title={say('empty')}>
          {customer?.name ? say('empty-hint', { name: customer.name }) : say('empty-hint-nobody')}
        </Empty>
      </div>
    )
  return (
    <Scroll
      selected={selected}
      rows={rows}
      loading={loading}
      onMore={more && !loading && limit < MOST ? raise : null}
      onRead={marks.seen}
      around={around}
      setAround={setAround}
    />
  )
}

function Scroll({
  selected,
  rows,
  loading,
  onMore,
  onRead,
  around,
  setAround,
}: {
  selected: Selected
  rows: readonly ThreadRow[]
  loading: boolean
  onMore: (() => void) | null
  onRead: (rows: readonly ThreadRow[]) => void
  around: string | null
  setAround: (itemId: string | null) => void
}) {
  const say = useTimelineWords()
  const scroller = useRef<HTMLDivElement>(null)
  const [placed, setPlaced] = useState(false)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [foundKey, setFoundKey] = useState<string | null>(null)
  const active = activeKey === null ? -1 : lastIndexOf(rows, activeKey)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimate(rows[index]), [rows]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 6,
    // The thread grows at its end: what is read keeps its place when items arrive or are loaded above, and the end is followed.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END,
    paddingEnd: 4,
    useAnimationFrameWithResizeObserver: false,
    rangeExtractor: useCallback(
      ({ startIndex, endIndex, overscan, count }) => {
        const from = Math.max(0, startIndex - overscan)
        const to = Math.min(count - 1, endIndex + overscan)
        const indexes = Array.from({ length: to - from + 1 }, (_, offset) => from + offset)
        // The one with the focus stays in the document, or the focus would be lost.
        if (active >= 0 && active < count && (active < from || active > to)) indexes.push(active)
        return indexes.sort((a, b) => a - b)
      },
      [active],
    ),
  })

  const seek = useSeek(
    scroller,
    useCallback(() => setPlaced(true), []),
  )
  const opened = useRef(false)
  useLayoutEffect(() => {
    if (opened.current || rows.length === 0) return
    opened.current = true
    const fresh = rows.findIndex(({ kind }) => kind === 'fresh')
    seek(() => (fresh > 0 ? virtual.scrollToIndex(fresh, { align: 'start' }) : virtual.scrollToEnd()))
  }, [rows, virtual, seek])

  const atEnd = around === null && virtual.isAtEnd(AT_END)
  const start = virtual.range?.startIndex ?? 0
  const end = virtual.range?.endIndex ?? -1
  useEffect(() => {
    if (placed && start < 12) onMore?.()
  }, [placed, start, onMore])
  useEffect(() => {
    if (placed && end >= 0) onRead(rows.slice(0, end + 1))
  }, [placed, end, rows, onRead])

  const arrivals = useArrivals(rows, atEnd)
  useKeptEnd(scroller, placed && atEnd, () => virtual.scrollToEnd())

  const goTo = useCallback(
    (itemId: string): void => {
      const index = lastIndexOf(rows, itemId)
      if (index < 0) {
        setAround(itemId)
        return
      }
      seek(() => virtual.scrollToIndex(index, { align: 'center' }))
      setActiveKey(itemId)
      setFoundKey(itemId)
    },
    [rows, virtual, setAround, seek],
  )
  useWanted(rows, loading, around, setAround, goTo)

  const focusRow = useCallback(
    (index: number): void => {
      const row = rows[index]
      if (!row) return
      setActiveKey(row.key)
      setFoundKey(null)
      virtual.scrollToIndex(index, { align: 'auto' })
    },
    [rows, virtual],
  )
  // After the row is in the document and can be seen: what is hidden takes no focus.
  useEffect(() => {
    if (activeKey === null || !placed) return
    const element = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(activeKey)}"]`)
    if (element && !element.contains(document.activeElement)) element.focus({ preventScroll: true })
  }, [activeKey, placed])

  const step = (by: 1 | -1): void => {
    const stops = rows.flatMap(({ kind }, index) => (kind === 'item' ? [index] : []))
    const from = active >= 0 ? active : by > 0 ? start - 1 : end + 1
    const to = by > 0 ? stops.find(index => index > from) : stops.findLast(index => index < from)
    if (to !== undefined) focusRow(to)
  }
  const toEnd = (): void => {
    setAround(null)
    setActiveKey(null)
    seek(() => virtual.scrollToEnd())
  }
  useKey('item-next', () => step(1))
  useKey('item-previous', () => step(-1))
  useKey('item-last', toEnd)

  const thread = useThreadValue(selected, rows, goTo, setAround)
  const name = selected.customer?.name || say('someone')
  const shown = virtual.getVirtualItems()
  const pill =
    around !== null || (placed && !atEnd && virtual.getDistanceFromEnd() > 600) || arrivals.below > 0

  return (
    <ThreadProvider value={thread}>
      <div className="tl" data-keys="timeline">
        <div
          ref={scroller}
          className="tl-scroll"
          role="feed"
          aria-label={say('label', { name })}
          aria-busy={loading}
          data-placed={placed || undefined}
          tabIndex={activeKey === null ? 0 : -1}
        >
          <div className="tl-all" style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ key, index, start: top }) => {
              const row = rows[index]
              if (!row) return null
              const isItem = row.kind === 'item'
              return (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  data-key={row.key}
                  className="tl-place"
                  style={{ transform: `translateY(${top}px)` }}
                  {...(isItem
                    ? {
                        role: 'article',
                        tabIndex: row.key === activeKey ? 0 : -1,
                        'aria-posinset': index + 1,
                        'aria-setsize': rows.length,
                        'aria-label': articleLabel(row, thread, say),
                        onFocus: () => setActiveKey(row.key),
                      }
                    : {})}
                >
                  <ThreadRowView
                    row={row}
                    active={row.key === activeKey}
                    found={row.key === foundKey}
                    fresh={arrivals.keys.has(row.key)}
                  />
                </div>
              )
            })}
          </div>
        </div>
        {pill && (
          <Button small className="tl-jump" kind="line" onClick={toEnd}>
            <Icon of={ArrowDown} size="s" />
            {arrivals.below > 0 ? say('new-below', { count: arrivals.below }) : say('to-newest')}
          </Button>
        )}
      </div>
    </ThreadProvider>
  )
}

function articleLabel(
  row: Extract<ThreadRow, { kind: 'item' }>,
  thread: Thread,
  say: ReturnType<typeof useTimelineWords>,
): string {
  const who = authorName(thread, row.item, say)
  return [who, row.item.kind === 'note' ? say('note-label') : '', row.subject].filter(Boolean).join(', ')
}

/**
 * Goes to a place. Heights are estimates until a row has been in the document, so the place is sought again until it stays where it is;
 * the latest seeking ends the one before. When the timeline opens nothing is painted before it has come to rest.
 */
function useSeek(
  scroller: RefObject<HTMLDivElement | null>,
  onRest: () => void,
): (place: () => void) => void {
  const frame = useRef(0)
  return useCallback(
    place => {
      cancelAnimationFrame(frame.current)
      let tries = 0
      let before = -1
      const again = (): void => {
        if (!scroller.current) return
        place()
        const { scrollTop, scrollHeight } = scroller.current
        const now = scrollTop + scrollHeight
        if ((now === before && tries > 1) || tries++ > 12) onRest()
        else frame.current = requestAnimationFrame(again)
        before = now
      }
      again()
    },
    [scroller, onRest],
  )
}

/** The composer below grows while somebody writes: who is at the end stays at the end. */
function useKeptEnd(scroller: RefObject<HTMLDivElement | null>, atEnd: boolean, toEnd: () => void): void {
  const latest = useRef({ atEnd, toEnd })
  useEffect(() => {
    latest.current = { atEnd, toEnd }
  })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === height) return
      height = element.clientHeight
      if (latest.current.atEnd) latest.current.toEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
}

/** What came while the timeline was open: said aloud, drawn in, and counted while it lies below what is in sight. */
function useArrivals(
  rows: readonly ThreadRow[],
  atEnd: boolean,
): { keys: ReadonlySet<string>; below: number } {
  const say = useTimelineWords()
  const me = useMyId()
  const known = useRef<{ keys: Set<string>; last: number } | null>(null)
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set())
  const [below, setBelow] = useState(0)
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
    if (newest)
      announce(
        say('arrived', { who: newest.mail?.from?.name || say('someone'), text: newest.text.slice(0, 200) }),
      )
    if (others.length > 0) setBelow(count => count + others.length)
  }, [rows, me, say])
  useEffect(() => {
    if (atEnd && below > 0) setBelow(0)
  }, [atEnd, below])
  return { keys: arrived, below: atEnd ? 0 : below }
}

/** An item that a search or a link asked for: shown where it is, or looked for further back, or said not to be here. */
function useWanted(
  rows: readonly ThreadRow[],
  loading: boolean,
  around: string | null,
  setAround: (itemId: string | null) => void,
  goTo: (itemId: string) => void,
): void {
  const say = useTimelineWords()
  const view = useView(({ itemId }) => itemId)
  // One that was looked for further back is shown when its surroundings have come.
  const pending = useRef<string | null>(null)
  const wanted = view ?? pending.current
  useEffect(() => {
    if (wanted === null) return
    if (lastIndexOf(rows, wanted) >= 0) {
      pending.current = null
      goTo(wanted)
      itemShown()
    } else if (around !== wanted) {
      pending.current = wanted
      setAround(wanted)
    } else if (!loading) {
      pending.current = null
      toast(say('not-here'), { tone: 'bad' })
      itemShown()
      setAround(null)
    }
  }, [wanted, rows, loading, around, setAround, goTo, say])
  useEffect(() => {
    if (around !== null && pending.current === null && lastIndexOf(rows, around) < 0) pending.current = around
  }, [around, rows])
}

function useThreadValue(
  { customer, conversations, identities }: Selected,
  rows: readonly ThreadRow[],
  goTo: (itemId: string) => void,
  lookFrom: (itemId: string) => void,
): Thread {
  const me = useMyId()
  const agents = useAgents()
  const channels = useChannels()
  const inboxes = useInboxes()
  const now = useNow()
  const live = useSync()?.phase === 'live'
  const role = agents.get(me)?.role
  const latest = useRef(rows)
  latest.current = rows
  const goToLatest = useRef(goTo)
  goToLatest.current = goTo
  return useMemo(
    () => ({
      me,
      mayLead: role === 'supervisor' || role === 'administrator',
      live,
      now,
      customer,
      agents,
      channels,
      inboxes,
      conversations: new Map(conversations.map(each => [each.id, each])),
      identities: new Map(identities.map(each => [each.id, each])),
      several: conversations.length > 1,
      goTo: itemId => goToLatest.current(itemId),
      lookFrom,
      answeredBy: (conversationId, after, agentId) =>
        latest.current.findLast(
          (row): row is Extract<ThreadRow, { kind: 'item' }> =>
            row.kind === 'item' &&
            row.item.conversationId === conversationId &&
            row.item.seq > after &&
            row.item.direction === 'out' &&
            row.item.author.kind === 'agent' &&
            row.item.author.agentId === agentId &&
            row.item.delivery?.state !== 'held',
        )?.key ?? null,
    }),
    [me, role, live, now, customer, agents, channels, inboxes, conversations, identities, lookFrom],
  )
}
