import type { Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { CustomerFilter } from '#shared/queries/index.ts'
import { conditionFields } from '#shared/rules/conditions.ts'
import { answers, type Question, questionOf } from '#shared/rules/segment-question.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { type Compiled, compile, todayOf } from './customer-where.ts'
import { Places } from './places.ts'
import { createMerged } from './queries/merged.ts'
import type { Replica } from './replica.ts'
import { customerForms } from './search-texts.ts'

/**
 * Who answers a filter. Found once by looking at everybody, a piece at a time so that nothing waits for it (S8); from then on only those
 * who changed are asked again, so that a list, and the count beside every segment, cost as much as the change. What is remembered
 * is always what asking everybody would give.
 */
export interface CustomerMatches {
  /** Does a piece of the work that is left; false: more of it is. The others do all of it at once. */
  advance(filter: CustomerFilter): boolean
  /** Null: everybody. */
  of(filter: CustomerFilter): Places | null
  /** How many that are. */
  count(filter: CustomerFilter): number
}

/** Filters remembered; each is a few KB. */
const MOST_KEPT = 256
const MOST_STATEMENTS = 64
/** That is some milliseconds. */
const PIECE = 2000

/** How far a look at everybody has come. */
interface Look {
  /** Who is found by the text; null: there is none. */
  text: Places | null
  /** Rows of the text index up to here have been looked at; null: all. */
  found: number | null
  /** Places up to here have been looked at. */
  place: number
}

interface Kept {
  places: Places
  where: Compiled | null
  question: Question | null
  hidden: boolean
  look: Look | null
  /** Who changed since they were looked at. */
  changed: Set<number>
}

const from = 'from person p join customer c on c.rowid = p.place'

/**
 * @param piece customers looked at in one piece
 * @param now for conditions that count from today; another day is another question
 */
export function createCustomerMatches(
  { db, people }: Replica,
  piece = PIECE,
  now: () => number = Date.now,
): CustomerMatches {
  db.function('normal', { deterministic: true, directOnly: true }, (text: unknown) =>
    text === null ? null : normalise(String(text)),
  )
  const merged = createMerged(db)
  const workspace = db.prepare<[], string>('select doc from workspace limit 1').pluck()
  const everybody = db.prepare<[], number>('select count(*) from person').pluck()
  const hiddenStreams = db
    .prepare<[], string>('select stream from stream where hidden = 1 order by stream')
    .pluck()
  const found = db
    .prepare<[string, number, number], number>(
      'select rowid from customer_text where customer_text match ? and rowid > cast(? as integer) order by rowid limit ?',
    )
    .pluck()
  const lastPlace = db.prepare<[], number>('select coalesce(max(place), 0) from person').pluck()
  // Every number is bound as a real one, and FTS5 passes over a rowid that is none of the whole.
  const foundOne = db.prepare<[string, number], 1>(
    'select 1 from customer_text where customer_text match ? and rowid = cast(? as integer)',
  )
  const read = db.prepare<[number], { id: Id; merged_into: Id | null; doc: string }>(
    'select id, merged_into, doc from customer where rowid = ?',
  )
  const placeOf = db.prepare<[Id], number>('select rowid from customer where id = ?').pluck()
  const identities = db.prepare<[Id], string>('select doc from identity where customer_id = ?').pluck()
  const kept = new Map<string, Kept>()
  const statements = new Map<string, Statement<unknown[], number>>()

  people.onChange(place => {
    // Whom the look still comes to is asked then; but who was found by a text may be somebody else by now.
    for (const { changed, look } of kept.values())
      if (!look || look.text || place <= look.place) changed.add(place)
  })

  const prepared = (text: string): Statement<unknown[], number> => {
    let statement = statements.get(text)
    if (!statement) {
      if (statements.size > MOST_STATEMENTS) statements.clear()
      statement = db.prepare<unknown[], number>(text).pluck()
      statements.set(text, statement)
    }
    return statement
  }

  /** Lost streams hide customers at once, and only for a moment (S9). */
  const visibly = (hidden: boolean): string =>
    hidden
      ? `exists (select 1 from membership m where m.type = 'customer' and m.id = p.id
           and m.stream not in (select stream from stream where hidden = 1))`
      : '1'

  const matchOf = ({ tokens }: Question): string => tokens.map(token => `"${token}"`).join(' AND ')

  const isFound = (rowid: number, question: Question): boolean => {
    if (question.exact) return true
    const { id, doc } = read.get(rowid)!
    const own = identities.all(id).map(each => JSON.parse(each) as Identity)
    return answers(question, customerForms(JSON.parse(doc) as Customer, own).map(normalise))
  }

  const findText = (question: Question, text: Places, after: number): number | null => {
    const rowids = found.all(matchOf(question), after, piece)
    for (const rowid of rowids) {
      if (!isFound(rowid, question)) continue
      const { id, merged_into } = read.get(rowid)!
      text.set(merged_into === null ? rowid : placeOf.get(merged.survivor(id))!, true)
    }
    return rowids.length < piece ? null : rowids.at(-1)!
  }

  const hasText = (place: number, question: Question): boolean => {
    const { id } = read.get(place)!
    return merged.family(id).some(member => {
      const rowid = placeOf.get(member)!
      return foundOne.get(matchOf(question), rowid) !== undefined && isFound(rowid, question)
    })
  }

  const lookFurther = (entry: Kept, look: Look): void => {
    const { places, where, question, hidden } = entry
    if (question && look.text && look.found !== null) {
      look.found = findText(question, look.text, look.found)
      return
    }
    const end = look.place + piece
    const some = prepared(
      `select p.place ${from} where p.place > ? and p.place <= ? and ${visibly(hidden)} and (${where?.sql ?? '1'})`,
    )
    for (const place of some.all(look.place, end, ...(where?.params ?? [])))
      if (!look.text || look.text.has(place)) places.set(place, true)
    look.place = end
    if (end >= lastPlace.get()!) entry.look = null
  }

  const askAgain = ({ places, where, question, hidden, changed }: Kept): void => {
    const one = prepared(
      `select p.place ${from} where p.place = ? and ${visibly(hidden)} and (${where?.sql ?? '1'})`,
    )
    let left = piece
    for (const place of changed) {
      if (left-- === 0) return
      const fits = one.get(place, ...(where?.params ?? [])) !== undefined
      places.set(place, fits && (!question || hasText(place, question)))
      changed.delete(place)
    }
  }

  const advance = (entry: Kept | null): boolean => {
    if (!entry) return true
    if (entry.look) lookFurther(entry, entry.look)
    if (!entry.look) askAgain(entry)
    return entry.look === null && entry.changed.size === 0
  }

  /** Null: everybody. */
  const entryOf = ({ where, text }: CustomerFilter): Kept | null => {
    const doc = workspace.get()
    const fields = conditionFields(doc === undefined ? undefined : (JSON.parse(doc) as Workspace))
    const compiled = compile(where, new Map(fields.map(field => [field.id, field])), todayOf(now()))
    const question = questionOf(text)
    const hidden = hiddenStreams.all()
    if (!compiled && !question && hidden.length === 0) return null
    const key = JSON.stringify([compiled, question?.words, hidden])
    const entry: Kept = kept.get(key) ?? {
      places: new Places(),
      where: compiled,
      question,
      hidden: hidden.length > 0,
      look: { text: question && new Places(), found: 0, place: 0 },
      changed: new Set(),
    }
    // The latest last; of those that are complete the one that was asked for longest ago goes.
    kept.delete(key)
    kept.set(key, entry)
    for (const [oldest, { look }] of kept)
      if (kept.size > MOST_KEPT && !look && oldest !== key) kept.delete(oldest)
    return entry
  }

  const of = (filter: CustomerFilter): Places | null => {
    const entry = entryOf(filter)
    while (!advance(entry));
    return entry?.places ?? null
  }

  return {
    advance: filter => advance(entryOf(filter)),
    of,
    count: filter => of(filter)?.size ?? everybody.get()!,
  }
}
