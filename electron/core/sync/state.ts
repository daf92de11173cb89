import type { SyncState } from '#shared/ipc/contract.ts'
import type { Replica } from '../replica/replica.ts'
import type { Standing } from './connection.ts'

/** Counts what waits, is held, was refused or is uncertain; with the connection's standing the whole truth (S25, S29). */
export function createSyncState(replica: Replica): (standing: Standing) => SyncState {
  const { sql, db, settings } = replica
  // The first condition is that of the index `item_troubled`, word for word: else SQLite reads every item.
  const mine = db
    .prepare<[string, string], number>(
      `select count(*) from item where state in ('failed', 'uncertain', 'held') and state = ? and author_id = ?
       and inbox_id not in (select inbox_id from hidden_inbox)`,
    )
    .pluck()
  return standing => {
    const agentId = settings.get('owner')?.agentId ?? ''
    return {
      ...standing,
      waiting: sql.outbox.count.get() ?? 0,
      refused: sql.refused.count.get() ?? 0,
      held: mine.get('held', agentId) ?? 0,
      uncertain: mine.get('uncertain', agentId) ?? 0,
    }
  }
}
