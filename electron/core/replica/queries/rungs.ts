// The place of a window deep in a list of conversations, found at once at any depth: fenceposts, some rows apart, each with the number of
// rows up to the next. What changes is written down by triggers of this connection alone and only moves those numbers, so the place is
// always exact. Nothing of it is on disk; it is made when somebody first looks that deep.
import type { Database } from 'better-sqlite3'
import type { Sort } from '#shared/queries/index.ts'

/** Where a row stands in its order, ascending: who waits longest first, then the latest; or the latest first. */
export type Standing = readonly [number, number, number]

/** Before every row. */
export const first: Standing = [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]

/** What of a conversation decides in which lists it is and where. */
export interface Traits {
  rowid: number
  inbox_id: string
  status: string
  assignee_id: string | null
  waits_from: number
  activity_at: number
  held: number
}

export const standingOf = (sort: Sort, { waits_from, activity_at, rowid }: Traits): Standing =>
  sort === 'newest' ? [0, -activity_at, -rowid] : [waits_from, -activity_at, -rowid]

interface Rung {
  at: Standing
  /** Rows from here to the next; of the last rung nobody knows. */
  rows: number
}

interface Ladder {
  sort: Sort
  holds(traits: Traits): boolean
  rungs: Rung[]
}

/** Rows between two rungs, and how many they may become before the ladder is made anew. */
const APART = 256
const MOST_APART = 4 * APART
/** Above, all ladders are made anew: it is quicker. */
const MOST_MOVED = 4_000
/** Lists that are remembered: those of a few views and inboxes. */
const MOST_LADDERS = 40

export interface Rungs {
  /**
   * @param name of the list, in its order
   * @param holds whether a conversation is in it
   * @param after the row so many rows after a place; undefined when there is none
   * @returns a place in the list, and how many rows after it the window begins
   */
  place(
    name: string,
    sort: Sort,
    offset: number,
    holds: (traits: Traits) => boolean,
    after: (from: Standing, rows: number) => Traits | undefined,
  ): { from: Standing; skip: number }
}

export function createRungs(db: Database, apart = APART): Rungs {
  const ladders = new Map<string, Ladder>()
  let moved: { all(): (Traits & { n: 1 | -1 })[]; forget(): void } | undefined

  /** From now on what moves is written down. */
  const follow = () => {
    const columns = 'inbox_id, status, assignee_id, waits_from, activity_at, held'
    const of = (row: 'old' | 'new') => columns.replaceAll(/\w+/g, `${row}.$&`)
    db.exec(`
      create temp table if not exists moved (n, rowid_, ${columns});
      create temp trigger if not exists moved_in after insert on main.conversation begin
        insert into moved values (1, new.rowid, ${of('new')});
      end;
      create temp trigger if not exists moved_out after delete on main.conversation begin
        insert into moved values (-1, old.rowid, ${of('old')});
      end;
      create temp trigger if not exists moved_along after update of ${columns} on main.conversation begin
        insert into moved values (-1, old.rowid, ${of('old')}), (1, new.rowid, ${of('new')});
      end;`)
    const all = db.prepare<[], Traits & { n: 1 | -1 }>(`select n, rowid_ as rowid, ${columns} from moved`)
    const forget = db.prepare('delete from moved')
    return { all: () => all.all(), forget: () => void forget.run() }
  }

  const catchUp = (): void => {
    if (!moved) return
    const moves = moved.all()
    if (moves.length === 0) return
    moved.forget()
    if (moves.length > MOST_MOVED) ladders.clear()
    for (const [name, ladder] of ladders) {
      for (const move of moves)
        if (ladder.holds(move)) rungBefore(ladder.rungs, standingOf(ladder.sort, move)).rows += move.n
      if (ladder.rungs.some(({ rows }) => rows > MOST_APART)) ladders.delete(name)
    }
  }

  return {
    place(name, sort, offset, holds, after) {
      moved ??= follow()
      catchUp()
      let ladder = ladders.get(name)
      if (!ladder) {
        ladder = { sort, holds, rungs: [{ at: first, rows: 0 }] }
        const [oldest] = ladders.keys()
        if (oldest !== undefined && ladders.size >= MOST_LADDERS) ladders.delete(oldest)
        ladders.set(name, ladder)
      }
      const { rungs } = ladder
      let before = 0
      for (let index = 0; ; index++) {
        const rung = rungs[index]!
        if (index === rungs.length - 1) {
          rung.rows = 0
          const next = offset - before >= apart ? after(rung.at, apart) : undefined
          if (!next) return { from: rung.at, skip: offset - before }
          rung.rows = apart
          rungs.push({ at: standingOf(sort, next), rows: 0 })
        }
        if (offset - before < rung.rows) return { from: rung.at, skip: offset - before }
        before += rung.rows
      }
    },
  }
}

/** The last rung at or before a place. */
function rungBefore(rungs: readonly Rung[], at: Standing): Rung {
  let low = 0
  let high = rungs.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (compare(rungs[middle]!.at, at) <= 0) low = middle
    else high = middle - 1
  }
  return rungs[low]!
}

const compare = (one: Standing, other: Standing): number =>
  one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
