import type { Database, Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { QueryArgs, View } from '#shared/queries/index.ts'
import { concernsLines, createLineEntries, type LineRow, lineSql, orders } from './conversation-line.ts'
import { type Answers, plainEntry, type QueryContext, shown, shownOf } from './entry.ts'
import { isMentioned, latestMention, unseenMentions } from './mentions.ts'
import { createRungs, first, type Standing, type Traits } from './rungs.ts'

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

/** Nobody waits: such conversations stand behind all others, and among each other as in the other order. */
const NEVER = Number.MAX_SAFE_INTEGER

/** From a place on (`@waits`, `@activity`, `@row`; rungs.ts), in order. Each part is a range of an index: none is sorted as a whole. */
const ordered = ({ view, inboxId, sort }: Args, columns: string): string => {
  const part = (condition: string, order: string): string =>
    `select ${columns} ${from({ view, inboxId })} and ${condition} order by ${order} limit @limit + @offset`
  const here = '(activity_at, rowid) <= (@activity, @row)'
  if (sort === 'newest' || view === 'waiting') return part(here, orders.newest)
  return [
    part(`waits_from = @waits and ${here}`, orders.newest),
    part(`waits_from > @waits and waits_from < ${NEVER}`, orders['longest-waiting']),
    part(`waits_from = ${NEVER} and @waits < ${NEVER}`, orders.newest),
  ]
    .map(text => `select * from (${text})`)
    .join(' union all ')
}

// The window is found in an index alone.
const sqlOf = (args: Args): string =>
  lineSql(`
    select rowid, row_number() over () from (
      ${
        args.view === 'mentioned'
          ? `select rowid ${from(args)} order by ${latestMention} limit @limit offset @offset`
          : `select rowid from (${ordered(args, 'rowid')}) limit @limit offset @offset`
      })`)

/** The same as `conditions`, of one conversation. */
const inView: Record<Exclude<View, 'mentioned'>, (traits: Traits, agentId: Id) => boolean> = {
  mine: ({ assignee_id, status }, agentId) => assignee_id === agentId && status === 'open',
  unassigned: ({ assignee_id, status }) => assignee_id === null && status === 'open',
  open: ({ status }) => status === 'open',
  waiting: ({ status, waits_from }) => status === 'open' && waits_from === NEVER,
  snoozed: ({ status }) => status === 'snoozed',
  closed: ({ status }) => status === 'closed',
  held: ({ held }) => held > 0,
}

/** Up to here counting rows off is quicker than knowing where they are. */
const DEEP = 1_000

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

  const rungs = createRungs(db)
  const anyHidden = db.prepare<[], number>('select exists (select 1 from hidden_inbox)').pluck()
  const nextOf = new Map<string, Statement<[object], Traits>>()

  /** The place in the list that the window is counted from: near it, however deep it lies. */
  const placeOf = (args: Args): { from: Standing; skip: number } => {
    const { view, inboxId, sort, offset } = args
    if (offset < DEEP || view === 'mentioned' || anyHidden.get()) return { from: first, skip: offset }
    const agent = context.agentId()
    const kind = `${view} ${sort} ${inboxId !== null}`
    const next =
      nextOf.get(kind) ??
      db.prepare<[object], Traits>(
        `select * from (${ordered(args, 'rowid, waits_from, activity_at')}) limit @limit offset @offset`,
      )
    nextOf.set(kind, next)
    return rungs.place(
      `${kind} ${inboxId} ${agent}`,
      sort,
      offset,
      traits => (inboxId === null || traits.inbox_id === inboxId) && inView[view](traits, agent),
      (from, rows) => next.get({ agent, inbox: inboxId, ...bound(from), limit: 1, offset: rows }),
    )
  }
  const bound = ([waits, activity, row]: Standing) => ({ waits, activity: -activity, row: -row })

  return {
    conversations: {
      run(args) {
        const { from, skip } = placeOf(args)
        return prepared(args)
          .all({
            agent: context.agentId(),
            inbox: args.inboxId,
            limit: args.limit,
            offset: skip,
            ...(args.view === 'mentioned' ? {} : bound(from)),
          })
          .map(entryOf)
      },
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
