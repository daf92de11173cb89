// P1 and P3 by PouchDB: replicate everything over HTTP into LevelDB on disk, then read one customer's newest 100.
import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { quantiles } from '../../result.ts'

const [, , folder, docs, data, busiest] = process.argv as string[]
const require = createRequire(join(folder!, 'package.json'))
const PouchDB = require('pouchdb')

// A channel to it: it ends when this process does.
const server = fork(new URL('server.ts', import.meta.url), [folder!, docs!, data!])
const { port } = await new Promise<{ port: number }>(resolve =>
  server.once('message', message => resolve(message as never)),
)
const local = new PouchDB(join(data!, 'desk'))
const start = performance.now()
let first = 0
const replication = local.replicate.from(`http://127.0.0.1:${port}/bench`, {
  batch_size: 1000,
  batches_limit: 10,
})
replication.on('change', () => {
  first ||= performance.now() - start
})
const { docs_written: rows } = await replication
const seconds = (performance.now() - start) / 1000
const say = (result: object) => console.log(JSON.stringify({ rows, ...result }))
const note = 'batch_size 1000, LevelDB; no full-text index, no encryption, no fsync per batch'
say({
  id: 'P1',
  name: 'first sync over a socket',
  median: rows / seconds,
  p99: rows / seconds,
  unit: 'rows/s',
  note,
})
say({ id: 'P1', name: 'first rows usable', median: first, p99: first, unit: 'ms' })

const newest = () =>
  local.allDocs({
    startkey: `item:${busiest}:\uffff`,
    endkey: `item:${busiest}:`,
    descending: true,
    limit: 100,
    include_docs: true,
  })
const times: number[] = []
for (let n = 0; n < 100; n++) {
  const begin = performance.now()
  const page = await newest()
  times.push(performance.now() - begin)
  if (page.rows.length !== 100) throw new Error(`${page.rows.length} rows`)
}
say({
  id: 'P3',
  name: 'newest 100 of the busiest customer',
  ...quantiles(times),
  unit: 'ms',
  note: 'ids that sort by customer and time',
})
server.kill()
process.exit(0)
