import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, UnfoldVertical } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useKey } from '../../app/keys/use-key.ts'
import { useMyId } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { Selected } from '../customer/selected.ts'
import { authorName, type Thread, ThreadProvider, type TimelineSay, useTimelineWords } from './context.ts'
import { useMarks } from './finder/marks.ts'
import { useKeptSight } from './kept-sight.ts'
import { estimate, lastIndexOf } from './layout.ts'
import type { ThreadRow } from './thread.ts'
import { ThreadRowView } from './thread-row.tsx'
import { useArrivals } from './use-arrivals.ts'
import { freshIndex, openingOffset, useOpening } from './use-opening.ts'
import { useFollowedEnd, useKeptEnd, useSeek } from './use-seek.ts'
import { useThreadValue } from './use-thread-value.ts'
import { useWanted } from './use-wanted.ts'
import './timeline.css'
import './items.css'
import './delivery.css'

/** This near the end one is at the end: new items are followed. */
const AT_END = 48

/** The rows in a scroll of which only those in sight are in the document, and the way from one to the next by keyboard. */
export function Scroll({
  selected,
  rows,
  loading,
  onMore,
  onRead,
  around,
  setAround,
  wanted,
  onWantedShown,
  searched,
  onReveal,
}: {
  selected: Selected
  rows: readonly ThreadRow[]
  loading: boolean
  onMore: (() => void) | null
  onRead: (rows: readonly ThreadRow[]) => void
  around: string | null
  setAround: (itemId: string | null) => void
  /** An item to bring into sight. */
  wanted: string | null
  onWantedShown: () => void
  /** Words to mark. */
  searched: string
  /** Shows an item among those that a filter leaves out; null: none is left out. */
  onReveal: ((itemId: string) => void) | null
}) {
  const say = useTimelineWords()
  const scroller = useRef<HTMLDivElement>(null)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [foundKey, setFoundKey] = useState<string | null>(null)
  const active = activeKey === null ? -1 : lastIndexOf(rows, activeKey)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimate(rows[index]), [rows]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // Drawn from the first as it will stand, in a window that is at least as high.
    initialRect: { width: 0, height: window.innerHeight },
    initialOffset: () => openingOffset(rows, window.innerHeight),
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

  const seek = useSeek(scroller)
  const placed = useOpening(scroller, () => {
    const fresh = freshIndex(rows)
    if (fresh > 0) virtual.scrollToIndex(fresh, { align: 'start' })
    else virtual.scrollToEnd()
  })

  const atEnd = around === null && virtual.isAtEnd(AT_END)
  const start = virtual.range?.startIndex ?? 0
  const end = virtual.range?.endIndex ?? -1
  useEffect(() => {
    if (placed && start < 12) onMore?.()
  }, [placed, start, onMore])
  useEffect(() => {
    if (placed && end >= 0) onRead(rows.slice(0, end + 1))
  }, [placed, end, rows, onRead])

  useKeptSight(selected.customerId, rows, placed && !atEnd ? Math.floor((start + end) / 2) : null)

  useKeptEnd(scroller, AT_END, placed && around === null ? () => seek(() => virtual.scrollToEnd()) : null)
  useFollowedEnd(
    rows,
    useMyId(),
    placed && atEnd,
    useCallback(() => seek(() => virtual.scrollToEnd()), [seek, virtual]),
  )

  const goTo = useCallback(
    (itemId: string): void => {
      const index = lastIndexOf(rows, itemId)
      if (index < 0) {
        setAround(itemId)
        return
      }
      seek(() => virtual.scrollToIndex(index, { align: 'center' }))
      // Who searches goes on typing.
      if (!document.activeElement?.closest('[data-finder]')) setActiveKey(itemId)
      setFoundKey(itemId)
    },
    [rows, virtual, setAround, seek],
  )
  useWanted(wanted, onWantedShown, rows, loading, around, setAround, goTo)
  useMarks(scroller, searched)

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
  const arrivals = useArrivals(rows, atEnd, thread)
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
                  {isItem && onReveal && (
                    <IconButton
                      className="tl-reveal"
                      icon={UnfoldVertical}
                      label={say('reveal')}
                      size="s"
                      onClick={() => onReveal(row.key)}
                    />
                  )}
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

function articleLabel(row: Extract<ThreadRow, { kind: 'item' }>, thread: Thread, say: TimelineSay): string {
  const who = authorName(thread, row.item, say)
  return [who, row.item.kind === 'note' ? say('note-label') : '', row.subject].filter(Boolean).join(', ')
}
