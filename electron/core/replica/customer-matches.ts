import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { CustomerFilter } from '#shared/queries/index.ts'
import { answers, type Question, questionOf } from '#shared/rules/segment-question.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { compileForCustomers } from './customer-where.ts'
import { type Asked, createMatches, PIECE, type TextLook } from './matches.ts'
import { Places } from './places.ts'
import { createMerged } from './queries/merged.ts'
import type { Replica } from './replica.ts'
import { customerForms } from './search-texts.ts'
import { defineNormal } from './where.ts'

/** Who answers a filter: everybody's matches, found by their texts as well. */
export interface CustomerMatches {
  /** Does a piece of the work that is left; false: more of it is. The others do all of it at once. */
  advance(filter: CustomerFilter): boolean
  /** Null: everybody. */
  of(filter: CustomerFilter): Places | null
  /** How many that are. */
  count(filter: CustomerFilter): number
}

/**
 * @param piece customers looked at in one piece
 * @param now for conditions that count from today; another day is another question
 */
export function createCustomerMatches(
  { db, people }: Replica,
  piece = PIECE,
  now: () => number = Date.now,
): CustomerMatches {
  defineNormal(db)
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
  const matches = createMatches(
    db,
    {
      from: 'from person p join customer c on c.rowid = p.place',
      place: 'p.place',
      last: () => lastPlace.get()!,
    },
    piece,
  )
  people.onChange(matches.changed)

  /** Lost streams hide customers at once, and only for a moment (S9). */
  const visible = `exists (select 1 from membership m where m.type = 'customer' and m.id = p.id
    and m.stream not in (select stream from stream where hidden = 1))`

  const matchOf = ({ tokens }: Question): string => tokens.map(token => `"${token}"`).join(' AND ')

  const isFound = (rowid: number, question: Question): boolean => {
    if (question.exact) return true
    const { id, doc } = read.get(rowid)!
    const own = identities.all(id).map(each => JSON.parse(each) as Identity)
    return answers(question, customerForms(JSON.parse(doc) as Customer, own).map(normalise))
  }

  const lookFor = (question: Question): TextLook => {
    const places = new Places()
    let after = 0
    return {
      advance() {
        const rowids = found.all(matchOf(question), after, piece)
        for (const rowid of rowids) {
          if (!isFound(rowid, question)) continue
          const { id, merged_into } = read.get(rowid)!
          places.set(merged_into === null ? rowid : placeOf.get(merged.survivor(id))!, true)
        }
        after = rowids.at(-1) ?? after
        return rowids.length < piece
      },
      found: places.has,
      holds: place =>
        merged.family(read.get(place)!.id).some(member => {
          const rowid = placeOf.get(member)!
          return foundOne.get(matchOf(question), rowid) !== undefined && isFound(rowid, question)
        }),
    }
  }

  /** Null: everybody. */
  const askedOf = ({ where, text }: CustomerFilter): Asked | null => {
    const doc = workspace.get()
    const compiled = compileForCustomers(
      where,
      doc === undefined ? undefined : (JSON.parse(doc) as Workspace),
      now(),
    )
    const question = questionOf(text)
    const hidden = hiddenStreams.all()
    if (!compiled && !question && hidden.length === 0) return null
    return {
      key: JSON.stringify([compiled, question?.words, hidden]),
      sql: [hidden.length > 0 ? visible : '1', `(${compiled?.sql ?? '1'})`].join(' and '),
      params: compiled?.params ?? [],
      text: question ? () => lookFor(question) : undefined,
    }
  }

  const of = (filter: CustomerFilter): Places | null => {
    const asked = askedOf(filter)
    return asked && matches.of(asked)
  }
  return {
    advance(filter) {
      const asked = askedOf(filter)
      return !asked || matches.advance(asked)
    },
    of,
    count: filter => of(filter)?.size ?? everybody.get()!,
  }
}
