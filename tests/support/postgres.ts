import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'
import { isAlive } from '../../server/db/cluster.ts'
import { connect, type Database } from '../../server/db/connection.ts'

/**
 * Databases for tests. One PostgreSQL per test run, started by whoever needs it first and watched by a process of its own
 * (postgres-keeper.ts), which stops it and removes its folder as soon as the run has ended, however it ended. Each
 * database is a copy of a migrated template. No fsync here: tests of crashes start a server of their own
 * (`startServer` of server/db/server.ts, which is durable unless told otherwise).
 */
export interface TestDatabase {
  url: string
  /** Opens it as the hub does. Closed by `drop` too. */
  open(): Promise<Database>
  drop(): Promise<void>
}

const PATIENCE = 120_000

export async function createTestDatabase(): Promise<TestDatabase> {
  const { admin, template } = await sharedServer()
  const name = `t_${randomBytes(6).toString('hex')}`
  await administer(admin, `create database ${name} template ${template} strategy file_copy`)
  const url = admin.replace(/\/[^/]*$/, `/${name}`)
  const opened: Database[] = []
  return {
    url,
    async open() {
      const database = await connect(url, 12)
      opened.push(database)
      return database
    },
    async drop() {
      for (const database of opened) await database.close().catch(() => undefined)
      await administer(admin, `drop database if exists ${name} with (force)`)
    },
  }
}

interface Shared {
  admin: string
  template: string
  keeper: number
}

/** The process whose end is the end of the run: vitest's own, not that of one of its workers. */
const runner = process.env.VITEST && isMainThread && process.send ? process.ppid : process.pid

async function sharedServer(): Promise<Shared> {
  const folder = join(tmpdir(), `skein-test-postgres-${runner}`)
  const note = join(folder, 'ready.json')
  const failure = join(folder, 'failure')
  if (claim(folder)) {
    const keeper = spawn(
      process.execPath,
      [join(import.meta.dirname, 'postgres-keeper.ts'), folder, `${runner}`],
      {
        detached: true,
        stdio: 'ignore',
      },
    )
    keeper.unref()
  }
  for (const limit = Date.now() + PATIENCE; Date.now() < limit; await pause(20)) {
    if (existsSync(note)) {
      const shared = JSON.parse(readFileSync(note, 'utf8')) as Shared
      if (isAlive(shared.keeper)) return shared
      // Left by a run long ago whose process had our number, and whose keeper was killed.
      rmSync(folder, { recursive: true, force: true })
      return sharedServer()
    }
    if (existsSync(failure)) throw new Error(readFileSync(failure, 'utf8'))
  }
  throw new Error('the PostgreSQL of this test run did not come up')
}

/** Of the workers that ask at once, the one that makes the folder starts the server. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o711 })
    return true
  } catch {
    return false
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
