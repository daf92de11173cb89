/** A real hub (HTTP, socket, sign-in, uploads) on the store in memory: for tests that need no database. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { memoryVault } from '../../server/auth/memory-vault.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { folderBlobs } from '../../server/blobs/blob-store.ts'
import { channels } from '../../server/channels/index.ts'
import { createHub, type HubConfig, type HubDeps } from '../../server/hub.ts'
import { memoryJobs } from '../../server/jobs/memory.ts'
import { type MemoryStore, memoryStore } from '../../server/store/memory/store.ts'
import type { Transaction } from '../../server/store/store.ts'
import { silentLog } from '../../server/sync/ground.ts'

export const password = 'correct horse 电池 staple'

export interface MemoryHubOptions {
  /** Fills the workspace; see `server/sync/testing.ts` for rows to start from. */
  seed(tx: Transaction): Promise<void>
  /** Who can sign in, with `password`: agent ids by email address. */
  people: Record<string, string>
  store?: MemoryStore
  config?: Partial<HubConfig>
  deps?: Partial<HubDeps>
}

export async function startMemoryHub({
  seed,
  people,
  config,
  deps,
  store = memoryStore(),
}: MemoryHubOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'skein-memory-hub-'))
  await store.write(seed)
  const vault = memoryVault()
  const passwordHash = await hashPassword(password)
  for (const [email, agentId] of Object.entries(people))
    await vault.putCredential({ agentId, email, passwordHash })
  const jobs = memoryJobs(store.jobs)
  const hub = await createHub({
    store,
    jobs,
    vault,
    secrets: secretsFrom(new Uint8Array(32)),
    blobs: await folderBlobs(join(folder, 'blobs'), uuidv7),
    uploads: join(folder, 'uploads'),
    channels,
    now: Date.now,
    newId: uuidv7,
    log: silentLog,
    ...deps,
    config: {
      host: '127.0.0.1',
      port: 0,
      smtpPort: 0,
      uploadLimit: 25 * 1024 * 1024,
      version: 'test',
      ...config,
    },
  })
  return {
    ...hub,
    store,
    jobs,
    async close() {
      await hub.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
