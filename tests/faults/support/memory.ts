/** The same little work for a hub whose store is in memory. */
import type { Transaction } from '../../../server/store/store.ts'
import { agent } from '../../../server/sync/testing.ts'
import { seedConversations } from './rows.ts'

export async function seedMemory(tx: Transaction): Promise<void> {
  tx.put('workspace', { id: 'w', name: 'Faults', lockAfterDays: 14, windowDays: 90 })
  tx.put('inbox', {
    id: 'one',
    channel: 'email',
    name: 'one',
    address: 'one@skein.example',
    signature: '',
    holdOfflineAfterMinutes: 240,
    active: true,
  })
  tx.put('agent', agent('ann', ['one']))
  seedConversations(tx, 'one', 5, 20)
}
