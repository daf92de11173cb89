import Sqlite, { type Database, type Statement } from 'better-sqlite3'
import { migrate } from '../../electron/core/replica/migrations/index.ts'

/**
 * Databases of simulated desks: SQLite in memory, migrated once, emptied and used again, with every statement kept. Opening a
 * replica is mostly preparing statements; a story has many desks and most are short.
 */
const free: ReusedDatabase[] = []

export class ReusedDatabase {
  readonly db: Database
  readonly #wipe: string
  readonly #statements = new Map<string, Statement[]>()
  readonly #questions = new Map<string, Statement>()
  readonly #prepare: (sql: string) => Statement
  #taken = new Map<string, number>()

  constructor() {
    this.db = new Sqlite(':memory:')
    migrate(this.db)
    this.#wipe = wiping(this.db)
    this.#prepare = this.db.prepare.bind(this.db)
    // The same text may be prepared twice, once to pluck: the first is given for the first, the second for the second.
    const again = (sql: string): Statement => {
      const known = this.#statements.get(sql) ?? []
      this.#statements.set(sql, known)
      const turn = this.#taken.get(sql) ?? 0
      this.#taken.set(sql, turn + 1)
      known[turn] ??= this.#prepare(sql)
      return known[turn]
    }
    this.db.prepare = again as unknown as Database['prepare']
    // How durable memory is need not be set again for every transaction.
    const pragma = this.db.pragma.bind(this.db)
    this.db.pragma = (source, options) =>
      source.startsWith('synchronous') ? undefined : pragma(source, options)
  }

  /** The rows of a question that is not the product's, each as a list. */
  ask(sql: string, values: readonly unknown[]): unknown[][] {
    const known = this.#questions.get(sql) ?? this.#prepare(sql).raw()
    this.#questions.set(sql, known)
    return known.all(...values) as unknown[][]
  }

  /** From now on statements are prepared from the beginning: a program has been started on this database. */
  started(): void {
    this.#taken = new Map()
  }

  wipe(): void {
    this.db.exec(this.#wipe)
  }
}

export function takeDatabase(): ReusedDatabase {
  return free.pop() ?? new ReusedDatabase()
}

/** Gives it back; `spoilt`: a fault was built into it, so nobody else gets it. */
export function giveBack(database: ReusedDatabase, spoilt: boolean): void {
  if (spoilt) return void database.db.close()
  database.wipe()
  free.push(database)
}

/** Empties every table. What a full-text index keeps for itself it empties by itself. */
function wiping(db: Database): string {
  const tables = db
    .prepare<[], { name: string; sql: string }>(
      "select name, coalesce(sql, '') as sql from sqlite_schema where type = 'table'",
    )
    .all()
  const indexes = tables.filter(({ sql }) => /create virtual table/iu.test(sql)).map(({ name }) => name)
  const own = tables.filter(({ name }) => !indexes.some(index => name.startsWith(index)))
  const statements = [
    ...indexes.map(name => `insert into ${name} (${name}) values ('delete-all')`),
    // Twice: emptying one may, by a trigger, fill another.
    ...[...own, ...own].map(({ name }) => `delete from ${name}`),
  ]
  return `begin; ${statements.join('; ')}; commit`
}
