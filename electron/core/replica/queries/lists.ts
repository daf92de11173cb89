import type { Database, Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { QueryArgs, View } from '#shared/queries/index.ts'
import { concernsLines, createLineEntries, type LineRow, lineSql, orders } from './conversation-line.ts'
import { type Answers, plainEntry, type QueryContext, shown, shownOf } from './entry.ts'
import { isMentioned, latestMention, unseenMentions } from './mentions.ts'

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
  mentioned: isMentioned,
}

/** The same on the tally, whose empty assignee stands for nobody. */
const counted: Record<View, string> = {
  ...conditions,
  unassigned: "assignee_id = '' and status = 'open'",
  waiting: "status = 'open' and not waiting",
  held: 'held',
  // Of these only what was not seen is counted, apart from the tally.
  mentioned: '0',
}

const views = Object.keys(conditions) as View[]

const from = ({ view, inboxId }: Pick<Args, 'view' | 'inboxId'>): string =>
  `from conversation where ${conditions[view]} and ${inboxId === null ? shown : `inbox_id = @inbox and ${shown}`}`

const orderOf = ({ view, sort }: Pick<Args, 'view' | 'sort'>): string =>
  view === 'mentioned' ? latestMention : orders[sort]

/** Everything in a view, in its order. @param limit -1: all */
export const viewIds = (db: Database, agentId: Id, { view, inboxId, sort, offset, limit }: Args): Id[] =>
  db
    .prepare<[object], Id>(
      `select id ${from({ view, inboxId })} order by ${orderOf({ view, sort })} limit @limit offset @offset`,
    )
    .pluck()
    .all({ agent: agentId, inbox: inboxId, limit, offset })

// The window is found in an index alone.
const sqlOf = ({ view, inboxId, sort }: Args): string =>
  lineSql(`
    select rowid, row_number() over () from (
      select rowid ${from({ view, inboxId })} order by ${orderOf({ view, sort })} limit @limit offset @offset)`)

export function lists(context: QueryContext): Pick<Answers, 'viewCounts' | 'conversations'> {
  const { db } = context.replica
  const entryOf = createLineEntries(db)
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

  const sums = views.map(view => `total(n) filter (where ${counted[view]}) as ${view}`).join(', ')
  const counts = db.prepare<[{ agent: string }], Record<View, number> & { inbox_id: string }>(
    `select inbox_id, ${sums} from tally where n > 0 and ${shown} group by inbox_id`,
  )

  const unseen = db.prepare<[{ agent: string }], { inbox_id: string; n: number }>(
    unseenMentions(shownOf('m.')),
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
      concerns: concernsLines,
    },
    viewCounts: {
      run() {
        const agent = context.agentId()
        const mentioned = new Map(unseen.all({ agent }).map(({ inbox_id, n }) => [inbox_id, n]))
        const perInbox = counts
          .all({ agent })
          .map(row => ({ ...row, mentioned: mentioned.get(row.inbox_id) ?? 0 }))
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
      concerns: (_args, { type }) => type === 'conversation' || type === 'readMark',
    },
  }
}
