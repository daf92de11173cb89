import { existsSync, renameSync, rmSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import { isDamage } from '../fault-error.ts'
import { runEffect } from '../sync/rebase.ts'
import { openReplica, unlock } from './open.ts'
import type { Replica } from './replica.ts'
import { parseSetting, settingNames } from './settings.ts'
import type { OutboxRow, RefusedRow, UploadRow } from './statements.ts'

const files = ['', '-wal', '-shm'] as const

export const removeReplica = (path: string): void => {
  for (const file of files) rmSync(path + file, { force: true })
}

/** The name under which a damaged replica is kept. */
export const setAsidePath = (path: string): string => `${path}.damaged`

/**
 * Opens the replica; one that is damaged, or whose key is another, is set aside and a new one takes over what can still be
 * read of it: session, settings, and above all the outbox (S28). Rows come again from the hub. Never tried twice in a row:
 * what it makes is new.
 *
 * @throws FaultError as openReplica does
 */
export function openOrSalvage(path: string, key: Uint8Array): Replica {
  try {
    return openReplica(path, key)
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  return rebuild(path, key)
}

/** Sets a replica aside, whatever state it is in, and makes a new one from what can be read. */
export function rebuild(path: string, key: Uint8Array): Replica {
  const aside = setAsidePath(path)
  removeReplica(aside)
  for (const file of files) if (existsSync(path + file)) renameSync(path + file, aside + file)
  const found = readWhatIsThere(aside, key)
  const replica = openReplica(path, key)
  replica.transaction(() => takeOver(replica, found))
  return replica
}

interface Found {
  settings: [string, string][]
  outbox: OutboxRow[]
  refused: RefusedRow[]
  uploads: UploadRow[]
  blobs: { sha256: string; size: number }[]
}

function readWhatIsThere(path: string, key: Uint8Array): Found {
  const found: Found = { settings: [], outbox: [], refused: [], uploads: [], blobs: [] }
  let db: Database | undefined
  try {
    db = new Sqlite(path)
    unlock(db, key)
    found.outbox = salvage<OutboxRow>(db, 'outbox', 'seq')
    found.settings = salvage<{ name: string; value: string }>(db, 'setting', 'name').map(row => [
      row.name,
      row.value,
    ])
    found.refused = salvage<RefusedRow>(db, 'refused', 'rowid')
    found.uploads = salvage<UploadRow>(db, 'upload', 'sha256')
    found.blobs = salvage<{ sha256: string; size: number }>(db, 'blob', 'sha256')
  } catch {
    // Not even the key fits, or the first page is gone: nothing can be read.
  } finally {
    try {
      db?.close()
    } catch {
      // It is only read.
    }
  }
  return found
}

/** Rows of a table that can be read, from both ends towards the damage. */
function salvage<R>(db: Database, table: string, order: string): R[] {
  const rows = new Map<unknown, R>()
  for (const direction of ['asc', 'desc'])
    try {
      const statement = db.prepare(
        `select ${order} as salvaged, * from ${table} order by ${order} ${direction}`,
      )
      for (const row of statement.iterate() as Iterable<R & { salvaged: unknown }>)
        rows.set(row.salvaged, row)
      break
    } catch {
      // The rest comes from the other end.
    }
  return [...rows]
    .sort(([one], [other]) => ((one as number) < (other as number) ? -1 : 1))
    .map(([, row]) => row)
}

function takeOver(replica: Replica, found: Found): void {
  const { sql, settings } = replica
  const numbered = found.settings.some(([name]) => name === 'numbers')
  for (const name of settingNames) {
    const text = found.settings.find(([each]) => each === name)?.[1]
    const value = text === undefined ? undefined : parseSetting(name, text)
    if (value !== undefined) settings.set(name, value)
  }
  for (const { sha256, size } of found.blobs) sql.blob.touch.run(sha256, size, 0)
  for (const row of found.uploads) {
    sql.upload.add.run(row.sha256, row.name, row.type, row.size)
    if (row.done) sql.upload.done.run(row.sha256)
  }
  for (const { id, name, code, params, conversation_id, preview, at } of found.refused)
    sql.refused.add.run(id, name, code, params, conversation_id, preview, at)
  for (const row of found.outbox) {
    sql.outbox.add.run(row.id, row.agent_id, row.name, row.args, row.at, row.coalesce_as)
    const entry = sql.outbox.byId.get(row.id)!
    if (numbered && row.n !== null) sql.outbox.number.run(row.n, row.args, entry.seq)
    // Notes its keys, so that its effect is shown as soon as the rows are back.
    runEffect(replica, entry)
  }
  // Its rows are yet to come again.
  settings.set('currentAt', null)
  settings.set('notice', found.outbox.length > 0 ? 'replica-rebuilt-with-outbox' : 'replica-rebuilt')
}
