/** The kept answers of other systems: bounded in number, the longest not asked for go first. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Id, Instant } from '#shared/model/base.ts'
import { Card, CardTrouble } from '#shared/model/card.ts'

/** Customers whose cards are kept. A card is some 2 KB, and never more than 100. */
const MOST = 2_000
/** Rows that are dropped in one step: no query waits for them. */
const AT_ONCE = 100

/** `at`: when the card was told, by the desk's clock; `trouble`: why the last attempt gave none. */
const Kept = z.object({ card: Card.nullable(), at: Instant.nullable(), trouble: CardTrouble.nullable() })
export type Kept = z.infer<typeof Kept>

export interface CardStore {
  /** Null: it was never asked, or by somebody who is no longer one with this customer. */
  read(customerId: Id, connectorId: Id, identityIds: ReadonlySet<Id>): Kept | null
  /** Keeps what was told, and by which identities it was asked; a failure leaves the card that was there. Within a transaction. */
  put(customerId: Id, connectorId: Id, identityIds: readonly Id[], told: Kept, now: Instant): void
  /** Drops some of what is of no connection any more, few at a time (S8); whether there may be more. Within a transaction. */
  dropOthers(connectorIds: readonly Id[]): boolean
  /** When it was asked for last; null: never, or it is not kept any more. */
  askedAt(customerId: Id): Instant | null
}

export function createCardStore(db: Database): CardStore {
  const read = db
    .prepare<[Id, Id], string>('select doc from card where customer_id = ? and connector_id = ?')
    .pluck()
  const asked = db
    .prepare<[Id], number | null>('select max(asked_at) from card where customer_id = ?')
    .pluck()
  const write = db.prepare<[Id, Id, number, string]>(
    `insert into card (customer_id, connector_id, asked_at, doc) values (?, ?, ?, ?)
     on conflict (customer_id, connector_id) do update set asked_at = excluded.asked_at, doc = excluded.doc`,
  )
  const identities = db
    .prepare<[Id], Id>('select identity_id from card_identity where customer_id = ?')
    .pluck()
  const name = db.prepare<[Id, Id]>(
    'insert or ignore into card_identity (identity_id, customer_id) values (?, ?)',
  )
  const unname = db.prepare<[Id]>('delete from card_identity where customer_id = ?')
  const forget = db.prepare<[Id]>('delete from card where customer_id = ?')
  // Found by the index alone; the answers themselves are not read.
  const others = db.prepare<[string]>(
    `delete from card where (customer_id, connector_id) in (
       select customer_id, connector_id from card indexed by card_asked
       where connector_id not in (select value from json_each(?)) limit ${AT_ONCE})`,
  )
  const count = db.prepare<[], number>('select count(distinct customer_id) from card').pluck()
  const oldest = db
    .prepare<[number], Id>('select customer_id from card group by customer_id order by max(asked_at) limit ?')
    .pluck()

  const parsed = (text: string | undefined): Kept | null => {
    const kept = text === undefined ? undefined : Kept.safeParse(JSON.parse(text))
    return kept?.success ? kept.data : null
  }
  const bound = (): void => {
    const tooMany = (count.get() ?? 0) - MOST
    // Some at a time: counting is not for every answer.
    if (tooMany <= 0) return
    for (const customerId of oldest.all(tooMany + MOST / 20)) {
      forget.run(customerId)
      unname.run(customerId)
    }
  }

  return {
    read(customerId, connectorId, identityIds) {
      // Of somebody who was separated since, it says too much.
      if (identities.all(customerId).some(id => !identityIds.has(id))) return null
      return parsed(read.get(customerId, connectorId))
    },
    put(customerId, connectorId, identityIds, told, now) {
      const by = new Set(identityIds)
      const same = identities.all(customerId).every(id => by.has(id))
      if (!same) {
        forget.run(customerId)
        unname.run(customerId)
      }
      const before = told.card ? null : parsed(read.get(customerId, connectorId))
      const doc = before ? { ...before, trouble: told.trouble } : told
      write.run(customerId, connectorId, now, JSON.stringify(doc))
      for (const id of by) name.run(id, customerId)
      bound()
    },
    dropOthers: connectorIds => others.run(JSON.stringify(connectorIds)).changes === AT_ONCE,
    askedAt: customerId => asked.get(customerId) ?? null,
  }
}
