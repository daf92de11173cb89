import { Search } from 'lucide-react'
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Icon } from '../../../ui/icon.tsx'
import '../../../ui/search-field.css'
import { composes } from '../words-field.ts'
import './insert.css'
import type { Choice, Insert } from './use-insert.ts'

/** The list at the caret, with what the choice would say beside it. The field keeps the focus, unless there is a line to search by. */
export function InsertList<C extends Choice>({
  insert,
  label,
  find,
  none,
  row,
  preview,
  onLeave,
}: {
  insert: Insert<C>
  label: string
  /** What stands in the line to search by. */
  find: string
  none: string
  row: (choice: C) => ReactNode
  /** Null: there is nothing to show beside it. */
  preview: ((choice: C) => ReactNode) | null
  /** The line to search by was left without a choice. */
  onLeave: () => void
}) {
  const { open, found, active, id, optionId } = insert
  const options = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is active
  useLayoutEffect(() => {
    // It gives a promise, which no effect may.
    void options.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active, open?.query])
  if (!open) return null
  const summoned = open.trigger === null
  const current = found[active]
  const list = (
    <div ref={options} className="insert-options" role="listbox" id={id} aria-label={label}>
      {found.map((choice, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names the active one
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose
        <div
          key={choice.id}
          id={optionId(index)}
          role="option"
          aria-selected={index === active}
          className="insert-option"
          onMouseMove={() => index !== active && insert.setActive(index)}
          onClick={() => insert.choose(choice)}
        >
          {row(choice)}
        </div>
      ))}
      {found.length === 0 && <p className="insert-none">{none}</p>}
    </div>
  )
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: what is pressed in it must not take the field's focus
    <div
      className="insert"
      style={placeOf(open.at, preview !== null)}
      data-beside={preview !== null || undefined}
      {...(summoned ? { role: 'dialog', 'aria-label': label } : {})}
      onMouseDown={event => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
    >
      {summoned && (
        <div className="insert-find">
          <Icon of={Search} size="s" />
          <input
            // biome-ignore lint/a11y/noAutofocus: it was asked for, to be typed in
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={current && optionId(active)}
            aria-label={find}
            placeholder={find}
            value={open.query}
            spellCheck={false}
            autoComplete="off"
            onChange={event => insert.ask(event.target.value)}
            onKeyDown={event => {
              if (composes(event.nativeEvent)) return
              const left = event.key === 'Escape'
              if (insert.onKey(event)) event.preventDefault()
              if (left) onLeave()
            }}
            onBlur={() => insert.close()}
          />
        </div>
      )}
      {list}
      {preview && current && <div className="insert-preview">{preview(current)}</div>}
    </div>,
    document.body,
  )
}

const WIDTH = { list: 288, beside: 584 }
const HEIGHT = 320
const EDGE = 8
const GAP = 6

/** Above the line of the caret or below it, where there is more room; never over it. */
function placeOf(at: { left: number; top: number; bottom: number }, beside: boolean): CSSProperties {
  const { innerWidth, innerHeight } = window
  const width = Math.min(beside ? WIDTH.beside : WIDTH.list, innerWidth - 2 * EDGE)
  const above = at.top - GAP - EDGE
  const below = innerHeight - at.bottom - GAP - EDGE
  const left = Math.max(EDGE, Math.min(at.left - EDGE, innerWidth - width - EDGE))
  return {
    left,
    width,
    maxHeight: Math.min(HEIGHT, Math.max(above, below)),
    ...(above >= below ? { bottom: innerHeight - at.top + GAP } : { top: at.bottom + GAP }),
  }
}
