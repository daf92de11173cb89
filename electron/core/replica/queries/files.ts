import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import type { CustomerFile } from '#shared/queries/index.ts'
import { hasFiles } from '../facets.ts'
import { type Answers, type Entry, type QueryContext, shown } from './entry.ts'
import { createMerged } from './merged.ts'

interface ItemRow {
  place: number
  id: Id
  doc: string
}

/** Read along an index that holds only items with files, so that the cost is that of what is shown. */
export const filesOfCustomer = `select place, id, doc from item
  where customer_id = ? and ${hasFiles} and ${shown} order by place desc limit ?`

/** What was exchanged with a customer as files, over every channel. */
export function files({ replica: { db } }: QueryContext): Pick<Answers, 'customerFiles'> {
  const merged = createMerged(db)
  const newest = db.prepare<[Id, number], ItemRow>(filesOfCustomer)
  return {
    customerFiles: {
      run({ customerId, limit }) {
        return merged
          .family(customerId)
          .flatMap(id => newest.all(id, limit))
          .sort((one, other) => other.place - one.place)
          .flatMap(filesOf)
          .slice(0, limit)
      },
      concerns({ customerId }, change, keys) {
        if (change.type === 'customer' || change.doc === undefined) return true
        const item = change.doc as Item
        if (item.attachments.length === 0 && !keys.has(`${item.id}:0`)) return false
        return merged.family(customerId).includes(item.customerId)
      },
    },
  }
}

/** Pictures inside a mail's layout are no files to a person. A file that is there twice is there once. */
function filesOf({ id, doc }: ItemRow): Entry<CustomerFile>[] {
  const item = JSON.parse(doc) as Item
  const seen = new Set<string>()
  return item.attachments.flatMap(({ contentId, ...file }, index) => {
    const same = `${file.sha256} ${file.name}`
    if (contentId !== null || seen.has(same)) return []
    seen.add(same)
    const { conversationId, customerId, channel, at, author } = item
    const row: CustomerFile = {
      ...{ key: `${id}:${index}`, itemId: id, conversationId, customerId, channel, at, author },
      file: { ...file, contentId: null },
    }
    return { key: row.key, stamp: JSON.stringify(row), row: () => row }
  })
}
