import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Account, accountForDatabase, canReach, give } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { codeOf, DatabaseTrouble, isPortTaken, troubleFrom } from './trouble.ts'

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
  stop(): Promise<void>
}

export interface ServerOptions {
  folder: string
  /** False only in tests: no fsync, so a crash of the machine would ruin it. */
  durable?: boolean
}

const USER = 'skein'
const DATABASE = 'skein'
const PATIENCE = 120_000
const ATTEMPTS = 8
/** Where root's PostgreSQL finds what it cannot reach otherwise. */
const SHELF = '/var/lib/skein-hub'

export async function startServer({ folder: given, durable = true }: ServerOptions): Promise<OwnServer> {
  const folder = resolve(given)
  const account = await accountForDatabase()
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const cluster = placeOfCluster(folder, account)
  if (account && cluster.startsWith(SHELF)) mkdirSync(SHELF, { recursive: true, mode: 0o755 })
  const binaries = findBinaries(account, SHELF)
  const password = readPassword(folder)
  if (!existsSync(join(cluster, 'PG_VERSION')))
    await initialise({ binaries, cluster, account, password, durable })

  for (let attempt = 1; ; attempt++) {
    const running = await adopt({ folder, cluster, password })
    if (running) return running
    try {
      return await launch({ binaries, folder, cluster, account, password, durable })
    } catch (error) {
      // Somebody took the port, or another process started the same server: look again.
      if (!(error instanceof TryAgain) || attempt === ATTEMPTS) throw error
      await pause(50 * attempt)
    }
  }
}

class TryAgain extends DatabaseTrouble {}

interface Place {
  folder: string
  cluster: string
  password: string
}

function placeOfCluster(folder: string, account: Account | null): string {
  const note = join(folder, 'place')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim()
  const cluster = join(folder, 'cluster')
  if (!account || canReach(cluster, account)) return cluster
  const elsewhere = join(SHELF, `cluster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  writeFileSync(note, `${elsewhere}\n`)
  return elsewhere
}

function readPassword(folder: string): string {
  const path = join(folder, 'password')
  try {
    writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8')
}

interface Cluster {
  binaries: Binaries
  cluster: string
  account: Account | null
  password: string
  durable: boolean
}

/** Made beside its place and then moved there: what is killed half-way is never taken for a database. */
async function initialise({ binaries, cluster, account, password, durable }: Cluster): Promise<void> {
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
    if (!existsSync(join(cluster, 'PG_VERSION'))) renameSync(half, cluster)
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

const plainEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' })

/** The server of this cluster that runs already, if there is one. One that does not answer is waited for. */
async function adopt(place: Place): Promise<OwnServer | null> {
  const limit = Date.now() + PATIENCE
  while (Date.now() < limit) {
    const noted = readNote(place.cluster)
    if (!noted || !isAlive(noted.pid)) return null
    if (noted.port > 0) {
      const answer = await probe(urlOf(place.password, noted.port), place.cluster)
      if (answer === 'ours') return handle(place, noted.pid, noted.port)
      // The number in the note belongs to another program by now: the note is left from before a restart.
      if (answer === 'not-ours') return null
    }
    await pause(50)
  }
  throw new DatabaseTrouble('The database of this data folder is running and does not answer.')
}

function readNote(cluster: string): { pid: number; port: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), port: Number(port ?? 0) }
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
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

async function probe(url: string, cluster: string): Promise<'ours' | 'not-ours' | 'no-answer'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') folder`)
    return rows[0]?.folder === cluster.replaceAll('\\', '/') ? 'ours' : 'not-ours'
  } catch (error) {
    // Starting, stopping, or gone a moment ago.
    if (/^(57P0\d|ECONN\w+)$/.test(codeOf(error))) return 'no-answer'
    return codeOf(error) === '' ? 'no-answer' : 'not-ours'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function launch({
  binaries,
  folder,
  cluster,
  account,
  password,
  durable,
}: Cluster & Place): Promise<OwnServer> {
  const port = await freePort()
  const log = openLog(join(folder, 'log'))
  // Detached: a Ctrl-C in the terminal is for the hub, which then stops the database when it has done its last writing.
  const child = spawn(binaries.postgres, ['-D', cluster, ...settings(port, durable)], {
    ...account,
    cwd: '/',
    env: plainEnvironment(),
    stdio: ['ignore', log.file, log.file],
    detached: true,
  })
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  child.unref()
  closeSync(log.file)

  const url = urlOf(password, port)
  const limit = Date.now() + PATIENCE
  while (!ended) {
    if ((await probe(url, cluster)) === 'ours') {
      writeFileSync(join(folder, 'owner'), `${process.pid}\n`)
      await makeDatabase(url)
      return handle({ folder, cluster, password }, child.pid ?? 0, port)
    }
    if (Date.now() > limit) {
      child.kill('SIGINT')
      throw new DatabaseTrouble(`The database does not answer. Its log: ${log.path}`)
    }
    await pause(25)
  }
  const said = readFileSync(log.path, 'utf8').slice(log.from)
  if (isPortTaken(said)) throw new TryAgain('No port of the loopback could be had for the database.')
  if (/lock file ".*" already exists/.test(said))
    throw new TryAgain('The database is being started elsewhere.')
  throw troubleFrom(said, 'The database did not start')
}

function openLog(path: string): { path: string; file: number; from: number } {
  const size = existsSync(path) ? statSync(path).size : 0
  const keep = size < 5_000_000
  return { path, file: openSync(path, keep ? 'a' : 'w', 0o600), from: keep ? size : 0 }
}

function settings(port: number, durable: boolean): string[] {
  const megabytes = Math.floor(Math.min(1024, Math.max(64, totalmem() / 8 / 1024 ** 2)))
  const common = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: `${megabytes}MB`,
    wal_compression: 'on',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,
    jit: 'off',
    // Two transactions that wait for each other are repeated by us; no reason to let them wait long (S3).
    deadlock_timeout: '100ms',
    idle_in_transaction_session_timeout: '60s',
    log_min_messages: 'warning',
    // Errors are told where they happen; a statement's text may hold what customers write.
    log_min_error_statement: 'panic',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  }
  return Object.entries(common).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

const urlOf = (password: string, port: number, database = 'postgres'): string =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error
  } finally {
    await client.end()
  }
}

/** The owner stops the server; when the owner is gone, whoever came next is the owner. */
async function handle(place: Place, pid: number, port: number): Promise<OwnServer> {
  const note = join(place.folder, 'owner')
  const owner = existsSync(note) ? Number(readFileSync(note, 'utf8')) : 0
  const mine = owner === process.pid || !isAlive(owner)
  if (mine) writeFileSync(note, `${process.pid}\n`)
  await makeDatabase(urlOf(place.password, port))
  return {
    url: urlOf(place.password, port, DATABASE),
    async stop() {
      if (!mine) return
      await stop(pid)
      rmSync(note, { force: true })
    },
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
