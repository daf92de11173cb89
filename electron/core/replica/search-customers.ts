import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import { TokenBytes } from '#shared/rules/segment-bytes.ts'
import type { Indexing } from './indexing.ts'
import { customerForms } from './search-texts.ts'

type CustomerIndex = Pick<
  Indexing,
  'putCustomer' | 'dropCustomer' | 'putIdentity' | 'dropIdentity' | 'settle' | 'forget'
>

/**
 * A customer is one text together with all identities, so that words of both find them. Whoever was touched by a
 * transaction is indexed once, at its end: first sync brings a customer and the identities right after one another.
 */
export function customerIndex(db: Database): CustomerIndex {
  const insert = db.prepare<[number, Uint8Array]>('insert into customer_text (rowid, tokens) values (?, ?)')
  const remove = db.prepare<[number]>('delete from customer_text where rowid = ?')
  const rowidOf = db.prepare<[Id], number>('select rowid from customer where id = ?').pluck()
  const read = db.prepare<[number], string>('select doc from customer where rowid = ?').pluck()
  const identities = db
    .prepare<[Id], string>('select doc from identity where customer_id = ? order by id')
    .pluck()
  const ownerOf = db.prepare<[number], Id>('select customer_id from search_identity where place = ?').pluck()
  const setOwner = db.prepare<[number, Id]>(
    'insert into search_identity values (?, ?) on conflict do update set customer_id = excluded.customer_id',
  )
  const dropOwner = db.prepare<[number]>('delete from search_identity where place = ?')
  const tokens = new TokenBytes()
  /** By rowid: whether nothing of them is in the index yet. */
  const touched = new Map<number, boolean>()

  const touch = (rowid: number, isNew: boolean): void => {
    if (!touched.has(rowid)) touched.set(rowid, isNew)
  }
  const touchOwner = (id: Id): void => {
    const rowid = rowidOf.get(id)
    if (rowid !== undefined) touch(rowid, false)
  }
  const index = (rowid: number): void => {
    const customer = JSON.parse(read.get(rowid) as string) as Customer
    const own = identities.all(customer.id).map(doc => JSON.parse(doc) as Identity)
    tokens.clear()
    for (const text of customerForms(customer, own)) tokens.add(text)
    if (tokens.bytes.length > 0) insert.run(rowid, tokens.bytes)
  }

  return {
    putCustomer: (rowid, _customer, isNew) => touch(rowid, isNew),
    dropCustomer(rowid) {
      touched.delete(rowid)
      remove.run(rowid)
    },
    putIdentity(rowid, { customerId }, isNew) {
      const before = isNew ? undefined : ownerOf.get(rowid)
      if (before !== customerId) setOwner.run(rowid, customerId)
      if (before !== undefined && before !== customerId) touchOwner(before)
      touchOwner(customerId)
    },
    dropIdentity(rowid) {
      const owner = ownerOf.get(rowid)
      dropOwner.run(rowid)
      if (owner !== undefined) touchOwner(owner)
    },
    settle() {
      for (const [rowid, isNew] of touched) if (!isNew) remove.run(rowid)
      for (const rowid of [...touched.keys()].sort((one, other) => one - other)) index(rowid)
      touched.clear()
    },
    forget: () => touched.clear(),
  }
}
