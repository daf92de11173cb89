// The hub's place: PouchDB on LevelDB behind its own CouchDB protocol.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readDocs } from './data.ts'

const [, , folder, docs, data] = process.argv as string[]
const require = createRequire(join(folder!, 'package.json'))
const express = require('express')
const PouchDB = require('pouchdb').defaults({ prefix: `${data}/` })
const database = new PouchDB('bench')
const all = readDocs(docs!)
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
const server = app.listen(0, '127.0.0.1', () => process.send!({ port: server.address().port }))
process.on('disconnect', () => process.exit(0))
