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
  /** Search finds more. */
  indexed: boolean
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
  /**
   * Puts some of the items that came lately into the full-text index, the newest first. Returns how many of them there were: as
   * many as asked for means that there may be more. What several calls have put is written together, by `settleIndex` or
   * before the next transaction: one large part of the index costs less than many small ones.
   */
  indexSome(limit: number): number
  settleIndex(): void
  /** Items that search does not find yet; above `most` they are not counted any more. */
  unindexed(most: number): number
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
  let indexed = false
  let growth = new Map<RowType, number>()

  const index = createIndexing(db)
  const tables = createTables(db, index, (change, difference) => {
    rows.push(change)
    if (change.type === 'item' && !change.doc) indexed = true
    if (difference !== 0 && counted.has(change.type))
      growth.set(change.type, (growth.get(change.type) ?? 0) + difference)
  })

  const unindexed = db
    .prepare<[number], number>('select count(*) from (select 1 from unindexed limit ?)')
    .pluck()
  // A limit that is bound has the statement prepared anew each time.
  const waits = db.prepare('select 1 from unindexed limit 1')
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')

  const forget = (): void => {
    rows = []
    local = false
    everything = false
    indexed = false
    growth = new Map()
    index.forget()
  }

  /** It cannot be changed while a transaction is open, and is left as it is until another is needed. */
  let synchronous: 'full' | 'normal' = 'full'
  const open = (level: 'full' | 'normal'): void => {
    if (level !== synchronous) db.pragma(`synchronous = ${level}`)
    synchronous = level
    begin.run()
  }

  /** Ends the open transaction with some last work; when that throws nothing has happened. */
  const finish = <T>(work: () => T): T => {
    let result: T
    try {
      result = work()
      commit.run()
    } catch (error) {
      forget()
      settings.reread()
      // A full disk has rolled it back already.
      if (db.inTransaction) rollback.run()
      throw error
    }
    const changes: Changes = { rows, local, everything, indexed }
    forget()
    if (changes.rows.length > 0 || changes.local || changes.everything || changes.indexed)
      for (const listener of listeners) listener(changes)
    return result
  }

  const transaction = <T>(work: () => T, refetchable?: 'refetchable'): T => {
    settleIndex()
    if (db.inTransaction) return work()
    open(refetchable ? 'normal' : 'full')
    return finish(() => {
      const result = work()
      for (const [type, difference] of growth) sql.total.add.run(type, difference)
      index.settle()
      return result
    })
  }

  /** Whether a transaction is open that stays so between calls of `indexSome`, and holds nothing else. */
  let indexing = false
  const settleIndex = (): void => {
    if (!indexing) return
    indexing = false
    finish(() => {
      indexed = true
    })
  }
  const indexSome = (limit: number): number => {
    if (waits.get() === undefined) return 0
    if (!indexing) open('normal')
    indexing = true
    try {
      return index.some(limit)
    } catch (error) {
      indexing = false
      return finish(() => {
        throw error
      })
    }
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
    unindexed: most => unindexed.get(most) ?? 0,
    indexSome,
    settleIndex,
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      try {
        settleIndex()
      } finally {
        db.close()
      }
    },
  }
}
