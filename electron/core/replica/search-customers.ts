import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import { TokenBytes } from '#shared/rules/segment-bytes.ts'
import type { Indexing } from './indexing.ts'
import { customerTexts } from './search-texts.ts'

/** A customer is one text together with all identities, so that words of both find them. */
export function customerIndex(db: Database): Omit<Indexing, 'putItem' | 'dropItem' | 'settle' | 'forget'> {
  const insert = db.prepare<[number, Uint8Array]>('insert into customer_text (rowid, tokens) values (?, ?)')
  const remove = db.prepare<[number]>('delete from customer_text where rowid = ?')
  const customer = db.prepare<[Id], { rowid: number; doc: string }>(
    'select rowid, doc from customer where id = ?',
  )
  const identities = db
    .prepare<[Id], string>('select doc from identity where customer_id = ? order by id')
    .pluck()
  const ownerOf = db.prepare<[number], Id>('select customer_id from search_identity where place = ?').pluck()
  const setOwner = db.prepare<[number, Id]>(
    'insert into search_identity values (?, ?) on conflict do update set customer_id = excluded.customer_id',
  )
  const dropOwner = db.prepare<[number]>('delete from search_identity where place = ?')
  const tokens = new TokenBytes()

  const put = (rowid: number, customer: Customer, isNew: boolean): void => {
    if (!isNew) remove.run(rowid)
    tokens.clear()
    const own = identities.all(customer.id).map(doc => JSON.parse(doc) as Identity)
    for (const text of customerTexts(customer, own)) tokens.add(text)
    if (tokens.bytes.length > 0) insert.run(rowid, tokens.bytes)
  }
  const again = (id: Id): void => {
    const row = customer.get(id)
    if (row) put(row.rowid, JSON.parse(row.doc) as Customer, false)
  }

  return {
    putCustomer: put,
    dropCustomer: rowid => void remove.run(rowid),
    putIdentity(rowid, { customerId }, isNew) {
      const before = isNew ? undefined : ownerOf.get(rowid)
      if (before !== customerId) setOwner.run(rowid, customerId)
      if (before !== undefined && before !== customerId) again(before)
      again(customerId)
    },
    dropIdentity(rowid) {
      const owner = ownerOf.get(rowid)
      dropOwner.run(rowid)
      if (owner !== undefined) again(owner)
    },
  }
}
