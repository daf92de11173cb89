/** Configuration and listen: the hub's parts on a data folder, for the commands and for `serve`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import type { Workspace } from '#shared/model/workspace.ts'
import { takeSeat } from './admin/seat.ts'
import { Sentence } from './admin/sentence.ts'
import { postgresVault } from './auth/postgres-vault.ts'
import { loadSecretKey, type Secrets, secretKeyPath, secretsFrom } from './auth/secrets.ts'
import type { Vault } from './auth/vault.ts'
import { type BlobStore, folderBlobs } from './blobs/blob-store.ts'
import { channels } from './channels/index.ts'
import { type Database, openDatabase } from './db/connection.ts'
import { createHub, type Hub } from './hub.ts'
import { pgBossJobs } from './jobs/pg-boss.ts'
import { type JobTable, postgresStore } from './store/postgres/store.ts'
import type { Store } from './store/store.ts'
import type { Log } from './sync/ground.ts'

export const uploadLimit = 25 * 1024 * 1024

/** A hub's data, opened: what commands and `serve` share. */
export interface Ground {
  data: string
  database: Database
  store: Store
  vault: Vault
  close(): Promise<void>
}

/** Commands change rows and never ask for a delivery; a job from here would be a mistake of ours. */
const noJobs: JobTable = {
  async insert() {
    throw new Error('a command of the administrator made a job')
  },
  committed() {},
}

/** Opens the database of a data folder: the hub's own, started or adopted, or the one DATABASE_URL names. */
export async function openGround(data: string, env: NodeJS.ProcessEnv = process.env): Promise<Ground> {
  const folder = resolve(data)
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const database = await openDatabase({ data: folder, url: env.DATABASE_URL })
  try {
    const store = await postgresStore({ database, jobs: noJobs })
    return {
      data: folder,
      database,
      store,
      vault: postgresVault(database.kysely),
      async close() {
        await store.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The workspace of this hub. Throws a Sentence before `init`. */
export async function workspaceOf({ store, data }: Ground): Promise<Workspace> {
  const [workspace] = await store.all('workspace')
  if (!workspace)
    throw new Sentence(
      `There is no workspace in ${data} yet: run "skein-hub init --data ${data} --admin EMAIL" first.`,
    )
  return workspace
}

/** The secrets of the workspace. Throws a Sentence when their key is missing. */
export async function secretsOf(
  workspaceId: string,
  create = false,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Secrets> {
  const key = await loadSecretKey(workspaceId, create, env)
  if (key) return secretsFrom(key)
  throw new Sentence(
    env.SKEIN_SECRET_KEY
      ? 'SKEIN_SECRET_KEY must be 32 bytes, written in base64 or hexadecimal.'
      : `The key of this hub's secrets is missing: put it back at ${secretKeyPath(workspaceId, env)}, or set SKEIN_SECRET_KEY.`,
  )
}

/** The blobs of a data folder; nobody else may be using their half-written files. */
export const blobsOf = (data: string): Promise<BlobStore> => folderBlobs(join(data, 'blobs'), uuidv7)

export interface ServeOptions {
  data: string
  host?: string
  port: number
  smtpPort: number
  env?: NodeJS.ProcessEnv
  log?: Log
}

export interface Serving {
  hub: Hub
  ground: Ground
  close(): Promise<void>
}

/** Serves a data folder until closed. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { env = process.env, port, smtpPort } = options
  const log = options.log ?? hubLog(env)
  const ground = await openGround(options.data, env)
  const closing: (() => Promise<void>)[] = [() => ground.close()]
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const workspace = await workspaceOf(ground)
    const secrets = await secretsOf(workspace.id, false, env)
    const seat = await takeSeat(ground.database.url)
    closing.push(() => seat.leave())
    if (!seat.alone && !env.DATABASE_URL) throw new Sentence(`A hub is serving ${ground.data} already.`)

    const onError = (error: unknown) =>
      log.error({ error: String(error) }, 'a job failed; it will be tried again')
    const jobs = await pgBossJobs({ database: ground.database, alone: seat.alone, onError })
    const store = await postgresStore({ database: ground.database, jobs: jobs.table })
    closing.push(() => store.close())
    const hub = await createHub({
      store,
      jobs,
      vault: ground.vault,
      secrets,
      blobs: await blobsOf(ground.data),
      uploads: join(ground.data, 'uploads'),
      channels,
      now: Date.now,
      newId: uuidv7,
      log,
      config: {
        host: options.host ?? '127.0.0.1',
        port,
        smtpPort,
        uploadLimit: limitOf(env),
        version: await version(),
      },
    })
    closing.push(() => hub.close())
    const note = servingNote(ground.data)
    await writeFile(note, JSON.stringify({ pid: process.pid, url: hub.url, smtp: hub.smtp }), { mode: 0o600 })
    closing.push(() => rm(note, { force: true }))
    log.info({ url: hub.url, smtp: hub.smtp }, 'serving')
    return { hub, ground, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where a serving hub says how it is reached; used by `skein-hub status`. */
export const servingNote = (data: string): string => join(data, 'serving.json')

function limitOf(env: NodeJS.ProcessEnv): number {
  const megabytes = Number(env.SKEIN_UPLOAD_MB ?? '')
  return megabytes > 0 ? Math.floor(megabytes * 1024 * 1024) : uploadLimit
}

async function version(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** To stderr, one JSON line each; ids and kinds only. */
export function hubLog(env: NodeJS.ProcessEnv): Log {
  return pino({ level: env.SKEIN_LOG ?? 'info', base: null }, pino.destination({ dest: 2, sync: false }))
}
