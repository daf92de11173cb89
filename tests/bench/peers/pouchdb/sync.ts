// PouchDB: replicate everything over HTTP into LevelDB on disk, then read one customer's newest 100.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { measureSync, startServer } from '../sync-peer.ts'

const [, , folder, rows, data, busiest] = process.argv as string[]
const PouchDB = createRequire(join(folder!, 'package.json'))('pouchdb')
const port = await startServer(new URL('server.ts', import.meta.url), [folder!, rows!, data!])
const local = new PouchDB(join(data!, 'desk'))

await measureSync(
  {
    name: 'pouchdb',
    notes: {
      sync: 'batch_size 1000, LevelDB; no full-text index, no encryption, no fsync per batch',
      newest: 'ids that sort by customer and time',
    },
    async replicate(usable) {
      const replication = local.replicate.from(`http://127.0.0.1:${port}/bench`, {
        batch_size: 1000,
        batches_limit: 10,
      })
      replication.on('change', usable)
      const { docs_written } = await replication
      return docs_written
    },
    async newest(customerId) {
      const page = await local.allDocs({
        startkey: `item:${customerId}:\uffff`,
        endkey: `item:${customerId}:`,
        descending: true,
        limit: 100,
        include_docs: true,
      })
      return page.rows.map(({ doc }: { doc: { at: number } }) => doc)
    },
  },
  rows!,
  busiest!,
)
