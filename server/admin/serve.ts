/** Serves a data folder: configuration and listen. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { channels } from '../channels/index.ts'
import type { PostOffice } from '../demo/post-office.ts'
import type { Shop } from '../demo/shop.ts'
import { ledgerOf } from '../erasure/ledger.ts'
import { scrub } from '../erasure/scrub.ts'
import { postgresHeld } from '../held/postgres.ts'
import { createHub, type Hub } from '../hub.ts'
import { postgresStaging } from '../import/postgres.ts'
import { pgBossJobs } from '../jobs/pg-boss.ts'
import { blobsOf, type Ground, openGround, secretsOf, servingNote, workspaceOf } from '../main.ts'
import { type Allowed, allowedBy } from '../outward/allowed.ts'
import { postgresStore } from '../store/postgres/store.ts'
import type { Log } from '../sync/ground.ts'
import { takeSeat } from './seat.ts'
import { Sentence } from './sentence.ts'

const UPLOAD_LIMIT = 25 * 1024 * 1024

export interface ServeOptions {
  data: string
  host?: string
  port: number
  smtpPort: number
  /** The demonstration: its inboxes send to a post office of their own. */
  demo?: boolean
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

    const office = options.demo ? await demonstration(ground) : undefined
    if (office) closing.push(() => office.close())
    const shop = options.demo ? await demonstrationShop(ground) : undefined
    if (shop) closing.push(() => shop.close())
    const onError = (error: unknown) =>
      log.error({ error: String(error) }, 'a job failed; it will be tried again')
    const jobs = await pgBossJobs({ database: ground.database, alone: seat.alone, onError })
    const store = await postgresStore({ database: ground.database, jobs: jobs.table })
    closing.push(() => store.close())
    const held = postgresHeld(ground.database.kysely)
    // Alone: whoever held a mailbox died with it.
    if (seat.alone) await held.releaseAll()
    const hub = await createHub({
      store,
      jobs,
      held,
      ledger: ledgerOf(ground.data, workspace.id, env),
      scrub: () => scrub(ground.database.pool, new Date(), log),
      staging: postgresStaging(ground.database.kysely),
      vault: ground.vault,
      secrets,
      blobs: await blobsOf(ground.data),
      uploads: join(ground.data, 'uploads'),
      channels,
      now: Date.now,
      newId: uuidv7,
      log,
      connectAllowed: allowedFrom(env, shop?.address),
      config: {
        host: options.host ?? '127.0.0.1',
        port,
        smtpPort,
        uploadLimit: limitOf(env),
        version: await version(),
      },
    })
    closing.push(() => hub.close())
    if (office) {
      const { bringToLife, nextSeed } = await import('../demo/alive/alive.ts')
      const { url, smtp } = hub
      const seed = await nextSeed(ground.data)
      const life = await bringToLife({
        store,
        vault: ground.vault,
        secrets,
        log,
        url,
        smtp: smtp!,
        office,
        seed,
      })
      closing.push(() => life.close())
    }
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

/** Takes over the way out of every inbox, so it is for demonstrations only. */
async function demonstration(ground: Ground): Promise<PostOffice> {
  const real = (await ground.store.all('inbox')).find(
    ({ channel, address }) => channel === 'email' && !address.endsWith('.example'),
  )
  if (real)
    throw new Sentence(`--demo is for a demonstration workspace only: ${real.address} is a real address.`)
  const { openPostOffice } = await import('../demo/post-office.ts')
  return openPostOffice(ground)
}

async function demonstrationShop(ground: Ground): Promise<Shop> {
  const { openShop } = await import('../demo/shop.ts')
  return openShop(ground)
}

/** Private machines that connections may lead to, named by whoever runs this one. */
function allowedFrom(env: NodeJS.ProcessEnv, shop = ''): Allowed {
  try {
    return allowedBy(`${env.SKEIN_CONNECT_ALLOW ?? ''} ${shop}`)
  } catch (error) {
    throw new Sentence((error as Error).message)
  }
}

function limitOf(env: NodeJS.ProcessEnv): number {
  const megabytes = Number(env.SKEIN_UPLOAD_MB ?? '')
  return megabytes > 0 ? Math.floor(megabytes * 1024 * 1024) : UPLOAD_LIMIT
}

async function version(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** To stderr, one JSON line each; ids and kinds only. */
export function hubLog(env: NodeJS.ProcessEnv): Log {
  return pino({ level: env.SKEIN_LOG ?? 'info', base: null }, pino.destination({ dest: 2, sync: false }))
}
