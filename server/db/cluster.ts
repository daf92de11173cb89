import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, give } from './account.ts'
import type { Binaries } from './binaries.ts'
import { codeOf, troubleFrom } from './trouble.ts'

/** A folder with a PostgreSQL database in it, and what it takes to start it. */
export interface Cluster {
  /** The hub's folder around it: password, owner, log. */
  folder: string
  /** PostgreSQL's own folder. */
  cluster: string
  password: string
  binaries: Binaries
  account: Account | null
  durable: boolean
}

export const USER = 'skein'
export const DATABASE = 'skein'

export const urlOf = ({ password }: Cluster, port: number, database = 'postgres'): string =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`

export const isMade = ({ cluster }: Pick<Cluster, 'cluster'>): boolean =>
  existsSync(join(cluster, 'PG_VERSION'))

/** Made beside its place and then moved there: what is killed half-way is never taken for a database. */
export async function initialise({ binaries, cluster, account, password, durable }: Cluster): Promise<void> {
  const half = `${cluster}.${process.pid}.new`
  const secret = `${half}.password`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  give(half, account)
  try {
    writeFileSync(secret, password, { mode: 0o600 })
    give(secret, account)
    const { code, said } = await ran(
      spawn(
        binaries.initdb,
        [
          `--pgdata=${half}`,
          `--username=${USER}`,
          `--pwfile=${secret}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          ...(durable ? [] : ['--no-sync']),
        ],
        { ...account, cwd: '/', env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
      ),
    )
    if (code !== 0) throw troubleFrom(said, 'The database could not be made')
    try {
      renameSync(half, cluster)
    } catch (error) {
      // Another of us was first.
      if (!isMade({ cluster })) throw error
    }
  } finally {
    rmSync(secret, { force: true })
    rmSync(half, { recursive: true, force: true })
  }
}

async function ran(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (said += String(chunk)))
  return new Promise(done => {
    child.once('error', error => done({ code: null, said: said + error.message }))
    child.once('close', code => done({ code, said }))
  })
}

export const plainEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' })

/** What PostgreSQL notes about itself while it runs: its process, and its port once it has one. */
export function runningNote({ cluster }: Cluster): { pid: number; port: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), port: Number(port ?? 0) }
  } catch {
    return null
  }
}

export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Ended, but nobody asked how: usual in containers whose first process never does. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
