// The chords an action has: those of the table, or a person's own.
import type { Preferences } from '#shared/ipc/states.ts'
import { usePreferences } from '../../store/states.ts'
import { chordOf, types } from './chord.ts'
import { type KeyId, keyIds, keyTable, type Scope } from './table.ts'
import { type TakenBy, takenBy } from './taken.ts'

/** Own chords by action; an empty list: none. What is not named has those of the table. */
export type OwnKeys = NonNullable<Preferences['keys']>

export const chordsOf = (id: KeyId, own: OwnKeys = {}): readonly string[] => own[id] ?? keyTable[id].chords

export const useChords = (id: KeyId): readonly string[] => chordsOf(id, usePreferences()?.keys)

const everywhere = (scope: Scope): boolean => scope === 'global' || scope === 'conversation'

/** Whether two actions would be meant by one chord at the same time. In the composer a plain letter is text, and nobody else's. */
export function together(a: Scope, b: Scope, chord: string): boolean {
  if (a === b) return true
  if ((a === 'composer' || b === 'composer') && types(chordOf(chord))) return false
  return everywhere(a) || everywhere(b)
}

/** The other actions that a chord would mean as well. */
export const clashesOf = (id: KeyId, chord: string, own: OwnKeys = {}): KeyId[] =>
  keyIds.filter(
    other =>
      other !== id &&
      together(keyTable[id].scope, keyTable[other].scope, chord) &&
      chordsOf(other, own).includes(chord),
  )

/** Why an action cannot have a chord: others mean it, or it would be text where the action is meant. */
export function unfit(id: KeyId, chord: string): TakenBy | 'text' | undefined {
  const taken = takenBy(chord)
  if (taken) return taken
  return keyTable[id].scope === 'composer' && types(chordOf(chord)) ? 'text' : undefined
}

/** The same keys with one action's changed: where it took a chord from others they have it no longer. As the table has it is not named. */
export function withChords(own: OwnKeys, id: KeyId, chords: readonly string[]): OwnKeys {
  const next: OwnKeys = { ...own, [id]: [...chords] }
  for (const chord of chords)
    for (const other of clashesOf(id, chord, own))
      next[other] = chordsOf(other, next).filter(each => each !== chord)
  return Object.fromEntries(
    Object.entries(next).filter(
      ([name, list]) => !(name in keyTable) || list.join(' ') !== keyTable[name as KeyId].chords.join(' '),
    ),
  )
}
