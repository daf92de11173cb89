import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import './virtual-list.css'

export interface VirtualListHandle {
  /** Brings a row into sight, moving as little as it can. */
  reveal(index: number): void
  focus(): void
}

/**
 * A list of rows of one height, of which only those in sight are in the document. The list itself has the focus; the chosen row
 * is named by `aria-activedescendant`. Rows may be unknown yet: then `render` draws what stands for them.
 */
export function VirtualList<Row>({
  count,
  rowAt,
  keyOf,
  rowHeight,
  render,
  label,
  id,
  activeKey,
  chosen,
  startAt = 0,
  foot = 0,
  onRange,
  handle,
}: {
  count: number
  rowAt: (index: number) => Row | undefined
  keyOf: (row: Row) => string
  rowHeight: number
  /** Draws a row; the list gives it its place and its role. */
  render: (row: Row | undefined, active: boolean) => ReactNode
  label: string
  id: string
  activeKey: string | null
  /** Of a list in which several can be chosen: whether this one is. Absent: the active one is the chosen one. */
  chosen?: (key: string) => boolean
  /** The row at the top when it is drawn for the first time. */
  startAt?: number
  /** What lies over its foot, so that the last row can be seen above it. Pixels */
  foot?: number
  /** The rows in sight, first and last, whenever they change. */
  onRange?: (first: number, last: number) => void
  handle?: Ref<VirtualListHandle>
}) {
  const element = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    initialOffset: () => startAt * rowHeight,
    // Whoever goes through the list sees what comes, and what lies over its foot (a toast, a bar) does not lie over the row one stands on.
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
    paddingEnd: foot,
    overscan: 8,
  })
  // Another density: every row has another height.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what changed
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  useImperativeHandle(
    handle,
    () => ({
      reveal: index => virtual.scrollToIndex(index, { align: 'auto' }),
      focus: () => element.current?.focus({ preventScroll: true }),
    }),
    [virtual],
  )
  const shown = virtual.getVirtualItems()
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => onRange?.(first, last), [onRange, first, last])

  const drawn = shown.map(item => {
    const row = rowAt(item.index)
    return { item, row, key: row === undefined ? null : keyOf(row) }
  })
  const active = activeKey === null ? undefined : drawn.find(({ key }) => key === activeKey)
  /** By keyboard: the ring is at that row, and rows are drawn beyond what is in sight. */
  const revealActive = (): void => {
    if (active && element.current?.matches(':focus-visible')) virtual.scrollToIndex(active.item.index)
  }
  return (
    <div className="virtual-list-frame">
      <div
        ref={element}
        className="virtual-list"
        role="listbox"
        tabIndex={0}
        data-column-entry=""
        aria-label={label}
        aria-multiselectable={chosen ? true : undefined}
        {...(active ? { 'aria-activedescendant': `${id}-${activeKey}` } : {})}
        onFocus={revealActive}
      >
        <div className="virtual-list-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {drawn.map(({ item, row, key }) => (
            // biome-ignore lint/a11y/useFocusableInteractive: a row that is pressed gives the focus to the list, whose keys go on from it
            <div
              key={key ?? item.index}
              id={key === null ? undefined : `${id}-${key}`}
              role="option"
              aria-selected={key !== null && (chosen ? chosen(key) : key === activeKey)}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              className="virtual-list-row"
              data-active={(key !== null && key === activeKey) || undefined}
              style={{ translate: `0 ${item.start}px`, height: item.size }}
            >
              {render(row, key !== null && key === activeKey)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
