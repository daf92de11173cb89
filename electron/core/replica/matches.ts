import type { Database } from 'better-sqlite3'
import { preparing } from './in-order.ts'
import { Places } from './places.ts'

/**
 * Which rows answer a question. Found once by looking at all, a piece at a time so that nothing waits for it (S8); from then on only
 * those that changed are asked again, so that a list, and the count beside its name, cost as much as the change. What is remembered is
 * always what asking all would give.
 */
export interface Matches {
  /** Does a piece of the work that is left; false: more of it is. */
  advance(asked: Asked): boolean
  /** Does all of it. */
  of(asked: Asked): Places
  /** A row was written or removed. May also name one whose transaction was taken back. */
  changed(place: number): void
  /** Nothing that is remembered holds any more. */
  forget(): void
}

/** What is looked through: `from` and the expression of a row's place in it, and the highest there is. */
export interface Subject {
  from: string
  place: string
  last(): number
}

export interface Asked {
  /** The same question has the same name. */
  key: string
  /** What a row must be; every piece of it is ours, what a person chose is bound. */
  sql: string
  params: readonly (string | number)[]
  /** A text that it must be found by, too. Made when the question is new. */
  text?: (() => TextLook) | undefined
}

/** Looks for a text by itself, a piece at a time. */
export interface TextLook {
  /** False: there is more. */
  advance(): boolean
  /** Whether it was found. */
  found(place: number): boolean
  /** Whether it would be found now. */
  holds(place: number): boolean
}

/** Questions remembered; each is a few KB. */
const MOST_KEPT = 256
/** That is some milliseconds. */
export const PIECE = 2000

interface Kept {
  asked: Asked
  places: Places
  text: TextLook | undefined
  /** Rows up to here have been looked at; null: all. `found`: the text has been looked for. */
  look: { found: boolean; place: number } | null
  /** What changed since it was looked at. */
  changed: Set<number>
}

/** @param piece rows looked at in one piece */
export function createMatches(db: Database, { from, place: p, last }: Subject, piece = PIECE): Matches {
  const kept = new Map<string, Kept>()
  const prepared = preparing(db)

  const lookFurther = ({ asked, places, text }: Kept, look: NonNullable<Kept['look']>): boolean => {
    if (!look.found) {
      look.found = !text || text.advance()
      if (text) return false
    }
    const end = look.place + piece
    const some = prepared(`select ${p} ${from} where ${p} > ? and ${p} <= ? and (${asked.sql})`)
    for (const place of some.all(look.place, end, ...asked.params))
      if (!text || text.found(place)) places.set(place, true)
    look.place = end
    return end >= last()
  }

  const askAgain = ({ asked, places, text, changed }: Kept): void => {
    const one = prepared(`select ${p} ${from} where ${p} = ? and (${asked.sql})`)
    let left = piece
    for (const place of changed) {
      if (left-- === 0) return
      const fits = one.get(place, ...asked.params) !== undefined
      places.set(place, fits && (!text || text.holds(place)))
      changed.delete(place)
    }
  }

  const advance = (entry: Kept): boolean => {
    if (entry.look && lookFurther(entry, entry.look)) entry.look = null
    if (!entry.look) askAgain(entry)
    return entry.look === null && entry.changed.size === 0
  }

  const entryOf = (asked: Asked): Kept => {
    const entry: Kept = kept.get(asked.key) ?? {
      asked,
      places: new Places(),
      text: asked.text?.(),
      look: { found: false, place: 0 },
      changed: new Set(),
    }
    // The latest last; of those that are complete the one that was asked for longest ago goes.
    kept.delete(asked.key)
    kept.set(asked.key, entry)
    for (const [oldest, { look }] of kept)
      if (kept.size > MOST_KEPT && !look && oldest !== asked.key) kept.delete(oldest)
    return entry
  }

  return {
    advance: asked => advance(entryOf(asked)),
    of(asked) {
      const entry = entryOf(asked)
      while (!advance(entry));
      return entry.places
    },
    changed(place) {
      // What the look still comes to is asked then; but what was found by a text may be something else by now.
      for (const { changed, look, text } of kept.values())
        if (!look || text || place <= look.place) changed.add(place)
    },
    forget: () => kept.clear(),
  }
}
