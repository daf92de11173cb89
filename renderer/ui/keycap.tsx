import { chordOf, isMac, type KeyId, keyTable } from '../app/keys.ts'
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

/** Shows a shortcut of the key table, or any chord. Read out only if `spoken`: usually what it stands beside has a name. */
export function Keycap({ of, chord, spoken }: { of?: KeyId; chord?: string; spoken?: boolean }) {
  const text = chord ?? (of ? keyTable[of].chords[0] : undefined)
  if (!text) return null
  return (
    <span className="keycap" aria-hidden={spoken ? undefined : true}>
      {caps(text).map(cap => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
