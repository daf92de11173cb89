// P3: open a customer with 10,000 items out of a million: the query behind the timeline, as the desk runs it.
import { createAnswers } from '../../electron/core/replica/queries/index.ts'
import { agentId, BUSIEST } from './data.ts'
import { openFilled } from './fill.ts'
import { quantiles, readOptions, report, timed } from './result.ts'

const { replica: path } = readOptions()
const replica = openFilled(path!)
const total = replica.total('item')
const answers = createAnswers({
  replica,
  agentId: () => agentId(0),
  loadingOlder: () => new Set(),
  connected: () => false,
})

/** Rows as they go to the page: documents parsed. */
const open = (customerId: string): number => {
  const entries = answers.timeline.run({ customerId, limit: 100 })
  for (const entry of entries) entry.row()
  return entries.length
}

const others = replica.db.prepare<[], string>('select id from customer order by id limit 400').pluck().all()
const cold = timed(() => open(BUSIEST))
const again = Array.from({ length: 300 }, () => timed(() => open(BUSIEST)))
const first = others.map(id => timed(() => open(id)))
const items = replica.db
  .prepare<[string], number>('select count(*) from item where customer_id = ?')
  .pluck()
  .get(BUSIEST)
replica.close()

report({
  id: 'P3',
  name: `newest 100 of a customer with ${items?.toLocaleString('en')} items`,
  ...quantiles(again),
  unit: 'ms',
  rows: total,
})
report({
  id: 'P3',
  name: 'the same, first time after opening the file',
  median: cold,
  p99: cold,
  unit: 'ms',
  rows: total,
})
report({
  id: 'P3',
  name: 'newest 100 of customers not looked at before',
  ...quantiles(first),
  unit: 'ms',
  rows: total,
})
