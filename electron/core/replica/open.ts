import Sqlite, { type Database } from 'better-sqlite3'
import { fail } from '../fault-error.ts'
import { migrate, replicaVersion, versionOf } from './migrations/index.ts'
import { createReplica, type Replica } from './replica.ts'

/** Tables whose loss would lose words or identity; small, so that they are checked at every start. */
const precious = [
  'setting',
  'stream',
  'outbox',
  'outbox_key',
  'base',
  'refused',
  'upload',
  'workspace',
  'agent',
]

/**
 * Opens a replica, or makes one. One process at a time: the database's own lock, which dies with its holder.
 *
 * @param path a file, or `:memory:` for the simulation
 * @param key 32 bytes
 * @throws FaultError `replica-newer` (made by a newer desk; left as it is), `profile-in-use`; SqliteError when it is damaged
 *   or the key is another one (see salvage.ts)
 */
export function openReplica(path: string, key: Uint8Array): Replica {
  const db = new Sqlite(path, { timeout: 500 })
  try {
    prepare(db, path, key)
    return createReplica(db)
  } catch (error) {
    db.close()
    throw (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ? fail('profile-in-use') : error
  }
}

function prepare(db: Database, path: string, key: Uint8Array): void {
  if (path !== ':memory:') unlock(db, key)
  db.pragma('page_size = 8192')
  db.pragma('locking_mode = exclusive')
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.pragma('temp_store = memory')
  db.pragma('foreign_keys = off')
  db.pragma('secure_delete = fast')
  // More while much is coming (upkeep.ts).
  db.pragma('cache_size = -32768')
  // The desk does it sooner, when nobody waits (upkeep.ts); this is for when it never comes to that.
  db.pragma('wal_autocheckpoint = 16000')
  db.pragma('journal_size_limit = 33554432')

  const version = versionOf(db)
  if (version > replicaVersion)
    throw fail('replica-newer', { params: { version, supported: replicaVersion } })
  if (version > 0) check(db)
  migrate(db)
}

/**
 * AEGIS-256: authenticated, and with the AES instructions every desk has twice as fast as ChaCha20. The key is random
 * already, so it is used as it is instead of being stretched at every start.
 */
export function unlock(db: Database, key: Uint8Array): void {
  db.pragma("cipher = 'aegis'")
  db.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`)
  db.pragma('user_version')
}

function check(db: Database): void {
  for (const table of precious) {
    const found = db.pragma(`quick_check('${table}')`, { simple: true })
    if (found !== 'ok') throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' })
  }
}
