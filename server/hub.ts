/**
 * The hub, put together from its parts. Everything that differs between production, tests and simulation is handed in.
 */
import fastify from 'fastify'
import type { Id } from '#shared/model/base.ts'
import { answerErrors } from './api/answers.ts'
import { addRoutes } from './api/routes.ts'
import type { Secrets } from './auth/secrets.ts'
import { type Auth, createAuth } from './auth/sign-in.ts'
import type { Vault } from './auth/vault.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { createUploads } from './blobs/uploads.ts'
import type { Channel } from './channels/channel.ts'
import { after } from './effects/after.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Store } from './store/store.ts'
import { openGateway } from './sync/gateway.ts'
import type { Log, Scheduler } from './sync/ground.ts'
import type { SessionLimits } from './sync/session.ts'
import { createSessions } from './sync/sessions.ts'

export interface HubDeps {
  store: Store
  jobs: Jobs
  vault: Vault
  secrets: Secrets
  blobs: BlobStore
  /** Folder of uploads under way, on the disk of the blobs. */
  uploads: string
  channels: ReadonlyMap<string, Channel>
  now(): number
  newId(): Id
  log: Log
  config: HubConfig
}

export interface HubConfig {
  /** TLS is the business of a proxy before it; without one the hub listens on the loopback. */
  host: string
  /** 0 picks a free one. */
  port: number
  smtpPort: number
  /** Bytes of one attachment. */
  uploadLimit: number
  version: string
  /** Milliseconds before each further attempt to deliver; after the last one a person decides. */
  retryAfter?: readonly number[]
  session?: Partial<SessionLimits>
}

export interface Hub {
  url: string
  auth: Auth
  /** Desks connected now. */
  desks(): number
  close(): Promise<void>
}

/** Rejects when it cannot start: a port is taken, a folder cannot be written. */
export async function createHub(deps: HubDeps): Promise<Hub> {
  const { store, now, log, config } = deps
  const scheduler: Scheduler = {
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  }
  const sessions = createSessions({
    store,
    now,
    after,
    log,
    scheduler,
    ...(config.session ? { limits: config.session } : {}),
  })
  const auth = createAuth({
    ...deps,
    onDeviceEnd: (deviceId, reason) => sessions.endDevice(deviceId, reason),
  })
  const uploads = await createUploads({ ...deps, folder: deps.uploads, limit: config.uploadLimit })

  const app = fastify({ bodyLimit: 100_000, trustProxy: 'loopback', forceCloseConnections: true })
  answerErrors(app, log)
  addRoutes(app, { ...deps, auth, uploads, version: config.version })
  const gateway = openGateway(app.server, { auth, sessions, now, log })
  const url = await app.listen({ host: config.host, port: config.port })

  return {
    url,
    auth,
    desks: () => sessions.count,
    async close() {
      await sessions.close()
      await gateway.close()
      await app.close()
      await deps.jobs.stop()
    },
  }
}
