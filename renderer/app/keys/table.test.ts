import { describe, expect, it } from 'vitest'
import { chordOf, matches, pressedChord, textOf, types } from './chord.ts'
import { chordsOf, clashesOf, unfit, withChords } from './own.ts'
import { keyIds, keyTable } from './table.ts'

const pressed = (
  key: string,
  with_: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> & { code?: string } = {},
) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...with_,
})

describe('the key table', () => {
  it('gives no chord twice where both could be meant', () => {
    const clashes = keyIds.flatMap(id =>
      chordsOf(id).flatMap(chord => clashesOf(id, chord).map(other => `${id} and ${other}: ${chord}`)),
    )
    expect(clashes).toEqual([])
  })

  it('leaves to systems, editing and input methods what they mean, and Alt to menus and signs', () => {
    expect(
      keyIds
        .flatMap(id => chordsOf(id).map(chord => [id, chord, unfit(id, chord)]))
        .filter(([, , why]) => why),
    ).toEqual([])
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

describe('a keyboard', () => {
  it('of another layout or an input method means what stands on its keys', () => {
    expect(matches(chordOf('E'), pressed('у', { code: 'KeyE' }), false)).toBe(true)
    expect(matches(chordOf(']'), pressed('】', { code: 'BracketRight' }), false)).toBe(true)
    expect(matches(chordOf('?'), pressed('？', { code: 'Slash', shiftKey: true }), false)).toBe(true)
    // On a French one the letter counts, not its place.
    expect(matches(chordOf('A'), pressed('a', { code: 'KeyQ' }), false)).toBe(true)
    expect(matches(chordOf('Q'), pressed('a', { code: 'KeyQ' }), false)).toBe(false)
  })

  it('says a chord as the table writes it', () => {
    const said = (...args: Parameters<typeof pressed>): string | undefined => {
      const chord = pressedChord(pressed(...args), false)
      return chord && textOf(chord)
    }
    expect(said('k', { ctrlKey: true, shiftKey: true, code: 'KeyK' })).toBe('Mod+Shift+K')
    expect(said('*', { ctrlKey: true, shiftKey: true, code: 'Digit8' })).toBe('Mod+Shift+8')
    expect(said('?', { shiftKey: true, code: 'Slash' })).toBe('?')
    expect(said('F6')).toBe('F6')
    expect(said('Control', { ctrlKey: true })).toBeUndefined()
    expect(said('k', { metaKey: true })).toBeUndefined()
  })
})

describe('own keys', () => {
  it('take a chord from who had it, and nothing else changes', () => {
    const own = withChords({}, 'snooze', ['E'])
    expect(own).toEqual({ snooze: ['E'], close: [] })
    expect(chordsOf('close', own)).toEqual([])
    expect(chordsOf('reply', own)).toBe(keyTable.reply.chords)
  })

  it('keep the other chords of who loses one', () => {
    expect(withChords({}, 'list-choose', ['J'])).toEqual({ 'list-choose': ['J'], 'list-next': ['ArrowDown'] })
  })

  it('are forgotten when they are those of the table again', () => {
    expect(withChords({ snooze: ['Q'] }, 'snooze', ['H'])).toEqual({})
  })

  it('cannot be what others mean, nor text in the composer', () => {
    expect(unfit('snooze', 'Mod+C')).toBe('editing')
    expect(unfit('snooze', 'Mod+Shift+F')).toBe('input-method')
    expect(unfit('snooze', 'Alt+S')).toBe('alt')
    expect(unfit('send', 'S')).toBe('text')
    expect(unfit('send', 'Mod+S')).toBeUndefined()
  })
})
