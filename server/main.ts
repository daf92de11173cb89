/** The hub's data folder, opened: what every command stands on. `admin/serve.ts` listens on top of it. */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { Workspace } from '#shared/model/workspace.ts'
import { Sentence } from './admin/sentence.ts'
import { postgresVault } from './auth/postgres-vault.ts'
import { loadSecretKey, type Secrets, secretKeyPath, secretsFrom } from './auth/secrets.ts'
import type { Vault } from './auth/vault.ts'
import { type BlobStore, folderBlobs } from './blobs/blob-store.ts'
import { type Database, openDatabase } from './db/connection.ts'
import { type JobTable, postgresStore } from './store/postgres/store.ts'
import type { Store } from './store/store.ts'

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
  const database = await openDatabase({ data: folder, url: env.DATABASE_URL || undefined })
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

/** Where a serving hub says how it is reached; used by `skein-hub status`. */
export const servingNote = (data: string): string => join(data, 'serving.json')
