/**
 * What a database keeps of rows that are gone (I9): words in parts of the full-text index, in free pages, in the write-ahead log. After
 * an erasure each is written over, a little at a time and with turns for others in between (S8); what a restart interrupts is begun
 * again (setting `cleansing`).
 */
import type { Database } from 'better-sqlite3'
import { type Ground, turn } from '../ground.ts'
import type { Replica } from './replica.ts'
import { mergeIndex } from './search.ts'

/** Leaves of the index that are joined in one step. */
const LEAVES = 64
/** Free pages that are written over in one step. */
const PAGES = 256

export interface CleanseDeps {
  replica: Replica
  ground: Ground
  /** Whether to go on, asked after every turn. */
  current(): boolean
  /** Takes away what lies beside the database: files, journals, copies. */
  beside(): void
}

/** Rejects when the disk does not take it; the next start, or erasure, begins again. */
export async function cleanse({ replica, ground, current, beside }: CleanseDeps): Promise<void> {
  const { db, settings } = replica
  db.pragma('secure_delete = on')
  beside()
  for (const table of ['item_text', 'customer_text'] as const) {
    for (let more = true; more; await turn(ground)) {
      if (!current()) return
      replica.settle()
      more = mergeIndex(db, LEAVES, table)
    }
  }
  replica.settle()
  for (let more = true; more; await turn(ground)) {
    if (!current()) return
    replica.settle()
    more = overwriteFree(replica)
  }
  replica.transaction(() => {
    db.exec('drop table if exists filler')
    settings.set('cleansing', false)
  })
  db.pragma('wal_checkpoint(truncate)')
  db.pragma('secure_delete = fast')
}

/** Takes some of the free pages for zeros. Given back they are zeros, too. Answers whether there are more. */
function overwriteFree(replica: Replica): boolean {
  const { db } = replica
  const free = freePages(db)
  if (free === 0) return false
  const size = db.pragma('page_size', { simple: true }) as number
  replica.transaction(() => {
    db.exec('create table if not exists filler (zeros blob)')
    const pages = Math.min(PAGES, freePages(db))
    // Part of each page is SQLite's own and the cipher's.
    if (pages > 0)
      db.prepare('insert into filler values (zeroblob(?))').run(Math.max(1, pages - 1) * (size - 200))
  })
  db.pragma('wal_checkpoint(passive)')
  return freePages(db) > 0
}

const freePages = (db: Database): number => db.pragma('freelist_count', { simple: true }) as number
