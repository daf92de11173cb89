/**
 * The real hub on its own, durable PostgreSQL, in a process of its own: node hub-process.ts '{"items":…}'. Says
 * `{ready, url, rows}` to its parent and then does what it is asked. Ends with its parent.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { type Doc, key, type Row } from '#shared/model/row.ts'
import { inboxStream, type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { postgresVault } from '../../server/auth/postgres-vault.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import { signAccess } from '../../server/auth/tokens.ts'
import { folderBlobs } from '../../server/blobs/blob-store.ts'
import { channels } from '../../server/channels/index.ts'
import { openDatabase } from '../../server/db/connection.ts'
import { createHub } from '../../server/hub.ts'
import { pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import { silentLog } from '../../server/sync/ground.ts'
import { loadCorpus } from './corpus.ts'
import { rows, smallRows } from './data.ts'
import { type Asked, type Contents, type HubOptions, password, type Ticket, type Usage } from './hub.ts'
import { processorSeconds } from './processor.ts'
import { teamRows } from './team.ts'

const options = JSON.parse(process.argv[2]!) as HubOptions
const folder = mkdtempSync(join(tmpdir(), 'skein-bench-hub-'))
chmodSync(folder, 0o711)
const database = await openDatabase({ data: folder })
const jobs = await pgBossJobs({ database, alone: true })
const store = await postgresStore({ database, jobs: jobs.table })
const vault = postgresVault(database.kysely)
const secrets = secretsFrom(new Uint8Array(32).fill(7))

const inspector = new Session()
let profiled: string | null = null

let count = 0
const seed = function* (): Generator<Row> {
  if (options.desks !== undefined) return yield* teamRows(options.desks)
  const shape = { items: options.items ?? 0, until: options.until, corpus: loadCorpus() }
  yield* smallRows(shape)
  yield* rows(shape)
}
let batch: Row[] = []
const write = async (): Promise<void> => {
  const all = batch
  batch = []
  count += all.length
  await store.write(async tx => {
    for (const { type, doc } of all) tx.put(type, doc)
  })
}
for (const row of seed()) if (batch.push(row) === 1000) await write()
await write()
await database.pool.query('analyze')
const agents = await store.all('agent')
const passwordHash = await hashPassword(password)
for (const { id, email } of agents.slice(0, 2))
  await vault.putCredential({ agentId: id, email, passwordHash })

const hub = await createHub({
  store,
  jobs,
  vault,
  secrets,
  blobs: await folderBlobs(join(folder, 'blobs'), uuidv7),
  uploads: join(folder, 'uploads'),
  channels,
  now: Date.now,
  newId: uuidv7,
  log: silentLog,
  config: { host: '127.0.0.1', port: 0, smtpPort: 0, uploadLimit: 1_000_000, version: 'bench' },
})

const close = async (): Promise<void> => {
  try {
    await hub.close()
    await store.close()
  } finally {
    // Whatever happened before: no PostgreSQL stays behind.
    await database.close()
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
}
process.once('disconnect', () => void close())

process.on('message', (asked: Asked) => {
  answer(asked).then(
    value => process.send?.({ answers: asked.id, value }),
    error => process.send?.({ answers: asked.id, error: String(error) }),
  )
})
process.send!({ ready: true, url: hub.url, rows: count })

function answer(asked: Asked): Promise<unknown> {
  switch (asked.do) {
    case 'arrive':
      return arrive(asked.count)
    case 'tickets':
      return tickets(asked.count)
    case 'conversations':
      return conversations(asked.count)
    case 'usage':
      return usage()
    case 'contents':
      return contents()
    case 'profile':
      return profile(asked.file)
    case 'close':
      return close()
  }
}

async function profile(file: string | null): Promise<void> {
  if (file) {
    inspector.connect()
    await inspector.post('Profiler.enable')
    await inspector.post('Profiler.start')
  } else if (profiled) {
    const { profile } = await inspector.post('Profiler.stop')
    writeFileSync(profiled, JSON.stringify(profile))
    inspector.disconnect()
  }
  profiled = file
}

async function contents(): Promise<Contents> {
  const inboxes = await store.all('inbox')
  const streams: Stream[] = ['workspace', ...inboxes.map(({ id }) => inboxStream(id))]
  const items = await store.all('item')
  return {
    heads: await store.heads(streams),
    items: items.map(({ id, conversationId, seq }) => ({ id, conversationId, seq })),
  }
}

async function usage(): Promise<Usage> {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  const postmaster = Number(
    readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0],
  )
  return {
    hub: (user + system) / 1e6,
    postgres: processorSeconds(postmaster),
    rss,
    heap: heapUsed,
    external,
  }
}

/** New messages of customers, as a channel brings them: one item and its conversation each. */
async function arrive(total: number): Promise<void> {
  const all = await conversations(2000)
  for (let from = 0; from < total; from += 100) {
    await store.write(async tx => {
      const ids = new Set(Array.from({ length: 100 }, (_, n) => all[(from + n) % all.length]!))
      await tx.load([...ids].map(id => key('conversation', id)))
      for (const id of ids) {
        const conversation = tx.get('conversation', id) as Doc<'conversation'>
        const seq = conversation.lastSeq + 1
        tx.put('item', messageTo(conversation, seq))
        tx.put('conversation', { ...conversation, lastSeq: seq, activityAt: Date.now() })
      }
    })
  }
}

const conversations = async (count: number): Promise<string[]> =>
  (await store.all('conversation', undefined, count)).map(({ id }) => id)

const messageTo = (conversation: Doc<'conversation'>, seq: number): Doc<'item'> => ({
  id: uuidv7(),
  conversationId: conversation.id,
  customerId: conversation.customerId,
  inboxId: conversation.inboxId,
  channel: 'email',
  kind: 'message',
  direction: 'in',
  seq,
  at: Date.now(),
  writtenAt: Date.now(),
  author: { kind: 'customer', identityId: conversation.identityId },
  subject: '',
  text: `请问我的退款到账了吗？ Any news about my refund? ${seq}`,
  quoted: '',
  html: null,
  attachments: [],
  mail: null,
  delivery: null,
  basis: null,
  holdReasons: [],
  event: null,
})

/** Devices of the agents in turn, with tokens and the place where their streams stand, so that they start up to date. */
async function tickets(total: number): Promise<Ticket[]> {
  const made: Ticket[] = []
  for (let n = 0; n < total; n++) {
    const agent = agents[n % agents.length]!
    const deviceId = uuidv7()
    await store.write(async tx =>
      tx.putDevice({
        id: deviceId,
        agentId: agent.id,
        name: 'bench',
        platform: 'bench',
        epoch: 1,
        lastN: 0,
        confirmed: 0,
        revoked: false,
      }),
    )
    // Good for an hour, so that a long run needs no refreshing.
    const token = await signAccess(secrets.tokenKey, { agentId: agent.id, deviceId }, Date.now() + 3_600_000)
    const heads = await store.heads(streamsOfAgent(agent))
    const cursors: Cursor[] = heads.map(({ stream, epoch, version }) => ({ stream, epoch, version }))
    made.push({ deviceId, token, cursors })
  }
  return made
}
