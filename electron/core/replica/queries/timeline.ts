import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import type { Original, ThreadFilter } from '#shared/queries/index.ts'
import { SLOTS } from '../tables.ts'
import type { Answers, QueryContext } from './entry.ts'
import { plainEntry, shown } from './entry.ts'
import { createMerged } from './merged.ts'
import { createPassing, type Passing, passes } from './thread-filter.ts'

interface ItemRow {
  place: number
  id: Id
  seq: number
  conversation_id: Id
  doc: string
  pending: 0 | 1
}

const columns = `place, id, seq, conversation_id, doc,
  exists (select 1 from base b where b.type = 'item' and b.id = item.id) as pending`

/** Entries of one customer from a place, backwards (it included) or forwards. */
interface Reader {
  before(customerId: Id, place: number, limit: number): ItemRow[]
  after(customerId: Id, place: number, limit: number): ItemRow[]
}

/** The newest entries of a customer over all channels, read along the time-ordered places: the same cost at any length. */
export function timeline({ replica: { db } }: QueryContext): Pick<Answers, 'timeline' | 'original'> {
  const merged = createMerged(db)
  const passing = createPassing(db)
  const whole = {
    before: db.prepare<[Id, number, number], ItemRow>(
      `select ${columns} from item where customer_id = ? and place <= ? and ${shown} order by place desc limit ?`,
    ),
    after: db.prepare<[Id, number, number], ItemRow>(
      `select ${columns} from item where customer_id = ? and place > ? and ${shown} order by place limit ?`,
    ),
  }
  const all: Reader = {
    before: (...args) => whole.before.all(...args),
    after: (...args) => whole.after.all(...args),
  }
  type Args = [Passing & { customer: Id; at: number; limit: number }]
  const some = {
    before: db.prepare<Args, ItemRow>(
      `select ${columns} from item where customer_id = @customer and place <= @at and ${passes} and ${shown}
       order by place desc limit @limit`,
    ),
    after: db.prepare<Args, ItemRow>(
      `select ${columns} from item where customer_id = @customer and place > @at and ${passes} and ${shown}
       order by place limit @limit`,
    ),
  }
  const filtered = (filter: ThreadFilter, family: readonly Id[]): Reader => {
    const only = passing(filter, family)
    return {
      before: (customer, at, limit) => some.before.all({ ...only, customer, at, limit }),
      after: (customer, at, limit) => some.after.all({ ...only, customer, at, limit }),
    }
  }
  const htmlOf = db
    .prepare<[Id], string | null>(`select doc ->> 'html' from item where id = ? and ${shown}`)
    .pluck()
  const placeOf = db.prepare<[Id], number>('select place from item where id = ?').pluck()

  return {
    timeline: {
      run({ customerId, limit, around, filter }) {
        const family = merged.family(customerId)
        const { before, after } = filter ? filtered(filter, family) : all
        const middle = around === undefined ? undefined : placeOf.get(around)
        const [half, rest] = [Math.ceil(limit / 2), Math.floor(limit / 2)]
        const newest = (place: number, most: number): ItemRow[] =>
          family
            .flatMap(id => before(id, place, most))
            .sort((one, other) => other.place - one.place)
            .slice(0, most)
        const oldest = (place: number, most: number): ItemRow[] =>
          family
            .flatMap(id => after(id, place, most))
            .sort((one, other) => one.place - other.place)
            .slice(0, most)
        const rows =
          middle === undefined
            ? newest(Number.MAX_SAFE_INTEGER, limit)
            : [...newest(middle, half), ...oldest(middle, rest)]
        return rows.sort(byTime).map(row => ({
          key: row.id,
          stamp: row.pending + row.doc,
          row() {
            const item = JSON.parse(row.doc) as Item
            return { item: { ...item, html: null }, hasHtml: item.html !== null, pending: row.pending === 1 }
          },
        }))
      },
      concerns({ customerId }, change, keys) {
        if (change.type === 'customer') return true
        if (change.type !== 'item') return false
        if (keys.has(change.id)) return true
        return change.doc !== undefined && merged.family(customerId).includes((change.doc as Item).customerId)
      },
    },
    original: {
      run({ itemId }) {
        const html = htmlOf.get(itemId)
        return html ? [plainEntry<Original>(itemId, { itemId, html })] : []
      },
      concerns: ({ itemId }, change) => change.type === 'item' && change.id === itemId,
    },
  }
}

/** Within one conversation and instant `seq` decides (S23); between conversations the place does. */
const byTime = (one: ItemRow, other: ItemRow): number =>
  one.conversation_id === other.conversation_id &&
  Math.floor(one.place / SLOTS) === Math.floor(other.place / SLOTS)
    ? one.seq - other.seq
    : one.place - other.place
