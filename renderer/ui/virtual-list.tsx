import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, type RefObject, useCallback, useImperativeHandle, useRef } from 'react'
import './virtual-list.css'

export interface VirtualListHandle {
  /** Brings a row into sight, moving as little as it can. */
  reveal(index: number): void
}

/**
 * A list of rows of one height, of which only those in sight are in the document. The list itself has the focus; the chosen row
 * is named by `aria-activedescendant`.
 */
export function VirtualList<Row>({
  rows,
  keyOf,
  rowHeight,
  render,
  label,
  id,
  activeKey,
  onNearEnd,
  scroller,
  handle,
}: {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  rowHeight: number
  /** Draws a row; the list gives it its place and its role. */
  render: (row: Row, active: boolean) => ReactNode
  label: string
  id: string
  activeKey: string | null
  onNearEnd?: () => void
  scroller?: RefObject<HTMLDivElement | null>
  handle?: Ref<VirtualListHandle>
}) {
  const own = useRef<HTMLDivElement>(null)
  const element = scroller ?? own
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    getItemKey: useCallback((index: number) => keyOf(rows[index]!), [rows, keyOf]),
    overscan: 8,
    onChange: instance => {
      const last = instance.range?.endIndex ?? 0
      if (rows.length > 0 && last >= rows.length - 20) onNearEnd?.()
    },
  })
  useImperativeHandle(handle, () => ({ reveal: index => virtual.scrollToIndex(index, { align: 'auto' }) }), [
    virtual,
  ])
  const shown = virtual.getVirtualItems()
  const activeShown = activeKey !== null && shown.some(({ key }) => key === activeKey)
  return (
    <div
      ref={element}
      className="virtual-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      {...(activeShown ? { 'aria-activedescendant': `${id}-${activeKey}` } : {})}
    >
      <div className="virtual-list-all" style={{ height: virtual.getTotalSize() }}>
        {shown.map(item => {
          const row = rows[item.index]
          if (row === undefined) return null
          const active = item.key === activeKey
          return (
            <div
              key={item.key}
              id={`${id}-${item.key}`}
              role="option"
              aria-selected={active}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              tabIndex={-1}
              className="virtual-list-row"
              style={{ translate: `0 ${item.start}px`, height: item.size }}
            >
              {render(row, active)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
