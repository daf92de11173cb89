/** Releases beside and after each other (S14): what the first one left opens today, and versions that do not fit say what to do. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { protocolVersion } from '#shared/protocol/version.ts'
import { realGround } from '../../electron/core/ground.ts'
import { replicaVersion } from '../../electron/core/replica/migrations/index.ts'
import { openReplica } from '../../electron/core/replica/open.ts'
import type { Dial } from '../../electron/core/sync/link.ts'
import { dialSocket } from '../../electron/core/sync/socket.ts'
import { words as sentences } from '../../renderer/app/faults.words.ts'
import { connect } from '../../server/db/connection.ts'
import { migrate } from '../../server/db/migrate.ts'
import { migrations } from '../../server/db/migrations/index.ts'
import {
  addressOf,
  type Desk,
  key,
  note,
  openDesk,
  password,
  quiet,
  signedIn,
} from '../faults/support/desk.ts'
import { freePort, HubProcess, makeSite } from '../faults/support/hub.ts'
import { startMailServer } from '../faults/support/mail-server.ts'
import { seedMemory } from '../faults/support/memory.ts'
import { seedConversations } from '../faults/support/rows.ts'
import { until } from '../faults/support/until.ts'
import { startMemoryHub } from '../hub/memory-hub.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { address, leadTo, nowhere, secretKey, words } from './story.ts'

const first = join(import.meta.dirname, 'fixtures/0.1.0')
const { at: madeAt } = JSON.parse(readFileSync(join(first, 'made.json'), 'utf8')) as { at: number }

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'skein-versions-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
function firstProfile(): string {
  const dir = folder()
  copyFileSync(join(first, 'replica.db'), join(dir, 'replica.db'))
  return dir
}
async function opened(open: Promise<Desk>): Promise<Desk> {
  const desk = await open
  closing.push(() => desk.close())
  return desk
}

test('the replica of the first release opens today: read, searched, written to, its outbox whole', async () => {
  const dir = firstProfile()
  const ground = { ...realGround, now: () => madeAt + 60_000 }
  const desk = await openDesk(dir, { ...nowhere, ground })
  const { page } = desk
  const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
  const found = page.watch('search', { text: '快递', inboxId: null, limit: 50 })
  await page.until(() => timeline.ready && found.rows.length > 0)
  const texts = timeline.rows.map(({ item }) => item.text)
  expect(texts).toContain(words.sent)
  expect(texts).toContain(words.waits)
  const outbox = page.watch('outbox', {})
  await page.until(() => outbox.rows.length === 3)
  expect(outbox.rows.map(({ name }) => name)).toEqual(['note.add', 'reply.send', 'conversation.close'])
  await page.ask('mutate', { name: 'note.add', args: note('c0', 'written by today’s desk') })
  await page.until(() => outbox.rows.length === 4)
  await desk.close()
  const replica = openReplica(join(dir, 'replica.db'), key)
  expect(replica.db.pragma('user_version', { simple: true })).toBe(replicaVersion)
  expect(replica.db.pragma('integrity_check', { simple: true })).toBe('ok')
  replica.close()
})

test('the database of the first release is served today, and the desk of the first release goes on with it: what waited arrives once', async () => {
  const mail = await startMailServer()
  closing.push(() => mail.close())
  const empty = await createTestDatabase()
  closing.push(() => empty.drop())
  const client = new pg.Client(empty.url)
  await client.connect()
  await client.query('drop schema public cascade; drop schema if exists jobs cascade; create schema public')
  for (const statement of readFileSync(join(first, 'hub.sql'), 'utf8').split(';\n--\n'))
    await client.query(statement)

  const data = folder()
  const env = { DATABASE_URL: empty.url, SKEIN_SECRET_KEY: secretKey }
  const hub = new HubProcess(data, env, { web: await freePort(), smtp: await freePort() })
  closing.push(() => hub.stop('SIGKILL'))
  await hub.start()
  const { rows } = await client.query<{ name: string }>('select name from migration order by name')
  await client.end()
  expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))

  const desk = await opened(openDesk(firstProfile(), leadTo(hub.url)))
  // Its session may be long over by the time this runs.
  await desk.page.ask('signIn', { hubUrl: address, email: addressOf('ann'), password })
  await quiet(desk)
  const timeline = desk.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await desk.page.until(() =>
    timeline.rows.some(({ item, pending }) => item.text === words.waits && !pending),
  )
  expect(timeline.rows.filter(({ item }) => item.text === words.waits)).toHaveLength(1)
  expect(timeline.rows.filter(({ item }) => item.text === words.sent)).toHaveLength(1)
  expect(desk.page.state('sync')?.refused).toBe(0)
})

const versions = [
  { who: 'an older desk at a newer hub', says: 0, kind: 'desk-too-old' },
  { who: 'a newer desk at an older hub', says: protocolVersion + 1, kind: 'hub-too-old' },
] as const
test.each(versions)(
  'S14: $who reads on, keeps its outbox, and says what to do in both languages',
  async ({ says, kind }) => {
    const hub = await startMemoryHub({ seed: seedMemory, people: { [addressOf('ann')]: 'ann' } })
    closing.push(() => hub.close())
    let strange = false
    const dial: Dial = (to, listener) => {
      const link = dialSocket(to, listener)
      return {
        close: link.close,
        send: (name, message) =>
          link.send(name, name === 'hello' && strange ? ({ ...message, protocol: says } as never) : message),
      }
    }
    const dir = folder()
    const before = await signedIn(dir, hub.url, 'ann', { dial })
    await quiet(before)
    await before.close()
    strange = true
    const desk = await opened(openDesk(dir, { dial }))
    const { page } = desk
    await page.until(() => page.state('sync')?.phase === 'blocked')
    expect(page.state('sync')?.fault?.kind).toBe(kind)
    expect(page.state('desk')?.phase).toBe('signed-in')
    for (const language of ['en', 'zh'] as const) expect(sentences[language][kind].length).toBeGreaterThan(10)
    const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
    await page.until(() => timeline.rows.length > 0)
    await page.ask('mutate', { name: 'note.add', args: note('c1', 'waits for an update') })
    await page.until(() => page.state('sync')?.waiting === 1)
    // Brought up to date, it goes on.
    strange = false
    await quiet(desk)
    const rows = await hub.store.olderItems('c1', 1_000, 1_000)
    expect(rows.filter(row => row.type === 'item' && row.doc.text === 'waits for an update')).toHaveLength(1)
  },
)

test('two releases on one database: what a newer hub adds to it leaves the older one running; started again the older one refuses in a sentence and changes nothing', async () => {
  const mail = await startMailServer()
  closing.push(() => mail.close())
  const site = await makeSite({
    smtp: mail.url,
    agents: { ann: 'agent', bo: 'agent' },
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 2, 2),
  })
  closing.push(() => site.remove())
  const older = await site.hub()
  await older.start()
  const ann = await opened(signedIn(join(site.folder, 'ann'), older.url, 'ann'))
  await ann.page.untilSync('live')

  // What a release may do to a neighbour's database: add. Columns that are new may be null or have a default.
  const newer = {
    name: '9999-newer',
    async up(db: Parameters<(typeof migrations)[number]['up']>[0]) {
      for (const statement of [
        'create table newer_noun (id text primary key)',
        'alter table "row" add column newer_word text',
        'alter table device add column newer_number integer not null default 0',
        'alter table event add column newer_fact json',
        `create index newer_index on "row" (newer_word) where newer_word is not null`,
      ])
        await sql.raw(statement).execute(db)
    },
  }
  await migrate(site.ground.database.kysely, [...migrations, newer])

  const bo = await opened(signedIn(join(site.folder, 'bo'), older.url, 'bo'))
  const args = note('c1', 'taken by the older hub')
  await ann.page.ask('mutate', { name: 'note.add', args })
  await quiet(ann)
  const timeline = bo.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await bo.page.until(() => timeline.rows.some(({ item }) => item.id === args.id))

  await older.stop()
  await expect(older.start()).rejects.toThrow(/was used by a newer Skein hub \(it has "9999-newer"\)/)
  await expect(connect(site.ground.database.url)).rejects.toThrow(/nothing was changed/)
  // The desk waits for the newer one, with its outbox.
  await ann.page.ask('mutate', { name: 'note.add', args: note('c1', 'for the newer hub') })
  await until('it waits', () => ann.page.state('sync')?.waiting === 1)
})
