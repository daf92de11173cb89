/**
 * The yardstick: what SQLite alone does with the same rows, on this machine and in this minute. A host that lends its processors
 * to others makes every figure small, and this one with them; what is left is how they stand to each other.
 *
 * Bare: not encrypted, no index but the keys, one transaction for all; documents and tokens are made before the clock starts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Row } from '#shared/model/row.ts'
import { TokenBytes } from '#shared/rules/segment-bytes.ts'
import { itemTexts } from '../../electron/core/replica/search-texts.ts'
import { loadCorpus } from './corpus.ts'
import { rows } from './data.ts'

const ITEMS = 20_000

interface Ready {
  id: string
  doc: string
  tokens: Uint8Array | undefined
}

/** Makes the rows once; each call of what it returns writes them into a new database on disk and gives rows a second. */
export function createYardstick(): () => number {
  const shape = { items: ITEMS, until: Date.now(), corpus: loadCorpus(), busiest: 1000 }
  const ready = [...rows(shape)].map(readyRow)
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'skein-yardstick-'))
    try {
      return ready.length / secondsFor(ready, join(folder, 'bare.db'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function readyRow({ type, id, doc }: Row): Ready {
  if (type !== 'item') return { id, doc: JSON.stringify(doc), tokens: undefined }
  const tokens = new TokenBytes()
  tokens.clear('00')
  for (const text of itemTexts(doc)) tokens.add(text)
  return { id, doc: JSON.stringify(doc), tokens: tokens.bytes.slice() }
}

function secondsFor(ready: readonly Ready[], path: string): number {
  const db = new Sqlite(path)
  db.pragma('journal_mode = wal')
  db.exec(`
    create table row (nr integer primary key, id text not null unique, doc text not null);
    create virtual table words using fts5(tokens, content = '', detail = none, tokenize = 'ascii');
  `)
  const put = db.prepare('insert into row (id, doc) values (?, ?)')
  const index = db.prepare('insert into words (rowid, tokens) values (?, ?)')
  const start = performance.now()
  db.transaction(() => {
    for (const { id, doc, tokens } of ready) {
      const { lastInsertRowid } = put.run(id, doc)
      if (tokens) index.run(lastInsertRowid, tokens)
    }
  })()
  const seconds = (performance.now() - start) / 1000
  db.close()
  return seconds
}
