import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item } from '#shared/model/item.ts'

/**
 * What the tables tell the full-text index, in the same transaction. `search.ts` implements it.
 *
 * `place` is the item's rowid there: `at * 4096 + slot`, so `order by rowid desc` is newest first. An item whose `at` changes
 * is dropped at its old place and put at its new one.
 */
export interface Indexing {
  /** A new item. It is indexed later, by `some`. */
  putItem(place: number): void
  /** Another version of the item at this place. Most change only what nobody searches for. */
  replaceItem(place: number, before: Item, after: Item): void
  dropItem(place: number): void
  putCustomer(rowid: number, customer: Customer, isNew: boolean): void
  dropCustomer(rowid: number): void
  putIdentity(rowid: number, identity: Identity, isNew: boolean): void
  dropIdentity(rowid: number): void
  /** Before a commit: writes what is indexed at once. */
  settle(): void
  /** After a rollback, and after a commit: nothing is put any more. */
  forget(): void
  /** Indexes the newest so many of the items that wait. Returns how many there were. Within a transaction. */
  some(limit: number): number
}
