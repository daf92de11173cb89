import type { Database } from 'better-sqlite3'
import type { Item } from '#shared/model/item.ts'
import type { ReadMark } from '#shared/model/read-mark.ts'
import type { ConversationLine, Sort } from '#shared/queries/index.ts'
import { stands } from '../standing-drafts.ts'
import { type Answer, type Entry, readTo } from './entry.ts'
import { hasUnseenMention } from './mentions.ts'
import { createMerged } from './merged.ts'

/** Conversations as every list shows them. */
export interface LineRow {
  id: string
  customer_id: string
  doc: string
  unread: 0 | 1
  hasDraft: 0 | 1
  waitingToSend: number
  notSent: number
  uncertain: number
}

export const orders: Record<Sort, string> = {
  newest: 'activity_at desc, rowid desc',
  'longest-waiting': 'waits_from, activity_at desc, rowid desc',
}

/**
 * Only the few lines of a window are read.
 * @param window selects their rowids and their order, counted from 1; `@agent` is the person at the desk
 */
export const lineSql = (window: string): string => `
  with outgoing (conversation_id, n) as materialized (
    select i.conversation_id, count(*) from base b join item i on i.id = b.id
    where b.type = 'item' and i.state = 'queued' group by 1
  ), troubled (conversation_id, failed, uncertain) as materialized (
    select conversation_id, total(state = 'failed'), total(state = 'uncertain') from item
    where state in ('failed', 'uncertain', 'held') and state <> 'held' group by 1
  ), line (place, nth) as materialized (${window})
  select c.id, c.customer_id, c.doc,
    c.inbound_seq > ${readTo('c.id')} or c.doc ->> '$.lastAside.seq' > ${readTo('c.id')}
      or ${hasUnseenMention('c.id')} as unread,
    exists (select 1 from draft d where d.conversation_id = c.id and d.agent_id = @agent
      and d.kind = 'reply' and ${stands('d')}) as hasDraft,
    coalesce((select n from outgoing o where o.conversation_id = c.id), 0) as waitingToSend,
    coalesce(t.failed, 0) as notSent, coalesce(t.uncertain, 0) as uncertain
  from line l join conversation c on c.rowid = l.place
    left join troubled t on t.conversation_id = c.id order by l.nth`

export function createLineEntries(db: Database): (row: LineRow) => Entry<ConversationLine> {
  const merged = createMerged(db)
  return row => {
    const { name, tier } = merged.face(row.customer_id)
    const rest = {
      customerName: name,
      customerTier: tier,
      unread: row.unread === 1,
      hasDraft: row.hasDraft === 1,
      waitingToSend: row.waitingToSend,
      notSent: row.notSent,
      uncertain: row.uncertain,
    }
    return {
      key: row.id,
      stamp: `${JSON.stringify(rest)}${row.doc}`,
      row: () => ({ conversation: JSON.parse(row.doc), ...rest }),
    }
  }
}

export const concernsLines: NonNullable<Answer<'conversations'>['concerns']> = (
  _args,
  { type, doc },
  keys,
) => {
  if (doc === undefined) return true
  if (type === 'readMark') return keys.has((doc as ReadMark).conversationId)
  if (type !== 'item') return true
  // Of items only where messages are on their way is told, and who is named in notes.
  const { delivery, mentions, conversationId } = doc as Item
  return mentions !== undefined || (delivery !== null && keys.has(conversationId))
}
