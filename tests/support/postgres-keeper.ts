// Keeps the PostgreSQL of one test run: node postgres-keeper.ts FOLDER PID. See postgres.ts.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../../server/db/cluster.ts'
import { connect } from '../../server/db/connection.ts'
import { startServer } from '../../server/db/server.ts'
import { pgBossJobs } from '../../server/jobs/pg-boss.ts'

const [folder, runner] = [process.argv[2] as string, Number(process.argv[3])]

const runs = (): boolean => isAlive(runner)

try {
  const server = await startServer({ folder: join(folder, 'postgres'), durable: false })
  // The server's first database is the template: migrated, with the tables of the jobs, and nobody connected.
  const database = await connect(server.url, 2)
  const jobs = await pgBossJobs({ database })
  await jobs.stop()
  await database.close()
  const ready = { admin: server.url.replace(/\/[^/]*$/, '/postgres'), template: 'skein', keeper: process.pid }
  writeFileSync(join(folder, 'ready.tmp'), JSON.stringify(ready), { mode: 0o600 })
  renameSync(join(folder, 'ready.tmp'), join(folder, 'ready.json'))
  while (runs()) await pause(200)
  await server.stop(true)
  rmSync(folder, { recursive: true, force: true })
} catch (error) {
  writeFileSync(
    join(folder, 'failure'),
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  )
  while (runs()) await pause(200)
  rmSync(folder, { recursive: true, force: true })
}
