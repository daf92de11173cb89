import type { Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { CustomerFilter } from '#shared/queries/index.ts'
import { conditionFields } from '#shared/rules/conditions.ts'
import { answers, type Question, questionOf } from '#shared/rules/segment-question.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { type Compiled, compile } from './customer-where.ts'
import { Places } from './places.ts'
import { createMerged } from './queries/merged.ts'
import type { Replica } from './replica.ts'
import { customerForms } from './search-texts.ts'

/**
 * Who answers a filter. Found once by looking at everybody; from then on only those who changed are asked again, so that a list, and the
 * count beside every segment, cost as much as the change. What is remembered is always what asking everybody would give.
 */
export interface CustomerMatches {
  /** Null: everybody. */
  of(filter: CustomerFilter): Places | null
  /** How many that are. */
  count(filter: CustomerFilter): number
}

/** Filters remembered; each is a few KB. */
const MOST_KEPT = 64
/** Of more changes at once asking everybody anew is cheaper. */
const MOST_CHANGED = 2000

interface Kept {
  places: Places
  where: Compiled | null
  question: Question | null
  /** Who changed since. */
  changed: Set<number>
}

const from = 'from person p join customer c on c.rowid = p.place'

export function createCustomerMatches({ db, people }: Replica): CustomerMatches {
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
    .prepare<[string], number>('select rowid from customer_text where customer_text match ?')
    .pluck()
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
    for (const [key, { changed }] of kept)
      if (changed.size < MOST_CHANGED) changed.add(place)
      else kept.delete(key)
  })

  const prepared = (text: string): Statement<unknown[], number> => {
    let statement = statements.get(text)
    if (!statement) {
      if (statements.size > MOST_KEPT) statements.clear()
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

  const findText = (question: Question): Places => {
    const places = new Places()
    for (const rowid of found.all(matchOf(question))) {
      if (!isFound(rowid, question)) continue
      const { id, merged_into } = read.get(rowid)!
      places.set(merged_into === null ? rowid : placeOf.get(merged.survivor(id))!, true)
    }
    return places
  }

  const hasText = (place: number, question: Question): boolean => {
    const { id } = read.get(place)!
    return merged.family(id).some(member => {
      const rowid = placeOf.get(member)!
      return foundOne.get(matchOf(question), rowid) !== undefined && isFound(rowid, question)
    })
  }

  const find = (where: Compiled | null, question: Question | null, hidden: boolean): Places => {
    const places = new Places()
    const text = question && findText(question)
    const all = prepared(`select p.place ${from} where ${visibly(hidden)} and (${where?.sql ?? '1'})`)
    for (const place of all.all(...(where?.params ?? [])))
      if (!text || text.has(place)) places.set(place, true)
    return places
  }

  const askAgain = ({ places, where, question, changed }: Kept, hidden: boolean): void => {
    const one = prepared(
      `select p.place ${from} where p.place = ? and ${visibly(hidden)} and (${where?.sql ?? '1'})`,
    )
    for (const place of changed) {
      const fits = one.get(place, ...(where?.params ?? [])) !== undefined
      places.set(place, fits && (!question || hasText(place, question)))
    }
    changed.clear()
  }

  const of = ({ where, text }: CustomerFilter): Places | null => {
    const doc = workspace.get()
    const fields = conditionFields(doc === undefined ? undefined : (JSON.parse(doc) as Workspace))
    const compiled = compile(where, new Map(fields.map(field => [field.id, field])))
    const question = questionOf(text)
    const hidden = hiddenStreams.all()
    if (!compiled && !question && hidden.length === 0) return null
    const key = JSON.stringify([compiled, question?.words, hidden])
    let entry = kept.get(key)
    if (entry) askAgain(entry, hidden.length > 0)
    else {
      const places = find(compiled, question, hidden.length > 0)
      entry = { places, where: compiled, question, changed: new Set() }
    }
    // The latest last; the one that was asked for longest ago goes.
    kept.delete(key)
    kept.set(key, entry)
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
    return entry.places
  }

  return { of, count: filter => of(filter)?.size ?? everybody.get()! }
}
