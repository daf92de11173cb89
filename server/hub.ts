/**
 * The hub, put together from its parts. Everything that differs between production, tests and simulation is handed in.
 */
import { isDeepStrictEqual } from 'node:util'
import fastify from 'fastify'
import type { Id } from '#shared/model/base.ts'
import { key } from '#shared/model/row.ts'
import { answerErrors } from './api/answers.ts'
import { addConnectorRoutes, type ConnectorRouteDeps } from './api/connectors.ts'
import { addDoors, openDoors } from './api/doors.ts'
import { addErasureRoutes } from './api/erasure.ts'
import { addImageRoutes, type ImageRouteDeps } from './api/images.ts'
import { addImportRoutes } from './api/import.ts'
import { addInboxRoutes, type InboxRouteDeps } from './api/inboxes.ts'
import { addRoutes } from './api/routes.ts'
import type { Secrets } from './auth/secrets.ts'
import { type Auth, createAuth } from './auth/sign-in.ts'
import type { Vault } from './auth/vault.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { createUploads } from './blobs/uploads.ts'
import type { Channel, Receiver } from './channels/channel.ts'
import { openThreads } from './chat/threads.ts'
import { after } from './effects/after.ts'
import { deliverJob } from './effects/deliver.ts'
import { fileJob } from './effects/file.ts'
import { scrubJob } from './effects/scrub.ts'
import { transcriptJob } from './effects/transcript.ts'
import { wakeJob } from './effects/wake.ts'
import { type Ledger, memoryLedger } from './erasure/ledger.ts'
import { again, replayLedger } from './erasure/replay.ts'
import type { Scrubbed } from './erasure/scrub.ts'
import type { Held } from './held/held.ts'
import { memoryStaging } from './import/memory.ts'
import type { Staging } from './import/staging.ts'
import { receiveHost } from './inbound/deliver.ts'
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
  /** Leases and notes of held connections (S20); without it no channel holds any. */
  held?: Held | undefined
  /** Where imports wait until they are put in; without it, in memory. */
  staging?: Staging | undefined
  /** Who was erased, outside the database (I9). Without it only the database knows, as a test's may. */
  ledger?: Ledger
  /** Takes from the database what it keeps of rows that are gone. */
  scrub?(): Promise<Scrubbed>
  now(): number
  newId(): Id
  log: Log
  config: HubConfig
  /** For tests: where pictures may come from, who keeps which mailbox. */
  imageReach?: ImageRouteDeps['imageReach']
  providers?: InboxRouteDeps['providers']
  /** Where connections to other systems may lead besides the public internet; and, for tests, which systems there are. */
  connectAllowed?: ConnectorRouteDeps['connectAllowed']
  connectors?: ConnectorRouteDeps['connectors']
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
  /** Where mail is taken in. */
  smtp: number | null
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
  const erasing = { ...deps, ledger: deps.ledger ?? memoryLedger() }
  const sessions = createSessions({
    erasuresTold: async told => void (await again(erasing, told)),
    store,
    now,
    newId: deps.newId,
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

  const app = fastify({
    bodyLimit: 100_000,
    forceCloseConnections: true,
    // An attachment over a slow line takes its time; a connection that says nothing does not get it.
    requestTimeout: 900_000,
    connectionTimeout: 120_000,
  })
  answerErrors(app, log)
  addRoutes(app, { ...deps, auth, uploads, version: config.version, desks: () => sessions.count })
  addInboxRoutes(app, { ...deps, auth })
  addImageRoutes(app, { ...deps, auth })
  addConnectorRoutes(app, { ...deps, auth })
  addErasureRoutes(app, { ...erasing, auth })
  const staging = deps.staging ?? memoryStaging()
  addImportRoutes(app, { ...deps, auth, staging })
  const receivers = new Map<string, Receiver>()
  const doorOf = (channel: string) => receivers.get(channel)?.door
  addDoors(app, doorOf)
  const gateway = openGateway(app.server, { auth, sessions, now, log })
  const doors = openDoors(app.server, doorOf)
  const threads = openThreads({
    store,
    now,
    log,
    blobs: deps.blobs,
    newId: deps.newId,
    presence: sessions.presence,
    attended: stream => sessions.attended(stream),
  })

  const close = async (): Promise<void> => {
    await Promise.all([...receivers.values()].map(receiver => receiver.close()))
    threads.close()
    doors.close()
    await sessions.close()
    await gateway.close()
    await app.close()
    await deps.jobs.stop()
  }
  try {
    await addManifests(store, deps.channels)
    await replayLedger(erasing)
    const url = await app.listen({ host: config.host, port: config.port })
    for (const [id, channel] of deps.channels)
      receivers.set(
        id,
        await channel.receive(receiveHost(deps, channel), {
          listen: { host: config.host, port: config.smtpPort },
          threads,
        }),
      )
    await deps.jobs.work('deliver', deliverJob({ ...deps, retryAfter: config.retryAfter }))
    await deps.jobs.work('wake', wakeJob(deps))
    await deps.jobs.work('file', fileJob(deps))
    await deps.jobs.work('transcript', transcriptJob(deps))
    const scrub = scrubJob(deps)
    // What waits to be put in may name who was erased (I9).
    await deps.jobs.work('scrub', async job => {
      await staging.emptyAll()
      await scrub(job)
    })
    return {
      url,
      smtp: receivers.get('email')?.address?.port ?? null,
      auth,
      desks: () => sessions.count,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What the channels can do travels to the desks as rows. */
async function addManifests(store: Store, channels: ReadonlyMap<string, Channel>): Promise<void> {
  await store.write(async tx => {
    const manifests = [...channels.values()].map(({ manifest }) => manifest)
    await tx.load(manifests.map(({ id }) => key('channel', id)))
    for (const manifest of manifests)
      if (!isDeepStrictEqual(tx.get('channel', manifest.id), manifest)) tx.put('channel', manifest)
  })
}
