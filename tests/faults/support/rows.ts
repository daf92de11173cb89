/** A little work to begin with: a customer who has written in several conversations. */
import type { Transaction } from '../../../server/store/store.ts'
import { conversation, message } from '../../../server/sync/testing.ts'

export const conversationIds = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `c${index}`)

/** `count` conversations of Maria in an inbox, `items` messages each. */
export function seedConversations(tx: Transaction, inboxId: string, count: number, items: number): void {
  const now = Date.now() - 3_600_000
  tx.put('customer', {
    id: 'customer',
    name: 'Maria 玛丽亚',
    company: '',
    language: 'en',
    timeZone: '',
    tier: 'gold',
    note: '',
    mergedInto: null,
    createdAt: now,
  })
  tx.put('identity', {
    id: 'identity',
    customerId: 'customer',
    channel: 'email',
    address: 'maria@customer.example',
    name: 'Maria',
    createdAt: now,
  })
  for (const tag of ['refund', 'broken', 'vip']) tx.put('tag', { id: tag, name: tag })
  for (const id of conversationIds(count)) {
    const row = conversation(id, inboxId, {
      subject: `Order ${id}`,
      lastSeq: items,
      createdAt: now,
      activityAt: now + items,
      lastInbound: { seq: items, at: now + items },
      waitingSince: now + 1,
    })
    tx.put('conversation', row)
    for (let seq = 1; seq <= items; seq += 1)
      tx.put(
        'item',
        message(`${id}-${seq}`, row, seq, {
          at: now + seq,
          writtenAt: now + seq,
          text: `Where is my parcel? 快递在哪里？ ${id} ${seq}`,
        }),
      )
  }
}
