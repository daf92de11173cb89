import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Erasure } from '#shared/model/erasure.ts'
import type { Row } from '#shared/model/row.ts'

/** Who was erased, as this desk has heard. Nothing of theirs comes in again, whatever hub it comes from (I9). */
export interface Erased {
  /** Whether a row is of one of them. */
  covers(row: Row): boolean
  add(erasure: Erasure): void
  /** All that were heard of. */
  all(): Erasure[]
}

export function createErased(db: Database): Erased {
  const read = db.prepare<[], string>('select doc from erasure order by id').pluck()
  const all = (): Erasure[] => read.all().map(doc => JSON.parse(doc) as Erasure)
  const customers = new Set<Id>()
  const conversations = new Set<Id>()
  const add = ({ customerIds, conversationIds }: Erasure): void => {
    for (const id of customerIds) customers.add(id)
    for (const id of conversationIds) conversations.add(id)
  }
  for (const erasure of all()) add(erasure)

  return {
    covers({ type, id, doc }) {
      if (customers.size === 0) return false
      if (type === 'customer') return customers.has(id)
      if (type === 'identity' || type === 'conversation') return customers.has(doc.customerId)
      if (type === 'item') return customers.has(doc.customerId) || conversations.has(doc.conversationId)
      return (type === 'draft' || type === 'readMark') && conversations.has(doc.conversationId)
    },
    add,
    all,
  }
}
