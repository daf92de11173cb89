/**
 * What a database keeps of rows that are gone: dead rows and the free space of pages, samples for its planner, its write-ahead log.
 * PostgreSQL takes none of it away by itself, so after an erasure the tables that had words are written anew, and the log is moved on
 * until the files that knew the old rows are removed (docs/erasure.md).
 */
import type pg from 'pg'
import type { Log } from '../sync/ground.ts'

/** Tables in which words of customers stand. */
const TABLES = ['"row"', 'row_name', 'outcome', 'import', 'import_row'] as const
/** Above this the writing anew, during which nobody else can write, waits for the night. Bytes. */
const LARGE = 1024 ** 3
const NIGHT = { from: 2, to: 5 }
/** SQLSTATE: this account may not; on a PostgreSQL of somebody else's that is usual. */
const NOT_ALLOWED = '42501'
/** Segments of the log that are passed over, at most: more are never kept for later. */
const MOST_SEGMENTS = 300

export type Scrubbed = 'done' | { again: number }

/** @returns `again`: it is too much for the day; when it should be done */
export async function scrub(pool: pg.Pool, now: Date, log: Log): Promise<Scrubbed> {
  const { rows } = await pool.query<{ size: number }>(
    `select pg_total_relation_size('"row"')::float8 as size`,
  )
  const wait = (rows[0]?.size ?? 0) > LARGE && (now.getHours() < NIGHT.from || now.getHours() >= NIGHT.to)
  for (const table of TABLES) await pool.query(`vacuum (${wait ? 'analyze' : 'full, analyze'}) ${table}`)
  if (wait) return { again: night(now) }
  try {
    await pool.query('vacuum full pg_statistic')
    await moveLogOn(pool)
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_ALLOWED) throw error
    log.warn(
      {},
      'this database account may not clean statistics and log: its keeper has to (docs/erasure.md)',
    )
  }
  return 'done'
}

function night(now: Date): number {
  const next = new Date(now)
  next.setHours(NIGHT.from, 0, 0, 0)
  if (next <= now) next.setDate(next.getDate() + 1)
  return next.getTime()
}

/**
 * Files of the log that are done with are usually kept under a later name, old words and all, until they are written over. For
 * this once they are removed instead; those kept before are used up, so that they are removed, too.
 */
async function moveLogOn(pool: pg.Pool): Promise<void> {
  const configure = async (text: string): Promise<void> => {
    await pool.query(text)
    await pool.query('select pg_reload_conf()')
  }
  await configure('alter system set wal_recycle = off')
  try {
    for (let step = 0; step < MOST_SEGMENTS; step++) {
      await pool.query(`select pg_logical_emit_message(false, 'skein', '')`)
      await pool.query('select pg_switch_wal()')
      const { rows } = await pool.query<{ more: boolean }>(
        'select exists (select from pg_ls_waldir() where name ~ $1 and name > pg_walfile_name(pg_current_wal_lsn())) as more',
        ['^[0-9A-F]{24}$'],
      )
      if (!rows[0]?.more) break
    }
    await pool.query('checkpoint')
  } finally {
    await configure('alter system reset wal_recycle')
  }
}
