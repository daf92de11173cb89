// RxDB: pull everything over HTTP with checkpoints, a collection for each type, then query one customer's newest 100.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { measureSync, readRows, startServer } from '../sync-peer.ts'

const [, , folder, rows, data, busiest, kind] = process.argv as string[]
const require = createRequire(join(folder!, 'package.json'))
const { createRxDatabase } = require('rxdb/plugins/core')
const { replicateRxCollection } = require('rxdb/plugins/replication')

const BATCH = 1000
/** Later than any item. RxDB's indexes serve no descending order, so items carry how long before this they were. */
const END = 10_000_000_000_000

/**
 * The storages that are free, need no database server and work in plain Node: SQLite is a trial of at most 500 documents,
 * the filesystem's is paid for, and Dexie there stands on an IndexedDB in memory. The module of DenoKV imports a constant
 * from `rxdb-old`, which RxDB forgot to publish with it; our package.json lets that be RxDB itself.
 */
const storages: Record<string, { note: string; open(): unknown }> = {
  memory: {
    note: 'in memory, not durable',
    open: () => require('rxdb/plugins/storage-memory').getRxStorageMemory(),
  },
  denokv: {
    note: '@deno/kv: SQLite on disk, fsync at each commit of at most 100 documents',
    open() {
      // It asks Deno for its key-value store; for Node there is Deno's own package of it.
      const { openKv } = require('@deno/kv')
      Object.assign(globalThis, {
        Deno: { openKv: (path: string) => openKv(path, { implementation: 'sqlite' }) },
      })
      return require('rxdb/plugins/storage-denokv').getRxStorageDenoKV({
        consistencyLevel: 'strong',
        openKvPath: join(data!, 'desk.kv'),
      })
    },
  },
}
const storage = storages[kind!]!

const given = readRows(rows!)
const fields = new Map<string, Set<string>>()
for (const { type, doc } of given) {
  const known = fields.get(type) ?? new Set<string>()
  for (const field of Object.keys(doc)) known.add(field)
  fields.set(type, known)
}
const whole = { type: 'number', minimum: 0, maximum: END, multipleOf: 1 }
const text = { type: 'string', maxLength: 100 }
const schemaOf = (type: string) => ({
  version: 0,
  type: 'object',
  primaryKey: 'id',
  properties: {
    ...Object.fromEntries([...fields.get(type)!].map(field => [field, {}])),
    id: text,
    updatedAt: { type: 'number' },
    ...(type === 'item' ? { customerId: text, before: whole } : {}),
  },
  required: type === 'item' ? ['id', 'customerId', 'before'] : ['id'],
  indexes: type === 'item' ? [['customerId', 'before']] : [],
})

const port = await startServer(new URL('server.ts', import.meta.url), [rows!])
const database = await createRxDatabase({
  name: 'desk',
  storage: storage.open(),
  multiInstance: false,
})
const collections = await database.addCollections(
  Object.fromEntries([...fields.keys()].map(type => [type, { schema: schemaOf(type) }])),
)
const pull = async (type: string, after: { updatedAt: number } | undefined, batchSize: number) => {
  const from = `updatedAt=${after?.updatedAt ?? 0}&batchSize=${batchSize}`
  const response = await fetch(`http://127.0.0.1:${port}/${type}?${from}`)
  const answer = (await response.json()) as { documents: { at?: number; before?: number }[] }
  if (type === 'item') for (const each of answer.documents) each.before = END - each.at!
  return answer
}

let questions = 0
await measureSync(
  {
    name: `rxdb, ${kind}`,
    notes: {
      sync: `${storage.note}; pull handler over HTTP, batchSize ${BATCH}; no full-text index, no encryption`,
      newest:
        'an index by customer and time backwards; each query a new one, as it keeps the answers of those it knows',
    },
    async replicate(usable) {
      collections.item.eventBulks$.subscribe(usable)
      await Promise.all(
        [...fields.keys()].map(async type => {
          const state = replicateRxCollection({
            collection: collections[type],
            replicationIdentifier: `bench-${type}`,
            live: false,
            pull: { batchSize: BATCH, handler: pull.bind(null, type) },
          })
          state.error$.subscribe((error: Error) => {
            throw error
          })
          await state.awaitInitialReplication()
        }),
      )
      const counts: number[] = await Promise.all(
        Object.values<{ count(): { exec(): Promise<number> } }>(collections).map(collection =>
          collection.count().exec(),
        ),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
    newest: customerId =>
      collections.item
        .find({
          selector: { customerId, before: { $gte: questions++ } },
          sort: [{ customerId: 'asc' }, { before: 'asc' }],
          limit: 100,
          index: ['customerId', 'before'],
        })
        .exec(),
  },
  rows!,
  busiest!,
)
