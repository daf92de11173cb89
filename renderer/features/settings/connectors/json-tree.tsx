import { useState } from 'react'
import { oneLine } from '#shared/model/card.ts'
import type { Steps } from './mapping-path.ts'

/** Entries of one list or object that are drawn. */
const MOST = 50

/** An answer as it came; a press on a value names its place. Everything in it is somebody else's words. */
export function JsonTree({
  value,
  steps = [],
  onPick,
}: {
  value: unknown
  steps?: Steps
  onPick(steps: Steps): void
}) {
  if (typeof value !== 'object' || value === null)
    return (
      <button type="button" className="json-value" onClick={() => onPick(steps)}>
        <bdi>{typeof value === 'string' ? `"${oneLine(value, 80)}"` : String(value)}</bdi>
      </button>
    )
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, MOST).map((each, place) => [place, each])
    : Object.entries(value).slice(0, MOST)
  return (
    <ul className="json">
      {entries.map(([key, each]) => (
        <li key={key}>
          <Branch name={key} value={each} steps={[...steps, key]} onPick={onPick} />
        </li>
      ))}
    </ul>
  )
}

function Branch({
  name,
  value,
  steps,
  onPick,
}: {
  name: string | number
  value: unknown
  steps: Steps
  onPick(steps: Steps): void
}) {
  // The first of a list says what all are.
  const [open, setOpen] = useState(typeof name === 'string' || name === 0)
  const nested = typeof value === 'object' && value !== null
  if (!nested)
    return (
      <span className="json-line">
        <bdi className="json-key">{oneLine(String(name), 60)}</bdi>{' '}
        <JsonTree value={value} steps={steps} onPick={onPick} />
      </span>
    )
  return (
    <>
      <button
        type="button"
        className="json-key json-branch"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <bdi>{oneLine(String(name), 60)}</bdi>{' '}
        <span className="faint num">{Array.isArray(value) ? `[${value.length}]` : '{ }'}</span>
      </button>
      {open && <JsonTree value={value} steps={steps} onPick={onPick} />}
    </>
  )
}
