import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { startServer } from './server.ts'

/** The hub's database, migrated. `pool` for statements that must be fast, `kysely` for all others; same connections. */
export interface Database {
  url: string
  pool: pg.Pool
  kysely: Kysely<Schema>
  /** Also stops the server, if it is the hub's own. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** The hub's data folder; its own server lives in `postgres` inside. */
  data: string
  /** A PostgreSQL of one's own instead (DATABASE_URL). */
  url?: string | undefined
  connections?: number
}

export async function openDatabase({ data, url, connections }: DatabaseOptions): Promise<Database> {
  const own = url ? null : await startServer({ folder: `${data}/postgres` })
  try {
    const database = await connect(url ?? (own?.url as string), connections)
    return {
      ...database,
      async close() {
        await database.close()
        await own?.stop()
      },
    }
  } catch (error) {
    await own?.stop()
    throw error
  }
}

/**
 * After so long a database that says nothing is taken to be gone, and with it the connection: a path that dies without a word
 * would otherwise hold every connection of a hub until TCP gives up, a quarter of an hour later. Milliseconds.
 */
export const SILENT_FOR = 25_000

/** Connects to a database and brings it to this version of the code. */
export async function connect(url: string, connections = 20): Promise<Database> {
  await migrated(url)
  const pool = new pg.Pool({
    ...connectionConfig(url),
    max: connections,
    connectionTimeoutMillis: 15_000,
    query_timeout: SILENT_FOR,
    // What is asked without waiting for the answer before it goes down the wire at once; see store/postgres/session.ts.
    pipeline: true,
  })
  // A connection that breaks while nobody uses it is simply replaced.
  pool.on('error', () => undefined)
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    url,
    pool,
    kysely,
    async close() {
      // Kysely ends the pool only if it was ever asked something.
      await kysely.destroy()
      if (!pool.ending) await pool.end()
    },
  }
}

/** On a connection of its own: a step may take long, and waits for another hub that is at it. */
async function migrated(url: string): Promise<void> {
  const pool = new pg.Pool({ ...connectionConfig(url), max: 1, connectionTimeoutMillis: 15_000 })
  pool.on('error', () => undefined)
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(kysely)
  } finally {
    await kysely.destroy()
  }
}

const INT8 = 20

/** Says to other processes of ours on this machine that we are connected; see running.ts. */
export const applicationName = `skein-hub ${process.pid}`

/** How every connection of the hub reads: 64-bit integers are numbers here; versions and times stay far below 2^53. */
export const connectionConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: applicationName,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // The database lets go of what a hub held that went away in the middle, before the other hubs have waited long.
  idle_in_transaction_session_timeout: 5_000,
  types: {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  },
})
