import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, DATABASE, isAlive, runningNote, urlOf } from './cluster.ts'
import { applicationName, connectionConfig } from './connection.ts'
import { start } from './launch.ts'
import { PATIENCE, probe } from './probe.ts'
import type { OwnServer } from './server.ts'
import { codeOf, DatabaseTrouble } from './trouble.ts'

/** Milliseconds between looks at whether the server still runs. */
const LOOK = 1000

/** The server of this cluster that runs already, if there is one. One that does not answer yet is waited for. */
export async function adopt(cluster: Cluster): Promise<OwnServer | null> {
  const limit = Date.now() + PATIENCE
  while (Date.now() < limit) {
    const noted = runningNote(cluster)
    if (!noted || !isAlive(noted.pid)) return null
    if (noted.port > 0) {
      const answer = await probe(cluster, noted.port)
      if (answer === 'ours') return handle(cluster, noted)
      // The number in the note belongs to another program by now: the note is left from before a restart.
      if (answer === 'not-ours') return null
    }
    await pause(50)
  }
  throw new DatabaseTrouble('The database of this data folder is running and does not answer.')
}

/**
 * A running server. Its owner is the process that starts it again when it ended by itself (a full disk, a
 * kill): who started it, or, when that one is gone, who came next. Whoever leaves while others of us are connected leaves the
 * server, and its ownership, to them; the last one stops it.
 */
export async function handle(
  cluster: Cluster,
  { pid, port }: { pid: number; port: number },
): Promise<OwnServer> {
  const note = join(cluster.folder, 'owner')
  const mayOwn = (owner = ownerIn(note)): boolean => owner === process.pid || !isAlive(owner)
  if (mayOwn()) writeFileSync(note, `${process.pid}\n`)
  await makeDatabase(urlOf(cluster, port))

  let current = pid
  let stopping = false
  let reviving: Promise<void> | null = null
  const watch = setInterval(() => {
    if (stopping || reviving || isAlive(current) || !mayOwn()) return
    writeFileSync(note, `${process.pid}\n`)
    reviving = start(cluster, port)
      .then(started => {
        current = started
      })
      // The disk is still full, the port taken for a moment: looked at again.
      .catch(() => undefined)
      .finally(() => {
        reviving = null
      })
  }, LOOK)
  watch.unref()

  return {
    url: urlOf(cluster, port, DATABASE),
    async stop(force = false) {
      stopping = true
      clearInterval(watch)
      await reviving
      const last = force || !(await othersStay(urlOf(cluster, port)))
      if (last || mayOwn()) rmSync(note, { force: true })
      if (last) await stop(current)
    },
  }
}

function ownerIn(note: string): number {
  try {
    return Number(readFileSync(note, 'utf8'))
  } catch {
    return 0
  }
}

async function makeDatabase(url: string): Promise<void> {
  await asking(url, async client => {
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`create database ${DATABASE}`)
    } catch (error) {
      // Two of us at once.
      if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error
    }
  })
}

/** Whether other processes of ours are connected. */
const hasOthers = (url: string): Promise<boolean> =>
  asking(url, async client => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where application_name like 'skein-hub %' and application_name <> $1 limit 1`,
      [applicationName],
    )
    return (rowCount ?? 0) > 0
  }).catch(() => false)

const LOOKS = 6

/**
 * Whether others of us stay when we leave. Our own connections are closed by now. The server forgets a connection a moment
 * after its end, so two that leave at once may both still see the other: hence several looks.
 */
async function othersStay(url: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (!(await hasOthers(url))) return false
    await pause(100)
  }
  return true
}

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionConfig(url))
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** SIGINT: ends the sessions, writes a checkpoint, and is done. */
async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const limit = Date.now() + PATIENCE
  while (isAlive(pid)) {
    if (Date.now() > limit) throw new DatabaseTrouble('The database did not stop.')
    await pause(20)
  }
}
