// P1 (and P3 on the same data) beside PouchDB.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCorpus } from './corpus.ts'
import { BUSIEST, rows } from './data.ts'
import { runPeer } from './peers/peer.ts'
import { readOptions } from './result.ts'

const { full, items } = readOptions()
const count = Math.min(items, full ? 100_000 : 20_000)
const work = mkdtempSync(join(tmpdir(), 'skein-bench-pouchdb-'))
try {
  const shape = { items: count, until: Date.now(), corpus: loadCorpus(), busiest: count / 10 }
  const docs = [...rows(shape)].map(({ type, id, doc }) => ({
    ...doc,
    type,
    _id:
      type === 'item' ? `item:${doc.customerId}:${String(doc.at).padStart(14, '0')}:${id}` : `${type}:${id}`,
  }))
  const given = join(work, 'docs.json')
  writeFileSync(given, JSON.stringify(docs))
  await runPeer('pouchdb', 'sync.ts', [given, work, BUSIEST])
} finally {
  rmSync(work, { recursive: true, force: true })
}
