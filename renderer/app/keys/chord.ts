// A chord as text, `Mod+Shift+Enter`, and as what a keyboard says. `Mod` is Ctrl, on a Mac Cmd.

export const isMac = /mac/i.test(navigator.platform)

export interface Chord {
  mod: boolean
  shift: boolean
  alt: boolean
  key: string
}

/** `Mod+Shift+Enter` taken apart. */
export function chordOf(text: string): Chord {
  const parts = text.split('+')
  const key = parts.at(-1) || '+'
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key }
}

export const textOf = ({ mod, shift, alt, key }: Chord): string =>
  [mod && 'Mod', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+')

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A sign such as ? may or may not need Shift, depending on the keyboard; only letters, digits and named keys count it. */
const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key)

/** Keys that say something else in another layout or input method, by where they are (UI Events, `code`). */
const places: Record<string, [plain: string, shifted: string]> = {
  Slash: ['/', '?'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Semicolon: [';', ':'],
}

/** What the key is called: a letter in capitals, a digit also where Shift makes a sign of it, a Chinese sign as the Latin one there. */
function nameOf({ key, code, shiftKey }: Pressed): string {
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  if (place?.[2] && shiftKey) return place[2]
  if (/^[\x20-\x7e]$/.test(key)) return key.toUpperCase()
  if (key.length > 1) return key
  return place?.[1] ?? places[code]?.[shiftKey ? 1 : 0] ?? key.toUpperCase()
}

export function matches(chord: Chord, event: Pressed, mac = isMac): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (other || mod !== chord.mod || event.altKey !== chord.alt) return false
  const same = [event.key, nameOf(event)].some(name => name.toUpperCase() === chord.key.toUpperCase())
  return same && (isSign(chord.key) || event.shiftKey === chord.shift)
}

/** The chord that is being pressed; undefined while it is only Ctrl, Shift and the like, or belongs to the other platform. */
export function pressedChord(event: Pressed, mac = isMac): Chord | undefined {
  if (['Control', 'Shift', 'Alt', 'Meta', 'Dead', 'Process', 'Unidentified', 'CapsLock'].includes(event.key))
    return undefined
  if (mac ? event.ctrlKey : event.metaKey) return undefined
  const key = nameOf(event)
  return {
    mod: mac ? event.metaKey : event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey && !isSign(key),
    key,
  }
}

/** Whether a chord would also be typed text. */
export const types = ({ mod, alt, key }: Chord): boolean => !mod && !alt && key.length === 1
