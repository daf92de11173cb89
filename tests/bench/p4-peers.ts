// P4 beside FlexSearch and MiniSearch: the same items and questions, and ours once more on that size.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSearch } from '../../electron/core/replica/search.ts'
import { itemTexts } from '../../electron/core/replica/search-texts.ts'
import { loadCorpus } from './corpus.ts'
import { rows } from './data.ts'
import { fillReplica, openFilled } from './fill.ts'
import { runPeer } from './peers/peer.ts'
import { Plain, questionsFrom } from './questions.ts'
import { seeded } from './random.ts'
import { quantiles, readOptions, report } from './result.ts'

const { items: size } = readOptions()
const count = Math.min(size, 100_000)
const work = mkdtempSync(join(tmpdir(), 'skein-bench-p4-'))
try {
  const shape = { items: count, until: Date.now(), corpus: loadCorpus() }
  const items = [...rows(shape)].flatMap(row => (row.type === 'item' ? [row.doc] : []))
  items.sort((one, other) => other.at - one.at)
  const plain = new Plain()
  for (const item of items) plain.add(item)
  const numbers = new Map(items.map(({ id }, n) => [id, n]))
  const random = seeded(5)
  const sample = Array.from({ length: 2000 }, () => random.pick(items))
  const questions = questionsFrom(sample, random, 25).map(asked => ({
    ...asked,
    expected: plain.newest(asked.text, asked.inboxId, 20).map(id => numbers.get(id)!),
  }))
  const given = join(work, 'given.json')
  const texts = items.map((item, n) => ({ n, inboxId: item.inboxId, text: itemTexts(item).join('\n') }))
  writeFileSync(given, JSON.stringify({ items: texts, questions }))

  const replica = openFilled(join(work, 'replica.db'))
  fillReplica(replica, shape)
  const search = createSearch(replica.db)
  const times = questions.map(({ text, inboxId }) => {
    const start = performance.now()
    search({ text, inboxId, limit: 20 })
    return performance.now() - start
  })
  replica.close()
  report({ id: 'P4', name: 'all kinds', ...quantiles(times), unit: 'ms', rows: count })
  for (const peer of ['flexsearch', 'minisearch']) await runPeer(peer, 'search.ts', [given])
} finally {
  rmSync(work, { recursive: true, force: true })
}
