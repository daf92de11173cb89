import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cluster, plainEnvironment } from './cluster.ts'
import { PATIENCE, probe } from './probe.ts'
import { DatabaseTrouble, isPortTaken, troubleFrom } from './trouble.ts'

/** Somebody took the port, or another process starts the same server: look again. */
export class TryAgain extends DatabaseTrouble {}

/** Starts the server of a cluster on a port of the loopback; answers its process once it answers itself. */
export async function start(cluster: Cluster, port: number): Promise<number> {
  const { folder, account } = cluster
  const log = openLog(join(folder, 'log'))
  // Detached: a Ctrl-C in the terminal is for the hub, which then stops the database when it has done its last writing.
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.cluster, ...settings(port, cluster.durable)],
    {
      ...account,
      cwd: '/',
      env: plainEnvironment(),
      stdio: ['ignore', log.file, log.file],
      detached: true,
    },
  )
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  child.unref()
  closeSync(log.file)

  const limit = Date.now() + PATIENCE
  while (!ended) {
    if ((await probe(cluster, port)) === 'ours') return child.pid ?? 0
    if (Date.now() > limit) {
      child.kill('SIGINT')
      throw new DatabaseTrouble(`The database does not answer. Its log: ${log.path}`)
    }
    await pause(25)
  }
  const said = readFileSync(log.path, 'utf8').slice(log.from)
  if (isPortTaken(said)) throw new TryAgain('No port of the loopback could be had for the database.')
  // "is empty": the other one has made the file and not yet written into it.
  if (/lock file ".*" (already exists|is empty)/.test(said))
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

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}
