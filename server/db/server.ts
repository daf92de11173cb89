import { createHash, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Account, accountForDatabase, canReach } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, initialise, isMade } from './cluster.ts'
import { freePort, start, TryAgain } from './launch.ts'
import { adopt, handle } from './running.ts'
import { codeOf } from './trouble.ts'

/**
 * The hub's own PostgreSQL, in its data folder, on the loopback only.
 *
 *   FOLDER/password   generated, readable by the hub's user alone
 *   FOLDER/cluster    the database (FOLDER/place names another folder when root's PostgreSQL cannot reach this one)
 *   FOLDER/owner      the process that stops the server when it ends
 *   FOLDER/log
 *
 * A hub that was killed leaves its server running. The next one finds it by postmaster.pid, proves by the password that it
 * is ours, and goes on with it. A command beside a running hub does the same and leaves the server alone when it ends.
 */
export interface OwnServer {
  url: string
  /** Leaves it to other processes of ours that are connected, unless forced. */
  stop(force?: boolean): Promise<void>
}

export interface ServerOptions {
  folder: string
  /** False only in tests: no fsync, so a crash of the machine would ruin it. */
  durable?: boolean
}

const ATTEMPTS = 8
/** Where root's PostgreSQL finds what it cannot reach otherwise. */
const SHELF = '/var/lib/skein-hub'

export async function startServer({ folder: given, durable = true }: ServerOptions): Promise<OwnServer> {
  const account = await accountForDatabase()
  mkdirSync(given, { recursive: true, mode: 0o711 })
  const folder = realpathSync(given)
  const place = placeOfCluster(folder, account)
  const cluster: Cluster = {
    folder,
    cluster: place,
    password: readPassword(folder),
    binaries: findBinaries(account, SHELF),
    account,
    durable,
  }
  if (!isMade(cluster)) await initialise(cluster)
  for (let attempt = 1; ; attempt++) {
    const running = await adopt(cluster)
    if (running) return running
    try {
      const port = await freePort()
      return await handle(cluster, { port, pid: await start(cluster, port) })
    } catch (error) {
      if (!(error instanceof TryAgain) || attempt === ATTEMPTS) throw error
      await pause(50 * attempt)
    }
  }
}

function placeOfCluster(folder: string, account: Account | null): string {
  const note = join(folder, 'place')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim()
  const cluster = join(folder, 'cluster')
  if (!account || canReach(cluster, account)) return cluster
  const elsewhere = join(SHELF, `cluster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  mkdirSync(SHELF, { recursive: true, mode: 0o755 })
  writeFileSync(note, `${elsewhere}\n`)
  return elsewhere
}

/** Written beside its place and linked there: of two that begin together nobody reads the other's half-written one. */
function readPassword(folder: string): string {
  const path = join(folder, 'password')
  if (!existsSync(path)) {
    const made = `${path}.${process.pid}`
    writeFileSync(made, randomBytes(24).toString('base64url'), { mode: 0o600 })
    try {
      linkSync(made, path)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    } finally {
      rmSync(made, { force: true })
    }
  }
  return readFileSync(path, 'utf8')
}
