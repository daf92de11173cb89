// P4: search a million items, newest 20 of an inbox, as the desk answers it: customers, items, snippets. Recall against LIKE.
import type { Item } from '#shared/model/item.ts'
import { createSearch } from '../../electron/core/replica/search.ts'
import { openFilled } from './fill.ts'
import { type Asked, Plain, questionsFrom } from './questions.ts'
import { seeded } from './random.ts'
import { quantiles, readOptions, report } from './result.ts'

const { replica: path } = readOptions()
const replica = openFilled(path!)
const { db } = replica
const total = replica.total('item')
const random = seeded(4)
const newest = db.prepare<[], number>('select max(place) from item').pluck().get() ?? 0
const oldest = db.prepare<[], number>('select min(place) from item').pluck().get() ?? 0
const near = db
  .prepare<[number], string>('select doc from item where place >= ? order by place limit 1')
  .pluck()
const sample = Array.from(
  { length: 3000 },
  () => JSON.parse(near.get(Math.floor(oldest + random.next() * (newest - oldest)))!) as Item,
)
const questions = questionsFrom(sample, random, 60)

const search = createSearch(db)
const LIMIT = 20
const times = new Map<string, number[]>()
const found = new Map<Asked, { ids: string[]; customers: number }>()
for (const asked of questions) {
  const start = performance.now()
  const hits = search({ text: asked.text, inboxId: asked.inboxId, limit: LIMIT })
  const time = performance.now() - start
  times.set(asked.kind, [...(times.get(asked.kind) ?? []), time])
  const ids = hits.flatMap(({ itemId }) => (itemId === null ? [] : [itemId]))
  found.set(asked, { ids, customers: hits.length - ids.length })
}
for (const [kind, all] of times) report({ id: 'P4', name: kind, ...quantiles(all), unit: 'ms', rows: total })
report({ id: 'P4', name: 'all kinds', ...quantiles([...times.values()].flat()), unit: 'ms', rows: total })

const everywhere = questions.map(({ text }) => {
  const start = performance.now()
  search({ text, inboxId: null, limit: LIMIT })
  return performance.now() - start
})
report({
  id: 'P4',
  name: 'all kinds, all inboxes at once',
  ...quantiles(everywhere),
  unit: 'ms',
  rows: total,
})

const plain = new Plain()
for (const doc of db.prepare<[], string>('select doc from item order by place desc').pluck().iterate())
  plain.add(JSON.parse(doc) as Item)
let wanted = 0
let missed = 0
let wrong = 0
for (const [asked, { ids, customers }] of found) {
  const expected = plain.newest(asked.text, asked.inboxId, LIMIT)
  const complete = expected.slice(0, LIMIT - customers)
  wanted += complete.length
  missed += complete.filter(id => !ids.includes(id)).length
  wrong += ids.filter(id => !expected.includes(id)).length
  if (complete.join() !== ids.join()) console.log(`differs from LIKE: ${JSON.stringify(asked)}`)
}
replica.close()
const recall = wanted === 0 ? 100 : 100 * (1 - missed / wanted)
report({
  id: 'P4',
  name: 'recall of the newest 20 against LIKE',
  median: recall,
  p99: recall,
  unit: '%',
  rows: total,
  note: `${questions.length} questions, ${wanted} hits, ${missed} missed, ${wrong} wrong`,
})
