// The hub's place: PouchDB on LevelDB behind its own CouchDB protocol.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readRows, serves } from '../sync-peer.ts'

const [, , folder, rows, data] = process.argv as string[]
const require = createRequire(join(folder!, 'package.json'))
const express = require('express')
const PouchDB = require('pouchdb').defaults({ prefix: `${data}/` })
const database = new PouchDB('bench')
// An item's id sorts it under its customer by time, the fastest PouchDB knows.
const all = readRows(rows!).map(({ type, id, doc }) => ({
  ...doc,
  type,
  _id: type === 'item' ? `item:${doc.customerId}:${String(doc.at).padStart(14, '0')}:${id}` : `${type}:${id}`,
}))
for (let from = 0; from < all.length; from += 2000) await database.bulkDocs(all.slice(from, from + 2000))
const app = express()
app.use(
  '/',
  require('express-pouchdb')(PouchDB, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: join(data!, 'log.txt'),
  }),
)
const server = app.listen(0, '127.0.0.1', () => serves(server.address().port))
