import type { Database as Connected } from '../../server/db/connection.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { NewJob, Store } from '../../server/store/store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { type Database, WatchedJobs } from './database.ts'
import type { Options } from './play.ts'
import type { VirtualTime } from './virtual-time.ts'
import { furnish } from './workspace.ts'

/**
 * Stories on the real store: one PostgreSQL, one database, emptied for every story. Its answers come when they come, so a
 * seed gives the same story but not the same order of everything in it.
 */
export async function postgresStories(): Promise<Options & { close(): Promise<void> }> {
  const made = await createTestDatabase()
  const connected = await made.open()
  // A story begins with an empty table of events, and a restore brings back an older one.
  await connected.pool.query('alter table event disable trigger keep_events')
  await connected.pool.query('create schema kept')
  const { rows } = await connected.pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like '%migration%'",
  )
  const tables = rows.map(({ name }) => name)
  return {
    database: async (desks, time) => {
      await connected.pool.query(`truncate ${all(tables)}`)
      await connected.pool.query('insert into hub_state default values')
      const database = new PostgresDatabase(connected, tables, time)
      await database.open()
      await database.store.write(async tx => furnish(tx, desks))
      return database
    },
    close: () => made.drop(),
  }
}

class PostgresDatabase implements Database {
  store!: Store
  jobs = new WatchedJobs()
  readonly #connected: Connected
  readonly #tables: readonly string[]
  /** Questions under way, and who waits for the next answer. */
  #asked = 0
  #answered = Promise.withResolvers<void>()
  #keptJobs: readonly NewJob[] | undefined
  #opened: Store | undefined

  constructor(connected: Connected, tables: readonly string[], time: VirtualTime) {
    this.#connected = connected
    this.#tables = tables
    time.busy = () => (this.#asked > 0 ? this.#answered.promise : undefined)
  }

  async open(): Promise<void> {
    const { jobs } = this
    const store = await postgresStore({
      database: this.#connected,
      jobs: {
        insert: async () => undefined,
        committed: made => {
          for (const job of made) jobs.put(job)
        },
      },
    })
    this.#opened = store
    this.store = this.#counting(store)
  }

  async keep(): Promise<void> {
    for (const table of this.#tables)
      await this.#say(
        `drop table if exists kept.${named(table)}; create table kept.${named(table)} as table ${named(table)}`,
      )
    this.#keptJobs = this.jobs.all()
  }

  async restore(): Promise<boolean> {
    if (!this.#keptJobs) return false
    await this.close()
    await this.#say(`truncate ${all(this.#tables)}`)
    for (const table of this.#tables)
      await this.#say(
        `insert into ${named(table)} overriding system value select * from kept.${named(table)}`,
      )
    this.jobs = new WatchedJobs()
    for (const job of this.#keptJobs) this.jobs.put(job)
    await this.open()
    return true
  }

  async close(): Promise<void> {
    await this.#opened?.close()
  }

  async #say(statement: string): Promise<void> {
    await this.#connected.pool.query(statement)
  }

  /** Virtual time stands still while a question is under way. */
  #counting(store: Store): Store {
    const counted = async <T>(question: Promise<T>): Promise<T> => {
      this.#asked += 1
      try {
        return await question
      } finally {
        this.#asked -= 1
        this.#answered.resolve()
        this.#answered = Promise.withResolvers<void>()
      }
    }
    return new Proxy(store, {
      get(target, name: keyof Store) {
        const method = target[name]
        if (unasked.has(name)) return method
        return (...args: unknown[]) => counted((method as (...args: unknown[]) => Promise<unknown>)(...args))
      },
    })
  }
}

/** What asks the database nothing that would be waited for. */
const unasked: ReadonlySet<keyof Store> = new Set(['onCommit', 'tellHubs', 'onTold', 'close'])

const named = (table: string): string => `"${table}"`
const all = (tables: readonly string[]): string => tables.map(named).join(', ')
