import type { SyncState } from '#shared/ipc/states.ts'
import type { Replica } from '../replica/replica.ts'
import type { Standing } from './connection.ts'

const DAY = 86_400_000

/** Counts what waits, is held, was refused, failed or is uncertain; with the connection's standing the whole truth (S25, S29). */
export function createSyncState(replica: Replica): (standing: Standing) => SyncState {
  const { sql, db, settings } = replica
  // The first condition is that of the index `item_troubled`, word for word: else SQLite reads every item.
  const held = db
    .prepare<[string], number>(
      `select count(*) from item where state in ('failed', 'uncertain', 'held') and state = 'held' and author_id = ?
       and inbox_id not in (select inbox_id from hidden_inbox)`,
    )
    .pluck()
  // As the query `undelivered` lists them: what was resolved all the same is settled. A count without a list would lead nowhere.
  const undelivered = db
    .prepare<[string, string], number>(
      `select count(*) from item i join conversation c on c.id = i.conversation_id
       where i.state in ('failed', 'uncertain', 'held') and i.state = ? and i.author_id = ? and c.status <> 'closed'
       and i.inbox_id not in (select inbox_id from hidden_inbox)`,
    )
    .pluck()
  const lockAfter = db.prepare<[], number>("select doc ->> 'lockAfterDays' from workspace limit 1").pluck()

  const locksAt = ({ lastContactAt, offlineSince }: Standing): number | null => {
    if (lastContactAt === null || offlineSince === null) return null
    const days = lockAfter.get()
    return days === undefined ? null : lastContactAt + days * DAY
  }

  return standing => {
    const agentId = settings.get('owner')?.agentId ?? ''
    return {
      ...standing,
      waiting: sql.outbox.count.get() ?? 0,
      refused: sql.refused.count.get() ?? 0,
      held: held.get(agentId) ?? 0,
      uncertain: undelivered.get('uncertain', agentId) ?? 0,
      failed: undelivered.get('failed', agentId) ?? 0,
      locksAt: locksAt(standing),
    }
  }
}
