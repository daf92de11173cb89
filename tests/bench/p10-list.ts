// P10: a view of 50,000 conversations: its windows at the top, in the middle and at the end, its counts, and what a change costs while
// one looks at it, as the desk's core runs them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryArgs } from '#shared/queries/index.ts'
import { createLive } from '../../electron/core/replica/live.ts'
import { createAnswers } from '../../electron/core/replica/queries/index.ts'
import { mutate } from '../../electron/core/sync/mutate.ts'
import { agentId, inboxIds } from './data.ts'
import { fillReplica, openFilled } from './fill.ts'
import { manyOpen, PAGE } from './many-open.ts'
import { quantiles, report, timed } from './result.ts'

const TIMES = 100

const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
const replica = openFilled(join(folder, 'replica.db'))
fillReplica(replica, manyOpen())
replica.db.pragma('wal_checkpoint(truncate)')
const answers = createAnswers({
  replica,
  agentId: () => agentId(0),
  loadingOlder: () => new Set(),
  connected: () => false,
})
const open = replica.db
  .prepare<[], number>("select count(*) from conversation where status = 'open'")
  .pluck()
  .get()!

type Args = QueryArgs<'conversations'>
const args = (over: Partial<Args>): Args => ({
  view: 'open',
  inboxId: null,
  sort: 'longest-waiting',
  offset: 0,
  limit: PAGE,
  ...over,
})

const measure = (name: string, run: () => unknown): void => {
  const first = timed(run)
  const times = Array.from({ length: TIMES }, () => timed(run))
  report({
    id: 'P10',
    name,
    ...quantiles(times),
    unit: 'ms',
    rows: open,
    note: `the first time ${first.toFixed(1)} ms`,
  })
}
/** As a page gets it: documents parsed. */
const window = (over: Partial<Args>) => () => {
  for (const entry of answers.conversations.run(args(over))) entry.row()
}

const end = Math.floor((open - 1) / PAGE) * PAGE
for (const sort of ['longest-waiting', 'newest'] as const) {
  measure(`a page of ${PAGE} of the list, ${sort}, at its top`, window({ sort }))
  measure(
    `the same at conversation ${(end / 2).toLocaleString('en')}`,
    window({ sort, offset: Math.floor(end / 2) }),
  )
  measure(`the same at its end`, window({ sort, offset: end }))
}
measure('a page of one inbox, at its top', window({ inboxId: inboxIds[2] }))
measure('a page of one inbox, after 10,000', window({ inboxId: inboxIds[2], offset: 10_000 }))
measure('a page of what nobody has, after 20,000', window({ view: 'unassigned', offset: 20_000 }))
measure('counts of all views and inboxes', () => answers.viewCounts.run({}))

// What is subscribed while one looks at the list's end: two pages and the counts. A change by hand until what differs is told.
let told = 0
const live = createLive(
  replica,
  () => answers,
  () => undefined,
)
const listener = {
  snapshot: () => undefined,
  difference: () => {
    told += 1
  },
  failed: (error: unknown) => {
    throw error
  },
}
live.subscribe('conversations', args({ offset: end }), listener)
live.subscribe('conversations', args({ offset: end - PAGE }), listener)
live.subscribe('viewCounts', {}, listener)
const ids = replica.db
  .prepare<[], string>("select id from conversation where status = 'open' and assignee_id is null limit 200")
  .pluck()
  .all()
const changes = ids.map(conversationId =>
  timed(() => {
    mutate(
      replica,
      { name: 'conversation.claim', args: { conversationId, at: Date.now() } },
      { newId: () => crypto.randomUUID(), hubNow: Date.now, live: () => false },
    )
    live.flush()
  }),
)
report({
  id: 'P10',
  name: 'a claim, durable, until the list at its end and all counts are told',
  ...quantiles(changes),
  unit: 'ms',
  rows: open,
  note: `${told} differences`,
})
replica.close()
rmSync(folder, { recursive: true, force: true })
