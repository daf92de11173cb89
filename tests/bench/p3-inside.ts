// P3: finding one's way inside one timeline: of 10,000 items out of a million, and of 100,000.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ThreadFilter } from '#shared/queries/index.ts'
import { createAnswers } from '../../electron/core/replica/queries/index.ts'
import type { Replica } from '../../electron/core/replica/replica.ts'
import { loadCorpus } from './corpus.ts'
import { agentId, BUSIEST } from './data.ts'
import { fillReplica, openFilled } from './fill.ts'
import { quantiles, readOptions, report, timed } from './result.ts'

const { replica: path, items } = readOptions()
const TIMES = 40

const all: ThreadFilter = { channels: [], kinds: [], authors: [], from: null, until: null }

function measure(replica: Replica, rows: number): void {
  const { timeline, threadHits, threadMonths, customerConversations } = createAnswers({
    replica,
    agentId: () => agentId(0),
    loadingOlder: () => new Set(),
    connected: () => false,
  })
  const customerId = BUSIEST
  const count = replica.db
    .prepare<[string], number>('select count(*) from item where customer_id = ?')
    .pluck()
    .get(customerId)
  const filtered = (filter: Partial<ThreadFilter>) => () => {
    for (const entry of timeline.run({ customerId, limit: 80, filter: { ...all, ...filter } })) entry.row()
  }
  const found =
    (text: string, filter: Partial<ThreadFilter> = {}) =>
    () =>
      threadHits.run({ customerId, text, limit: 500, filter: { ...all, ...filter } })
  const work: Record<string, () => unknown> = {
    'newest 80': () => timeline.run({ customerId, limit: 80 }),
    'all conversations of theirs': () => customerConversations.run({ customerId }),
    'newest 80 that the customer wrote': filtered({ authors: ['customer'] }),
    'notes only: there are none, so all are looked at': filtered({ kinds: ['note'] }),
    months: () => threadMonths.run({ customerId }),
    'search inside: a common word (500 hits)': found('的'),
    'search inside: two Chinese characters': found('退款'),
    'search inside: an English word': found('refund'),
    'search inside: common elsewhere, no hit among what the customer wrote': found('card 的 t', {
      authors: [agentId(99)],
    }),
  }
  for (const [name, run] of Object.entries(work)) {
    run()
    report({
      id: 'P3',
      name: `${name}; customer with ${count?.toLocaleString('en')} items`,
      ...quantiles(Array.from({ length: TIMES }, () => timed(run))),
      unit: 'ms',
      rows,
    })
  }
}

const shared = openFilled(path!)
measure(shared, shared.total('item'))
shared.close()

const folder = mkdtempSync(join(tmpdir(), 'skein-bench-inside-'))
try {
  const replica = openFilled(join(folder, 'replica.db'))
  const size = Math.min(items, 250_000)
  fillReplica(replica, {
    items: size,
    until: Date.now(),
    corpus: loadCorpus(),
    busiest: Math.round(size * 0.4),
  })
  measure(replica, size)
  replica.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
