import type { Database } from 'better-sqlite3'
import type { Customer } from '#shared/model/customer.ts'
import { customerIndex } from '../search-customers.ts'

/** Customers are found by the words of their attributes, too: who has some is put into the index anew. */
export function attributesFound(db: Database): void {
  const index = customerIndex(db)
  const rows = db
    .prepare<[], { rowid: number; doc: string }>(
      "select rowid, doc from customer where doc -> 'attributes' is not null",
    )
    .all()
  for (const { rowid, doc } of rows) index.putCustomer(rowid, JSON.parse(doc) as Customer, false)
  index.settle()
}
