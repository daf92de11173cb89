import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { realGround } from '../../electron/core/ground.ts'
import { unlock } from '../../electron/core/replica/open.ts'
import { cable } from './cuttable.ts'
import { key, note, openDesk, password, reply, signedIn, startHub } from './ground.ts'
import { pipe } from './page.ts'

const DAY = 86_400_000
const email = 'ann@skein.example'

test('S9: a desk that has not spoken to the hub for too long shows nothing until it has', async () => {
  const hub = await startHub()
  const line = cable()
  const { profileDir, close, page: before } = await signedIn(hub.url, 'ann', { dial: line.dial })
  const seen = before.watch('workspace', {})
  await before.until(() => seen.rows.length === 1)
  await close()
  line.cut()
  const later = { ...realGround, now: () => Date.now() + 15 * DAY }
  const { page } = await openDesk(profileDir, { dial: line.dial, ground: later })
  await page.until(() => page.state('desk')?.phase === 'locked')
  const list = page.watch('tags', {})
  await page.until(() => list.fault !== undefined)
  expect(list.fault?.kind).toBe('replica-locked')
  expect((await page.faultOf('mutate', { name: 'note.add', args: note('c1', 'x') })).kind).toBe(
    'replica-locked',
  )
  line.mend()
  await page.ask('retryNow', {})
  await page.until(() => page.state('desk')?.phase === 'signed-in' && list.rows.length === 1)
})

test('a device that was revoked keeps its work; signing in again sends it', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'ann')
  const { deviceId } = page.state('desk')!
  await hub.auth.revoke(deviceId!)
  await page.untilSync('blocked')
  expect(page.state('sync')?.fault?.kind).toMatch(/device-revoked|session-expired/)
  await page.ask('mutate', { name: 'note.add', args: note('c1', 'written meanwhile') })
  expect(page.state('desk')?.phase).toBe('signed-in')
  await page.ask('signIn', { hubUrl: hub.url, email, password })
  await page.untilSync('live')
  await page.drained()
  expect(page.state('desk')?.deviceId).not.toBe(deviceId)
  const items = await hub.store.olderItems('c1', 1000, 100)
  expect(items.filter(row => row.type === 'item' && row.doc.text === 'written meanwhile')).toHaveLength(1)
})

test('nobody else signs in over changes that wait; with none the replica becomes theirs', async () => {
  const hub = await startHub()
  const line = cable()
  const { page } = await signedIn(hub.url, 'ann', { dial: line.dial })
  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  await page.ask('mutate', { name: 'note.add', args: note('c1', 'mine') })
  const bo = { hubUrl: hub.url, email: 'bo@skein.example', password }
  expect(await page.faultOf('signIn', bo)).toMatchObject({ kind: 'forbidden', params: { waiting: 1 } })
  line.mend()
  await page.ask('retryNow', {})
  await page.drained()
  await page.ask('signIn', bo)
  await page.until(() => page.state('desk')?.agentId === 'bo' && page.state('sync')?.phase === 'live')
  const d1 = page.watch('conversation', { id: 'd1' })
  await page.until(() => d1.rows.length === 1)
})

test('S21: a reply that has gone stale is held, and both desks see why', async () => {
  const hub = await startHub()
  const line = cable()
  const ann = await signedIn(hub.url, 'ann', { dial: line.dial })
  const bo = await signedIn(hub.url, 'bo')
  const c1 = ann.page.watch('conversation', { id: 'c1' })
  await ann.page.until(() => c1.rows.length === 1)
  line.cut()
  await ann.page.until(() => ann.page.state('sync')?.offlineSince !== null)
  const mine = reply(c1.rows[0]!, 'An answer on the train')
  await ann.page.ask('mutate', { name: 'reply.send', args: mine })
  await bo.page.ask('mutate', { name: 'reply.send', args: reply(c1.rows[0]!, 'A faster answer') })
  await bo.page.drained()
  line.mend()
  await ann.page.ask('retryNow', {})
  await ann.page.until(() => ann.page.state('sync')?.held === 1)
  const held = bo.page.watch('held', {})
  await bo.page.until(() => held.rows.length === 1)
  expect(held.rows[0]).toMatchObject({
    agentId: 'ann',
    item: { id: mine.id },
    reasons: [{ kind: 'answered' }],
  })
})

test('S13: words refused by the hub come back as a draft, also to another machine', async () => {
  const hub = await startHub()
  const line = cable()
  const { page } = await signedIn(hub.url, 'bo', { dial: line.dial })
  const d1 = page.watch('conversation', { id: 'd1' })
  await page.until(() => d1.rows.length === 1)
  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  await page.ask('mutate', { name: 'reply.send', args: reply(d1.rows[0]!, 'Long thought words 深思熟虑') })
  await hub.store.write(async tx => {
    await tx.load([{ type: 'agent', id: 'bo' }])
    tx.put('agent', { ...tx.get('agent', 'bo')!, inboxIds: ['one'] })
  })
  line.mend()
  await page.ask('retryNow', {})
  await page.until(() => page.state('refused') !== undefined)
  const refused = page.watch('refused', {})
  const drafts = page.watch('drafts', { conversationId: 'd1' })
  await page.until(() => refused.rows.length === 1 && drafts.rows.length === 1)
  expect(refused.rows[0]).toMatchObject({ code: 'not-found', preview: 'Long thought words 深思熟虑' })
  await page.drained()
  const [draft] = await hub.store.all('draft')
  expect(draft?.text).toBe('Long thought words 深思熟虑')
  await page.ask('dismissRefused', { id: refused.rows[0]!.id })
  await page.until(() => page.state('sync')?.refused === 0)
})

test('S6: what is older than the first sync brought is fetched on demand, and its end is known', async () => {
  const hub = await startHub({ config: { session: { itemsPerConversation: 1, olderItems: 1 } } })
  const { page } = await signedIn(hub.url, 'ann')
  const coverage = page.watch('coverage', { customerId: 'customer' })
  const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
  await page.until(() => coverage.rows.some(({ fromSeq }) => fromSeq === 2) && timeline.rows.length === 3)
  while (coverage.rows.find(({ conversationId }) => conversationId === 'c1')?.fromSeq !== 1)
    await page.ask('loadOlder', { conversationId: 'c1' })
  await page.until(() => timeline.rows.some(({ item }) => item.id === 'c1-1'))
  await page.ask('loadOlder', { conversationId: 'c1' })
})

/** Spoils every page of these tables: nothing that is looked at when the replica opens. */
function scribble(path: string, tables: string[]): void {
  const db = new Sqlite(path)
  unlock(db, key)
  const pages = db
    .prepare<[string], number>(`select pageno from dbstat where name in (select value from json_each(?))`)
    .pluck()
    .all(JSON.stringify(tables))
  db.close()
  const file = openSync(path, 'r+')
  for (const page of pages) writeSync(file, Buffer.alloc(64, 1), 0, 64, (page - 1) * 8192 + 100)
  closeSync(file)
}

test('S28: damage that shows only while the desk works: rebuilt on the spot, said once, what waited is sent', async () => {
  const hub = await startHub()
  const line = cable()
  const { page, profileDir, close } = await signedIn(hub.url, 'ann', { dial: line.dial })
  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  await page.ask('mutate', { name: 'note.add', args: note('c1', 'precious') })
  await close()
  scribble(join(profileDir, 'replica.db'), ['item', 'conversation', 'item_text_data'])
  line.mend()
  const again = await openDesk(profileDir, { dial: line.dial })
  const timeline = again.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await again.page.until(
    () => again.page.state('sync')?.waiting === 0 && again.page.state('sync')?.phase === 'live',
  )
  await again.page.until(() => timeline.rows.some(({ item }) => item.text === 'precious'))
  expect(timeline.rows).toHaveLength(7)
  expect(again.page.state('desk')?.notice).toBe('replica-rebuilt-with-outbox')
  await again.page.ask('dismissNotice', {})
  await again.page.until(() => again.page.state('desk')?.notice === null)
})

test('a replica made by a newer desk: the page is told, the file is left alone', async () => {
  const hub = await startHub()
  const { profileDir, close } = await signedIn(hub.url, 'ann')
  await close()
  const path = join(profileDir, 'replica.db')
  const newer = new Sqlite(path)
  unlock(newer, key)
  newer.pragma('user_version = 999')
  newer.close()
  copyFileSync(path, `${path}.copy`)
  const { page } = await openDesk(profileDir)
  await page.until(() => page.state('desk')?.phase === 'refused')
  expect(page.state('desk')?.fault?.kind).toBe('replica-newer')
  expect((await page.faultOf('signIn', { hubUrl: hub.url, email, password })).kind).toBe('replica-newer')
  expect(statSync(path).size).toBe(statSync(`${path}.copy`).size)
})

test('what a page sends that is no message of the contract is answered with a fault, and nothing breaks', async () => {
  const hub = await startHub()
  const { core, page } = await signedIn(hub.url, 'ann')
  const [mine, theirs] = pipe()
  const answers: { t: string; id?: number }[] = []
  mine.onMessage(message => answers.push(message as { t: string }))
  core.connect(theirs)
  const bad: unknown[] = [
    null,
    7,
    'x',
    { t: 'request' },
    { t: 'request', id: 1, name: 'constructor', args: {} },
    { t: 'request', id: 2, name: '__proto__', args: {} },
    { t: 'request', id: 3, name: 'mutate', args: { name: 'note.add' } },
    { t: 'request', id: 4, name: 'attachmentWrite', args: { uploadId: 'x', offset: 0, bytes: 'text' } },
    { t: 'subscribe', id: 5, query: 'toString', args: {} },
    { t: 'subscribe', id: 6, query: 'timeline', args: { customerId: 1 } },
    { t: 'unsubscribe', id: 99 },
  ]
  for (const message of bad) mine.post(message)
  await page.ask('presence', { conversationId: null, typing: false })
  await page.ask('presence', { conversationId: null, typing: false })
  const faults = answers.filter(({ t }) => t === 'fault').map(({ id }) => id)
  expect(faults.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
})
