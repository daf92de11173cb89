import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../server/db/connection.ts'
import { memoryJobs } from '../../server/jobs/memory.ts'
import { type PgBossJobs, pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { NewJob, Store } from '../../server/store/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const deliver = (key: string, at = 0): NewJob => ({ kind: 'deliver', key, at })
const make = (store: Store, ...jobs: NewJob[]): Promise<void> =>
  store.write(async tx => {
    for (const job of jobs) tx.job(job)
  })

describe('jobs in PostgreSQL', () => {
  let made: TestDatabase
  let database: Database
  let jobs: PgBossJobs
  let store: Store
  const errors: unknown[] = []
  beforeEach(async () => {
    made = await createTestDatabase()
    database = await made.open()
    jobs = await pgBossJobs({ database, onError: error => errors.push(error) })
    store = await postgresStore({ database, jobs: jobs.table })
    errors.length = 0
  })
  afterEach(async () => {
    await store.close()
    await jobs.stop()
    await made.drop()
  })

  test('S17: a job reaches its handler once its transaction is committed', async () => {
    const seen: NewJob[] = []
    await jobs.work('deliver', async job => void seen.push(job))
    await make(store, deliver('item-1'), deliver('item-2'), { kind: 'wake', key: 'c1', at: 0 })
    await vi.waitFor(() => expect(seen).toHaveLength(2), 10_000)
    expect(seen.toSorted((a, b) => a.key.localeCompare(b.key))).toEqual([
      deliver('item-1'),
      deliver('item-2'),
    ])
    await vi.waitFor(async () =>
      expect(await jobs.counts()).toContainEqual({ kind: 'deliver', waiting: 0, active: 0 }),
    )
    expect(await jobs.counts()).toContainEqual({ kind: 'wake', waiting: 1, active: 0 })
  })

  test('a job for later waits', async () => {
    const seen: string[] = []
    await jobs.work('deliver', async ({ key }) => void seen.push(key))
    await make(store, deliver('later', Date.now() + 3_600_000), deliver('now'))
    await vi.waitFor(() => expect(seen).toEqual(['now']), 10_000)
    expect(await jobs.counts()).toContainEqual({ kind: 'deliver', waiting: 1, active: 0 })
  })

  test('a handler that makes its own job again gets it again, not at the same time', async () => {
    const seen: number[] = []
    await jobs.work('deliver', async ({ at }) => {
      seen.push(at)
      if (seen.length < 3) await make(store, deliver('item-1', at + 1))
    })
    await make(store, deliver('item-1', 1))
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]), 15_000)
  })

  test('a handler that throws sees its job again, and the others go on', async () => {
    const seen: string[] = []
    await jobs.work('deliver', async ({ key }) => {
      seen.push(key)
      if (key === 'bad' && seen.filter(other => other === 'bad').length === 1) throw new Error('secret words')
    })
    await make(store, deliver('bad'), deliver('good'))
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['bad', 'bad', 'good']), 20_000)
    expect(errors).toHaveLength(1)
    const { rows } = await database.pool.query('select output::text from jobs.job')
    expect(JSON.stringify(rows)).not.toContain('secret words')
  })

  test('what a dead hub had with a handler is seen again by the next', async () => {
    await make(store, deliver('item-1'))
    await database.pool.query(
      `update jobs.job set state = 'active', started_on = now(), heartbeat_on = now()`,
    )
    const next = await pgBossJobs({ database: await made.open(), alone: true })
    const seen: string[] = []
    await next.work('deliver', async ({ key }) => void seen.push(key))
    await vi.waitFor(() => expect(seen).toEqual(['item-1']), 10_000)
    await next.stop()
  })

  test('stopping waits for the handler under way', async () => {
    const entered = Promise.withResolvers<void>()
    const leave = Promise.withResolvers<void>()
    let done = false
    await jobs.work('deliver', async () => {
      entered.resolve()
      await leave.promise
      done = true
    })
    await make(store, deliver('item-1'))
    await entered.promise
    const stopped = jobs.stop()
    leave.resolve()
    await stopped
    expect(done).toBe(true)
    const { rows } = await database.pool.query(`select state from jobs.job where name = 'deliver'`)
    expect(rows).toEqual([{ state: 'completed' }])
  })
})

describe('jobs in memory', () => {
  test('run when they are due, in order of time, those they make included', async () => {
    const store = memoryStore()
    const jobs = memoryJobs(store.jobs)
    const seen: string[] = []
    await jobs.work('deliver', async ({ key, at }) => {
      seen.push(`${key}@${at}`)
      if (key === 'again' && at < 30) await make(store, deliver('again', at + 10))
    })
    await make(store, deliver('late', 20), deliver('early', 5), deliver('again', 10))
    expect(jobs.nextAt()).toBe(5)
    expect(await jobs.runDue(20)).toBe(4)
    expect(seen).toEqual(['early@5', 'again@10', 'late@20', 'again@20'])
    expect(jobs.nextAt()).toBe(30)
  })

  test('outlive a hub that dies over one', async () => {
    const store = memoryStore()
    const dying = memoryJobs(store.jobs)
    await dying.work('deliver', async () => {
      throw new Error('the hub died')
    })
    await make(store, deliver('item-1', 5))
    await expect(dying.runDue(5)).rejects.toThrow('the hub died')
    const next = memoryJobs(store.jobs)
    const seen: string[] = []
    await next.work('deliver', async ({ key }) => void seen.push(key))
    await next.runDue(5)
    expect(seen).toEqual(['item-1'])
    expect(await next.counts()).toContainEqual({ kind: 'deliver', waiting: 0, active: 0 })
  })
})
