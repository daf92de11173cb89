import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item } from '#shared/model/item.ts'

/**
 * What the tables tell the full-text index, in the same transaction. `search.ts` implements it:
 *
 *   export const searchSchema: string                       SQL of its tables, run by migration 1
 *   export function createIndexing(db: Database): Indexing
 *   export function createSearch(db: Database): (args: QueryArgs<'search'>) => SearchHit[]
 *
 * `place` is the item's rowid: `at * 4096 + slot`, so `order by rowid desc` is newest first. An item whose `at` changes is
 * dropped at its old place and put at its new one.
 */
export interface Indexing {
  /** A new item, or (`isNew` false) one that replaces what is indexed at this place. */
  putItem(place: number, item: Item, isNew: boolean): void
  dropItem(place: number): void
  putCustomer(rowid: number, customer: Customer, isNew: boolean): void
  dropCustomer(rowid: number): void
  putIdentity(rowid: number, identity: Identity, isNew: boolean): void
  dropIdentity(rowid: number): void
  /** Before a commit: writes what the transaction has put. */
  settle(): void
  /** After a rollback, and after a commit: nothing is put any more. */
  forget(): void
}
