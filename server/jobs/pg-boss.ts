import type pg from 'pg'
import { type Job, PgBoss } from 'pg-boss'
import type { Database } from '../db/connection.ts'
import type { JobTable } from '../store/postgres/store.ts'
import type { NewJob } from '../store/store.ts'
import { type JobCounts, type JobKind, type Jobs, jobKinds } from './jobs.ts'

export interface PgBossJobs extends Jobs {
  /** How the store makes jobs within its transactions. */
  readonly table: JobTable
}

export interface PgBossOptions {
  database: Database
  /**
   * No other hub works on this database, so what is with a handler now was left by one that died: seen again at once.
   * Otherwise that takes until its sign of life is missed.
   */
  alone?: boolean
  /** Errors of handlers and of the machinery, for the log. */
  onError?: (error: unknown) => void
}

const SCHEMA = 'jobs'
const SECONDS = { day: 86_400, hour: 3600 }

const queue = {
  // One waiting job of a key is kept by `insert` below, which must be able to replace it.
  policy: 'standard',
  // The handler decides about retries. What throws is a bug or a database that is away: tried until it passes.
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 10,
  expireInSeconds: SECONDS.hour,
  retentionSeconds: 3650 * SECONDS.day,
  deleteAfterSeconds: SECONDS.hour,
} as const

/** Looking for jobs is for those of later and of other hubs; one made here wakes the workers at once. */
const work = {
  batchSize: 5,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 1,
  perJobResults: true,
} as const
/** A slow mail server holds up one worker and its batch, not the others. */
const WORKERS: Record<JobKind, number> = { deliver: 4, wake: 1, file: 1, transcript: 1, scrub: 1 }

/** Any number. */
const MAKING = 7_305_746_128

/** Hubs that begin together would trip over each other's half-made tables. */
async function oneAfterTheOther(pool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MAKING])
    await work()
    await client.query('select pg_advisory_unlock($1)', [MAKING])
    client.release()
  } catch (error) {
    // A connection that ends lets go of its locks.
    client.release(true)
    throw error
  }
}

/** Jobs in the hub's database by pg-boss, in a schema of their own, on the hub's own connections. */
export async function pgBossJobs({ database, alone = false, onError }: PgBossOptions): Promise<PgBossJobs> {
  const { pool } = database
  const boss = new PgBoss({
    schema: SCHEMA,
    db: { executeSql: (text, values) => pool.query(text, values) },
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', error => onError?.(error))
  await oneAfterTheOther(pool, async () => {
    await boss.start()
    for (const kind of jobKinds) await boss.createQueue(kind, queue)
  })
  if (alone) {
    await pool.query(
      `update ${SCHEMA}.job set state = 'retry', start_after = now(), heartbeat_on = null
       where name = any ($1) and state = 'active'`,
      [jobKinds],
    )
  }
  const workers: { kind: JobKind; id: string }[] = []

  async function insert(
    made: readonly NewJob[],
    run: (text: string, values?: unknown[]) => Promise<pg.QueryResult>,
  ): Promise<void> {
    const last = new Map(made.map(job => [`${job.kind} ${job.key}`, job]))
    for (const kind of jobKinds) {
      const jobs = [...last.values()].filter(job => job.kind === kind)
      if (jobs.length === 0) continue
      await run(
        `delete from ${SCHEMA}.job where name = $1 and singleton_key = any ($2) and state < 'active'`,
        [kind, jobs.map(({ key }) => key)],
      )
      await boss.insert(
        kind,
        jobs.map(({ key, at }) => ({ data: { key, at }, singletonKey: key, startAfter: new Date(at) })),
        { db: { executeSql: run } },
      )
    }
  }

  function committed(made: readonly NewJob[]): void {
    const now = Date.now()
    for (const { kind, id } of workers) {
      if (made.some(job => job.kind === kind && job.at <= now)) boss.notifyWorker(id)
    }
  }

  return {
    table: { insert, committed },
    async work(kind, handler) {
      const answer = async (job: Job<{ key: string; at: number }>) => {
        try {
          await handler({ kind, key: job.data.key, at: job.data.at })
          return { id: job.id, status: 'completed' as const }
        } catch (error) {
          onError?.(error)
          // What went wrong is for the log; it may quote content, which a job must not keep (I9).
          return {
            id: job.id,
            status: 'failed' as const,
            output: { name: error instanceof Error ? error.name : '' },
          }
        }
      }
      for (let index = 0; index < WORKERS[kind]; index++) {
        const id = await boss.work<{ key: string; at: number }, unknown, typeof work>(kind, work, jobs =>
          Promise.all(jobs.map(answer)),
        )
        workers.push({ kind, id })
      }
    },
    async counts() {
      const { rows } = await pool.query<JobCounts>(
        `select u.kind, count(*) filter (where j.state < 'active') as waiting,
           count(*) filter (where j.state = 'active') as active
         from unnest($1::text[]) as u (kind) left join ${SCHEMA}.job j on j.name = u.kind
         group by u.kind order by u.kind`,
        [jobKinds],
      )
      return rows
    },
    async stop() {
      workers.length = 0
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
