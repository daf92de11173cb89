import { pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { NewJob } from '../../server/store/store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { storeContract } from './store.ts'

storeContract('PostgreSQL', async () => {
  const made = await createTestDatabase()
  const database = await made.open()
  const jobs = await pgBossJobs({ database })
  const store = await postgresStore({ database, jobs: jobs.table })
  return {
    store,
    async jobs() {
      const { rows } = await database.pool.query<NewJob>(
        `select name as kind, data ->> 'key' as key, (data ->> 'at')::bigint as at from jobs.job order by name`,
      )
      return rows
    },
    async close() {
      await store.close()
      await jobs.stop()
      await made.drop()
    },
  }
})
