import type { Database } from 'better-sqlite3'
import type { RowType } from '#shared/model/row.ts'
import { createMemberships, type Memberships } from './memberships.ts'
import { createIndexing } from './search.ts'
import { createSettings, type SettingsStore } from './settings.ts'
import { prepareStatements, type Statements } from './statements.ts'
import { type Change, createTables, type Tables } from './tables.ts'

/** What one committed transaction changed. `local`: something of the desk's own, such as the outbox. */
export interface Changes {
  rows: readonly Change[]
  local: boolean
  /** What may be shown at all has changed: a stream was hidden or forgotten. */
  everything: boolean
}

/** An open replica: rows, settings and statements over one connection. */
export interface Replica {
  readonly db: Database
  readonly tables: Tables
  readonly settings: SettingsStore
  readonly memberships: Memberships
  readonly sql: Statements
  /**
   * Runs `work` as one durable transaction; inside another one, as part of it. When it throws nothing has happened.
   * Listeners hear of the changes after the commit.
   *
   * `refetchable`: only what the hub would send again. Not waited for until it is on the platter: a power cut may take
   * the latest such transactions back, whole and in order, and the next durable one makes all before it durable, too.
   */
  transaction<T>(work: () => T, refetchable?: 'refetchable'): T
  /** Marks the desk's own state as changed, for live queries. Inside a transaction. */
  touchLocal(): void
  /** Marks everything that is shown as changed. Inside a transaction. */
  touchEverything(): void
  /** Rows of a noun on this desk; kept, not counted. */
  total(type: 'item' | 'customer'): number
  onCommit(listener: (changes: Changes) => void): () => void
  close(): void
}

const counted: ReadonlySet<RowType> = new Set(['item', 'customer'])

export function createReplica(db: Database): Replica {
  const sql = prepareStatements(db)
  const settings = createSettings(sql.setting)
  const listeners = new Set<(changes: Changes) => void>()
  let rows: Change[] = []
  let local = false
  let everything = false
  let growth = new Map<RowType, number>()

  const index = createIndexing(db)
  const tables = createTables(db, index, (change, difference) => {
    rows.push(change)
    if (difference !== 0 && counted.has(change.type))
      growth.set(change.type, (growth.get(change.type) ?? 0) + difference)
  })

  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')

  const forget = (): void => {
    rows = []
    local = false
    everything = false
    growth = new Map()
    index.forget()
  }

  const transaction = <T>(work: () => T, refetchable?: 'refetchable'): T => {
    if (db.inTransaction) return work()
    if (refetchable) db.pragma('synchronous = normal')
    let result: T
    try {
      begin.run()
      result = work()
      for (const [type, difference] of growth) sql.total.add.run(type, difference)
      index.settle()
      commit.run()
    } catch (error) {
      forget()
      settings.reread()
      // A full disk has rolled it back already.
      if (db.inTransaction) rollback.run()
      throw error
    } finally {
      if (refetchable) db.pragma('synchronous = full')
    }
    const changes: Changes = { rows, local, everything }
    forget()
    if (changes.rows.length > 0 || changes.local || changes.everything)
      for (const listener of listeners) listener(changes)
    return result
  }

  return {
    db,
    tables,
    settings,
    memberships: createMemberships(sql.membership),
    sql,
    transaction,
    touchLocal: () => {
      local = true
    },
    touchEverything: () => {
      everything = true
    },
    total: type => sql.total.read.get(type) ?? 0,
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => void db.close(),
  }
}
