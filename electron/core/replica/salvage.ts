import { existsSync, renameSync, rmSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import { isDamage } from '../fault-error.ts'
import { runEffect } from '../sync/rebase.ts'
import { readJournal } from './journal.ts'
import { openReplica, unlock } from './open.ts'
import type { Replica } from './replica.ts'
import { parseSetting, settingNames } from './settings.ts'
import type { OutboxRow, RefusedRow, UploadRow } from './statements.ts'

const files = ['', '-wal', '-shm', '.outbox'] as const

export const removeReplica = (path: string): void => {
  for (const name of [path, rebuiltPath(path)]) for (const file of files) rmSync(name + file, { force: true })
}

/** The name under which a damaged replica is kept. */
export const setAsidePath = (path: string): string => `${path}.damaged`
/** The name under which one is kept that the key does not open: should its key come back, so does it. */
export const lockedPath = (path: string): string => `${path}.locked`
/** A new replica that has taken over everything and only has to be moved to its place. */
const rebuiltPath = (path: string): string => `${path}.rebuilt`

/**
 * Opens the replica; one that is damaged, or whose key is another, is set aside and a new one takes over what can still be
 * read of it: session, settings, and above all the outbox (S28). Rows come again from the hub. Never tried twice in a row:
 * what it makes is new.
 *
 * @throws FaultError as openReplica does
 */
export function openOrSalvage(path: string, key: Uint8Array): Replica {
  try {
    if (existsSync(rebuiltPath(path))) moveIn(path, setAsidePath(path))
    const replica = openReplica(path, key)
    restoreLost(replica, readJournal(path, key))
    return replica
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  return rebuild(path, key)
}

/**
 * Sets a replica aside, whatever state it is in, and puts a new one in its place that holds what could be read. What is read
 * is durable in the new one before the old one is moved, so that a crash at any point finds one of them.
 */
export function rebuild(path: string, key: Uint8Array): Replica {
  const found = readWhatIsThere(path, key)
  if (!found.opened && opens(lockedPath(path), key)) {
    exchange(path, lockedPath(path))
    return openReplica(path, key)
  }
  if (!found.outboxWhole) found.outbox = joined(found.outbox, readJournal(path, key))
  const rebuilt = rebuiltPath(path)
  const half = `${path}.half`
  for (const file of files) rmSync(half + file, { force: true })
  const replica = openReplica(half, key)
  try {
    replica.transaction(() => takeOver(replica, found))
  } finally {
    replica.close()
  }
  renameSync(half, rebuilt)
  moveIn(path, found.opened || existsSync(lockedPath(path)) ? setAsidePath(path) : lockedPath(path))
  return openReplica(path, key)
}

/** From here on a crash only delays: the next start goes on with it. The new journal is written when the new one opens. */
function moveIn(path: string, aside: string): void {
  if (existsSync(path)) for (const file of files) rmSync(aside + file, { force: true })
  for (const file of [...files].reverse()) if (existsSync(path + file)) renameSync(path + file, aside + file)
  renameSync(rebuiltPath(path), path)
}

function exchange(path: string, other: string): void {
  const between = `${path}.half`
  for (const [from, to] of [
    [path, between],
    [other, path],
    [between, other],
  ] as const)
    for (const file of files) {
      rmSync(to + file, { force: true })
      if (existsSync(from + file)) renameSync(from + file, to + file)
    }
}

function opens(path: string, key: Uint8Array): boolean {
  if (!existsSync(path)) return false
  const db = new Sqlite(path)
  try {
    unlock(db, key)
    return db.prepare('select 1 from outbox limit 1').all().length >= 0
  } catch {
    return false
  } finally {
    db.close()
  }
}

/** In the order in which they were made. */
const joined = (rows: readonly OutboxRow[], more: readonly OutboxRow[]): OutboxRow[] =>
  [...new Map([...more, ...rows].map(row => [row.id, row])).values()].sort(
    (one, other) => one.seq - other.seq,
  )

/**
 * A write-ahead log that is damaged ends, for SQLite, before the damage: an outbox that opens may lack its latest mutations.
 * They have numbers in sequence that this replica has not given yet; what it has given and no longer holds was answered.
 */
function restoreLost(replica: Replica, journal: readonly OutboxRow[]): void {
  const given =
    replica.db.prepare<[], number>("select seq from sqlite_sequence where name = 'outbox'").pluck().get() ?? 0
  const lost = journal.filter(({ seq, id }) => seq > given && replica.sql.outbox.byId.get(id) === undefined)
  if (lost.length === 0) return
  replica.transaction(() => {
    putBack(replica, joined([], lost))
    replica.touchLocal()
  })
}

/** Into the outbox, and their effects onto the rows. */
function putBack(replica: Replica, rows: readonly OutboxRow[], numbered = false): void {
  const { outbox } = replica.sql
  for (const row of rows) {
    outbox.add.run(row.id, row.agent_id, row.name, row.args, row.at, row.coalesce_as)
    const entry = outbox.byId.get(row.id)!
    if (numbered && row.n !== null) outbox.number.run(row.n, row.args, entry.seq)
    // Notes its keys, so that its effect is shown as soon as the rows are back.
    runEffect(replica, entry)
  }
}

interface Found {
  /** The key fits, and there is a schema. */
  opened: boolean
  outboxWhole: boolean
  settings: [string, string][]
  outbox: OutboxRow[]
  refused: RefusedRow[]
  uploads: UploadRow[]
  blobs: { sha256: string; size: number }[]
}

function readWhatIsThere(path: string, key: Uint8Array): Found {
  const found: Found = {
    opened: false,
    outboxWhole: false,
    settings: [],
    outbox: [],
    refused: [],
    uploads: [],
    blobs: [],
  }
  let db: Database | undefined
  try {
    db = new Sqlite(path)
    unlock(db, key)
    found.opened = db.prepare('select 1 from sqlite_schema limit 1').all().length > 0
    const outbox = salvage<OutboxRow>(db, 'outbox', 'seq')
    found.outbox = outbox.rows
    found.outboxWhole = outbox.whole
    found.settings = salvage<{ name: string; value: string }>(db, 'setting', 'name').rows.map(row => [
      row.name,
      row.value,
    ])
    found.refused = salvage<RefusedRow>(db, 'refused', 'rowid').rows
    found.uploads = salvage<UploadRow>(db, 'upload', 'sha256').rows
    found.blobs = salvage<{ sha256: string; size: number }>(db, 'blob', 'sha256').rows
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
function salvage<R>(db: Database, table: string, order: string): { rows: R[]; whole: boolean } {
  const rows = new Map<unknown, R>()
  let whole = false
  for (const direction of ['asc', 'desc'])
    try {
      const statement = db.prepare(
        `select ${order} as salvaged, * from ${table} order by ${order} ${direction}`,
      )
      for (const row of statement.iterate() as Iterable<R & { salvaged: unknown }>)
        rows.set(row.salvaged, row)
      whole = direction === 'asc'
      break
    } catch {
      // The rest comes from the other end.
    }
  const inOrder = [...rows].sort(([one], [other]) => ((one as number) < (other as number) ? -1 : 1))
  return { rows: inOrder.map(([, row]) => row), whole }
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
  putBack(replica, found.outbox, numbered && found.outboxWhole)
  // Its rows are yet to come again.
  settings.set('currentAt', null)
  settings.set('notice', found.outbox.length > 0 ? 'replica-rebuilt-with-outbox' : 'replica-rebuilt')
}
