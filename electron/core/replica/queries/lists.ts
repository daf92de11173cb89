import type { Statement } from 'better-sqlite3'
import type { Item } from '#shared/model/item.ts'
import type { ReadMark } from '#shared/model/read-mark.ts'
import type { ConversationLine, QueryArgs, View } from '#shared/queries/index.ts'
import { type Answers, type Entry, plainEntry, type QueryContext, shown } from './entry.ts'
import { createMerged } from './merged.ts'

type Args = QueryArgs<'conversations'>

/** What each view holds. `@agent` is the person at the desk. */
const conditions: Record<View, string> = {
  mine: "assignee_id = @agent and status = 'open'",
  unassigned: "assignee_id is null and status = 'open'",
  open: "status = 'open'",
  // It is the customer's turn: nobody waits for us.
  waiting: "status = 'open' and waits_from = 9007199254740991",
  snoozed: "status = 'snoozed'",
  closed: "status = 'closed'",
  held: 'held > 0',
}

/** The same on the tally, whose empty assignee stands for nobody. */
const counted: Record<View, string> = {
  ...conditions,
  unassigned: "assignee_id = '' and status = 'open'",
  waiting: "status = 'open' and not waiting",
  held: 'held',
}

const views = Object.keys(conditions) as View[]

interface LineRow {
  id: string
  customer_id: string
  doc: string
  unread: 0 | 1
  hasDraft: 0 | 1
  waitingToSend: number
  notSent: number
  uncertain: number
}

const sqlOf = ({ view, inboxId, sort }: Args): string => {
  const order =
    sort === 'newest' ? 'activity_at desc, rowid desc' : 'waits_from, activity_at desc, rowid desc'
  // The window is found in an index alone; only its few lines are then read.
  return `
    with outgoing (conversation_id, n) as materialized (
      select i.conversation_id, count(*) from base b join item i on i.id = b.id
      where b.type = 'item' and i.state = 'queued' group by 1
    ), troubled (conversation_id, failed, uncertain) as materialized (
      select conversation_id, total(state = 'failed'), total(state = 'uncertain') from item
      where state in ('failed', 'uncertain', 'held') and state <> 'held' group by 1
    ), line (place, nth) as materialized (
      select rowid, row_number() over () from (
        select rowid from conversation
        where ${conditions[view]} and ${inboxId === null ? shown : `inbox_id = @inbox and ${shown}`}
        order by ${order} limit @limit offset @offset)
    )
    select c.id, c.customer_id, c.doc,
      c.inbound_seq > coalesce((select r.seq from readMark r
        where r.conversation_id = c.id and r.agent_id = @agent), 0) as unread,
      exists (select 1 from draft d where d.conversation_id = c.id and d.agent_id = @agent
        and d.kind = 'reply') as hasDraft,
      coalesce((select n from outgoing o where o.conversation_id = c.id), 0) as waitingToSend,
      coalesce(t.failed, 0) as notSent, coalesce(t.uncertain, 0) as uncertain
    from line l join conversation c on c.rowid = l.place
      left join troubled t on t.conversation_id = c.id order by l.nth`
}

export function lists(context: QueryContext): Pick<Answers, 'viewCounts' | 'conversations'> {
  const { db } = context.replica
  const merged = createMerged(db)
  const statements = new Map<string, Statement<[object], LineRow>>()
  const prepared = (args: Args) => {
    const name = `${args.view} ${args.sort} ${args.inboxId !== null}`
    let statement = statements.get(name)
    if (!statement) {
      statement = db.prepare<[object], LineRow>(sqlOf(args))
      statements.set(name, statement)
    }
    return statement
  }

  const entryOf = (row: LineRow): Entry<ConversationLine> => {
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

  const sums = views.map(view => `total(n) filter (where ${counted[view]}) as ${view}`).join(', ')
  const counts = db.prepare<[{ agent: string }], Record<View, number> & { inbox_id: string }>(
    `select inbox_id, ${sums} from tally where n > 0 and ${shown} group by inbox_id`,
  )

  return {
    conversations: {
      run: args =>
        prepared(args)
          .all({
            agent: context.agentId(),
            limit: args.limit,
            offset: args.offset,
            ...(args.inboxId === null ? {} : { inbox: args.inboxId }),
          })
          .map(entryOf),
      concerns(_args, { type, doc }, keys) {
        if (doc === undefined) return true
        if (type === 'readMark') return keys.has((doc as ReadMark).conversationId)
        // Of items only where messages are on their way is told.
        return type !== 'item' || ((doc as Item).delivery !== null && keys.has((doc as Item).conversationId))
      },
    },
    viewCounts: {
      run() {
        const perInbox = counts.all({ agent: context.agentId() })
        return views.flatMap(view => [
          plainEntry(`${view}:`, {
            view,
            inboxId: null,
            count: perInbox.reduce((sum, row) => sum + row[view], 0),
          }),
          ...perInbox.map(row =>
            plainEntry(`${view}:${row.inbox_id}`, { view, inboxId: row.inbox_id, count: row[view] }),
          ),
        ])
      },
      concerns: (_args, change) => change.type === 'conversation',
    },
  }
}
