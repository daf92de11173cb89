import { describe, expect, it } from 'vitest'
import { chordOf, type KeyId, keyTable, matches, types } from './keys.ts'

const entries = Object.entries(keyTable) as [KeyId, (typeof keyTable)[KeyId]][]
const pressed = (
  key: string,
  with_: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...with_,
})

describe('the key table', () => {
  it('gives no chord twice where both could be meant', () => {
    const everywhere = new Set(['global', 'conversation'])
    const clashes = entries.flatMap(([id, a], index) =>
      entries.slice(index + 1).flatMap(([other, b]) => {
        const together = a.scope === b.scope || everywhere.has(a.scope) || everywhere.has(b.scope)
        // In the composer plain letters are text, so only the others could be meant there.
        const typing = a.scope === 'composer' || b.scope === 'composer'
        return together
          ? a.chords.flatMap(chord =>
              (b.chords as readonly string[]).includes(chord) && !(typing && types(chordOf(chord)))
                ? [`${id} and ${other}: ${chord}`]
                : [],
            )
          : []
      }),
    )
    expect(clashes).toEqual([])
  })

  it('leaves to the system what the system means', () => {
    const taken = [
      'Mod+C',
      'Mod+V',
      'Mod+X',
      'Mod+A',
      'Mod+Z',
      'Mod+Q',
      'Mod+W',
      'Mod+M',
      'Mod+H',
      'Alt+F4',
      'F5',
      'Mod+R',
    ]
    expect(
      entries.flatMap(([id, { chords }]) =>
        chords.filter(chord => taken.includes(chord)).map(chord => `${id}: ${chord}`),
      ),
    ).toEqual([])
  })

  it('has only plain text keys without Alt, which on a Mac types signs', () => {
    expect(entries.filter(([, { chords }]) => chords.some(chord => chordOf(chord).alt))).toEqual([])
  })

  it('matches letters in either case, but not with another modifier', () => {
    const chord = chordOf('R')
    expect(matches(chord, pressed('r'), false)).toBe(true)
    expect(matches(chord, pressed('r', { ctrlKey: true }), false)).toBe(false)
    expect(matches(chord, pressed('R', { shiftKey: true }), false)).toBe(false)
  })

  it('takes Ctrl for Mod, and Cmd on a Mac', () => {
    const chord = chordOf('Mod+Shift+Enter')
    expect(matches(chord, pressed('Enter', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(matches(chord, pressed('Enter', { metaKey: true, shiftKey: true }), true)).toBe(true)
    expect(matches(chord, pressed('Enter', { metaKey: true, shiftKey: true }), false)).toBe(false)
    expect(matches(chord, pressed('Enter', { ctrlKey: true }), false)).toBe(false)
  })

  it('finds a sign whether the keyboard needs Shift for it or not', () => {
    expect(matches(chordOf('?'), pressed('?', { shiftKey: true }), false)).toBe(true)
    expect(matches(chordOf('?'), pressed('?'), false)).toBe(true)
  })

  it('knows which chords would also be text', () => {
    expect(types(chordOf('R'))).toBe(true)
    expect(types(chordOf('Mod+Enter'))).toBe(false)
    expect(types(chordOf('F6'))).toBe(false)
  })
})
