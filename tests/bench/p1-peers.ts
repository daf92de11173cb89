// P1 (and P3 on the same data) beside PouchDB and RxDB.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCorpus } from './corpus.ts'
import { BUSIEST, rows } from './data.ts'
import { runPeer } from './peers/peer.ts'
import { readOptions } from './result.ts'

const { full, items } = readOptions()
const count = Math.min(items, full ? 100_000 : 20_000)
const work = mkdtempSync(join(tmpdir(), 'skein-bench-peers-'))
const peers = [
  { name: 'pouchdb', also: [] },
  { name: 'rxdb', also: ['memory'] },
  { name: 'rxdb', also: ['denokv'] },
]
try {
  const shape = { items: count, until: Date.now(), corpus: loadCorpus(), busiest: count / 10 }
  const given = join(work, 'rows.json')
  writeFileSync(given, JSON.stringify([...rows(shape)]))
  for (const { name, also } of peers) {
    const data = join(work, [name, ...also].join('-'))
    mkdirSync(data)
    await runPeer(name, 'sync.ts', [given, data, BUSIEST, ...also])
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
