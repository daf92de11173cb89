import type { Id, Instant } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import type { ThreadHit, ThreadMonth } from '#shared/queries/index.ts'
import { answers, questionOf } from '#shared/rules/segment-question.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { everyToken } from '../search-hits.ts'
import { inboxCodes } from '../search-inboxes.ts'
import { itemTexts } from '../search-texts.ts'
import { SLOTS } from '../tables.ts'
import { type Answers, plainEntry, type QueryContext, shown } from './entry.ts'
import { createMerged } from './merged.ts'
import { LATELY } from './searching.ts'
import { createPassing, everything, type Passing, passes } from './thread-filter.ts'

/** Ways to a place in one timeline: by words, by the calendar. */
export function threadPlaces({ replica }: QueryContext): Pick<Answers, 'threadHits' | 'threadMonths'> {
  const { db } = replica
  const merged = createMerged(db)
  const passing = createPassing(db)
  const codes = inboxCodes(db)
  const inboxesOf = db
    .prepare<[string], Id>(
      `select distinct inbox_id from conversation
       where customer_id in (select value from json_each(?)) and ${shown}`,
    )
    .pluck()
  const ends = db.prepare<[string], { first: number | null; last: number | null }>(
    'select min(place) as first, max(place) as last from item where customer_id in (select value from json_each(?))',
  )
  // The plus: the index is walked once, and each hit looked for among the customer's places; not the other way round.
  const places = db
    .prepare<[Passing & { match: string; family: string }], number>(
      `select rowid from item_text where item_text match @match and rowid >= @low and rowid < @high
         and +rowid in (select place from item
           where customer_id in (select value from json_each(@family)) and ${passes} and ${shown})
       order by rowid desc`,
    )
    .pluck()
  const read = db.prepare<[number], { id: Id; doc: string }>('select id, doc from item where place = ?')
  const within = db.prepare<[Passing & { family: string }], { count: number; first: number | null }>(
    `select count(*) as count, min(place) as first from item
     where customer_id in (select value from json_each(@family)) and ${passes} and ${shown}`,
  )
  const idAt = db.prepare<[number], Id>('select id from item where place = ?').pluck()

  return {
    threadHits: {
      run({ customerId, text, limit, filter = everything }) {
        const question = questionOf(text)
        if (!question) return []
        replica.indexSome(LATELY)
        const family = merged.family(customerId)
        const people = JSON.stringify(family)
        const { first, last } = ends.get(people) ?? { first: null, last: null }
        const inboxes = inboxesOf.all(people).flatMap(id => codes.codesOf(id))
        if (first === null || last === null || inboxes.length === 0) return []
        const only = passing(filter, family)
        const found: ThreadHit[] = []
        for (const place of places.iterate({
          ...only,
          // Most of the index is before this customer's time, or after it.
          low: Math.max(first, only.low),
          high: Math.min(last + 1, only.high),
          family: people,
          match: inboxes.map(code => `(${everyToken(question.tokens, code)})`).join(' OR '),
        })) {
          const { id, doc } = read.get(place)!
          if (!question.exact && !answers(question, itemTexts(JSON.parse(doc) as Item).map(normalise)))
            continue
          found.push({ itemId: id, at: Math.floor(place / SLOTS) })
          if (found.length === limit) break
        }
        return found.map(hit => plainEntry(hit.itemId, hit))
      },
    },
    threadMonths: {
      run({ customerId, filter = everything }) {
        const family = merged.family(customerId)
        const people = JSON.stringify(family)
        const { first, last } = ends.get(people) ?? { first: null, last: null }
        const found: ThreadMonth[] = []
        if (first === null || last === null) return []
        const only = passing(filter, family)
        const oldest = Math.max(first, only.low)
        for (let place = Math.min(last + 1, only.high) - 1; place >= oldest; ) {
          const { name, start, end } = monthOf(Math.floor(place / SLOTS))
          const low = Math.max(start * SLOTS, only.low)
          const inside = within.get({ ...only, family: people, low, high: Math.min(end * SLOTS, only.high) })!
          if (inside.first !== null)
            found.push({ month: name, count: inside.count, itemId: idAt.get(inside.first)! })
          place = start * SLOTS - 1
        }
        return found.map(row => plainEntry(row.month, row))
      },
      concerns: ({ customerId }, change) =>
        change.type !== 'item' ||
        change.doc === undefined ||
        merged.family(customerId).includes((change.doc as Item).customerId),
    },
  }
}

/** The month of this machine's calendar in which an instant is: `2026-11`, and from when to when. */
function monthOf(at: Instant): { name: string; start: Instant; end: Instant } {
  const date = new Date(at)
  const [year, month] = [date.getFullYear(), date.getMonth()]
  return {
    name: `${year}-${String(month + 1).padStart(2, '0')}`,
    start: new Date(year, month, 1).getTime(),
    end: new Date(year, month + 1, 1).getTime(),
  }
}
