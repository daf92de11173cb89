// P1 without the network: what the desk alone does of a first sync. Leaves the replica for the other benches.
import { statSync } from 'node:fs'
import { loadCorpus } from './corpus.ts'
import { fillReplica, openFilled } from './fill.ts'
import { quantiles, readOptions, report } from './result.ts'

const { items, replica: path } = readOptions()
const replica = openFilled(path ?? ':memory:')
const corpus = loadCorpus()
const { rows, seconds, applied, processor, pieces } = fillReplica(replica, {
  items,
  until: Date.now(),
  corpus,
  busiest: Math.min(10_000, items / 10),
})
replica.db.pragma('wal_checkpoint(truncate)')
replica.close()

const rate = rows / seconds
report({
  id: 'P1',
  name: 'apply only: durable, encrypted, searchable',
  median: rate,
  p99: rate,
  unit: 'rows/s',
  rows,
  note: `${Math.round(rows / processor).toLocaleString('en')} rows per processor second; Chinese: ${corpus.source}`,
})
report({
  id: 'P1',
  name: 'apply only: there and durable, search follows',
  median: rows / applied,
  p99: rows / applied,
  unit: 'rows/s',
  rows,
})
report({ id: 'P1', name: 'longest step (S8: no query waits longer)', ...quantiles(pieces), unit: 'ms', rows })
if (path) {
  const size = statSync(path).size / 1e6
  report({ id: 'P1', name: 'replica on disk', median: size, p99: size, unit: 'MB', rows })
}
