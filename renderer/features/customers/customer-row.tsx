import clsx from 'clsx'
import { type MouseEvent, memo } from 'react'
import type { CustomerLine } from '#shared/queries/index.ts'
import '../../ui/box.css'
import type { Column, Ground } from './columns.tsx'

/** One customer: who, of what, where they write, and whether something is open. */
export const CustomerRow = memo(function CustomerRow({
  line,
  columns,
  ground,
  active,
  chosen,
  onPress,
  onChoose,
}: {
  line: CustomerLine | undefined
  columns: readonly Column[]
  ground: Ground
  active: boolean
  chosen: boolean
  onPress: (line: CustomerLine, event: MouseEvent) => void
  onChoose: (line: CustomerLine) => void
}) {
  if (!line) return <div className="customer-row" />
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it is drawn inside the list's option
    <div
      className={clsx('customer-row', active && 'customer-active', chosen && 'customer-chosen')}
      onClick={event => onPress(line, event)}
    >
      {/* What it says, the option says: a box is only for the hand. */}
      <span
        className="box"
        data-checked={chosen || undefined}
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation()
          onChoose(line)
        }}
      />
      {columns.map(({ id, end, cell }) => (
        <span key={id} className={`customer-cell customer-${id}`} data-end={end}>
          {cell(line, ground)}
        </span>
      ))}
    </div>
  )
})
