import { Fragment } from 'react'
import { chordOf, isMac } from '../app/keys/chord.ts'
import { useChords } from '../app/keys/own.ts'
import type { KeyId } from '../app/keys/table.ts'
import './keycap.css'

const signs: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** The caps of a chord such as `Mod+Shift+Enter`, as this platform writes them. */
export function caps(text: string, mac = isMac): string[] {
  const { mod, shift, alt, key } = chordOf(text)
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift ? ['⇧'] : []),
    signs[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ]
}

/** Shows the first chord of an action, or any chord. Read out only if `spoken`: usually what it stands beside has a name. */
export function Keycap({ of, chord, spoken }: { of?: KeyId; chord?: string; spoken?: boolean }) {
  return of ? <OfAction id={of} spoken={spoken} /> : chord ? <Caps chord={chord} spoken={spoken} /> : null
}

function OfAction({ id, spoken }: { id: KeyId; spoken: boolean | undefined }) {
  const [chord] = useChords(id)
  return chord ? <Caps chord={chord} spoken={spoken} /> : null
}

const Caps = ({ chord, spoken }: { chord: string; spoken: boolean | undefined }) => (
  <span className="keycap" aria-hidden={spoken ? undefined : true}>
    {caps(chord).map((cap, index) => (
      <Fragment key={cap}>
        {/* Read out as words, not as one. */}
        {index > 0 && ' '}
        <kbd>{cap}</kbd>
      </Fragment>
    ))}
  </span>
)
