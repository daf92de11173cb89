import type { Database } from 'better-sqlite3'
import type { RowType } from '#shared/model/row.ts'
import { createErased, type Erased } from './erased.ts'
import { createMemberships, type Memberships } from './memberships.ts'
import { createPeople, type People } from './people.ts'
import { createIndexing } from './search.ts'
import { createSettings, type SettingsStore } from './settings.ts'
import { prepareStatements, type Statements } from './statements.ts'
import { type Change, createTables, type Tables } from './tables.ts'
import { createTransactions } from './transactions.ts'

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
  readonly people: People
  readonly erased: Erased
  readonly sql: Statements
  /**
   * Runs `work` as one durable transaction; inside another one, as part of it. When it throws nothing has happened.
   * Listeners hear of the changes after the commit.
   */
  transaction<T>(work: () => T): T
  /**
   * The same for what the hub would send again: it can be seen at once and waits to be committed with more of its kind, by `settle`
   * or before the next durable transaction. A crash takes it back, in order (transactions.ts).
   */
  held<T>(work: () => T): T
  settle(): void
  /** How often something that was held is gone again, because the disk did not take it. */
  readonly losses: number
  /** Marks the desk's own state as changed, for live queries. Inside a transaction. */
  touchLocal(): void
  /** Marks everything that is shown as changed. Inside a transaction. */
  touchEverything(): void
  /** Rows of a noun on this desk; kept, not counted. */
  total(type: 'item' | 'customer'): number
  /**
   * Puts some of the items that came lately into the full-text index, the newest first. Returns how many of them there were: as
   * many as asked for means that there may be more. What several calls have put is held, too: one large part of the index
   * costs less than many small ones.
   */
  indexSome(limit: number): number
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
  const people = createPeople(db)
  // Those of an older replica.
  db.transaction(people.settle)()
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
  const forget = (): void => {
    rows = []
    local = false
    everything = false
    indexed = false
    growth = new Map()
    index.forget()
  }

  const tell = (changes: Changes): void => {
    if (changes.rows.length > 0 || changes.local || changes.everything || changes.indexed)
      for (const listener of listeners) listener(changes)
  }
  const nothing: Changes = { rows: [], local: false, everything: false, indexed: false }

  /** Of the index nothing is told before it is committed: a search that is open would be asked again for every step. */
  let indexing = false
  const transactions = createTransactions(db, {
    ending() {
      for (const [type, difference] of growth) sql.total.add.run(type, difference)
      index.settle()
      people.settle()
    },
    done() {
      const changes: Changes = { rows, local, everything, indexed }
      forget()
      tell(changes)
    },
    undone() {
      forget()
      settings.reread()
    },
    settled() {
      if (!indexing) return
      indexing = false
      tell({ ...nothing, indexed: true })
    },
    lost() {
      indexing = false
      tell({ ...nothing, local: true, everything: true })
    },
  })

  const indexSome = (limit: number): number => {
    if (waits.get() === undefined) return 0
    indexing = true
    return transactions.step(() => index.some(limit))
  }

  return {
    db,
    tables,
    settings,
    memberships: createMemberships(sql.membership),
    people,
    erased: createErased(db),
    sql,
    transaction: transactions.durable,
    held: transactions.held,
    settle: transactions.settle,
    get losses() {
      return transactions.losses
    },
    touchLocal: () => {
      local = true
    },
    touchEverything: () => {
      everything = true
    },
    total: type => sql.total.read.get(type) ?? 0,
    unindexed: most => unindexed.get(most) ?? 0,
    indexSome,
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      try {
        transactions.settle()
      } finally {
        db.close()
      }
    },
  }
}
