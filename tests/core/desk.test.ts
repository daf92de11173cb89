import { expect, test } from 'vitest'
import { cable } from './cuttable.ts'
import { folder, note, openDesk, password, reply, signedIn, startHub } from './ground.ts'

test('a desk signs in, fetches its streams and shows lists, timeline and search', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'ann')
  const list = page.watch('conversations', {
    view: 'open',
    inboxId: null,
    sort: 'newest',
    offset: 0,
    limit: 50,
  })
  const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
  const counts = page.watch('viewCounts', {})
  const hits = page.watch('search', { text: '快递', inboxId: null, limit: 20 })
  await page.until(() => list.rows.length === 3 && timeline.rows.length === 6 && hits.rows.length > 0)
  expect(list.rows[0]).toMatchObject({ customerName: 'Maria 玛丽亚', customerTier: 'gold', unread: true })
  expect(timeline.rows.map(({ item }) => item.id)).not.toContain('d1-1')
  expect(counts.rows).toContainEqual({ view: 'open', inboxId: null, count: 3 })
  expect(page.state('desk')).toMatchObject({ phase: 'signed-in', agentId: 'ann' })
})

test('who has been answered stands under “waiting on customer”, and nobody who waits for us', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'ann')
  const waiting = page.watch('conversations', {
    view: 'waiting',
    inboxId: null,
    sort: 'newest',
    offset: 0,
    limit: 50,
  })
  const counts = page.watch('viewCounts', {})
  const count = () => counts.rows.find(row => row.view === 'waiting' && row.inboxId === null)?.count ?? 0
  const c1 = page.watch('conversation', { id: 'c1' })
  await page.until(() => c1.rows.length === 1 && counts.rows.length > 0)
  expect([waiting.rows.length, count()]).toEqual([0, 0])
  await page.ask('mutate', { name: 'reply.send', args: reply(c1.rows[0]!, 'It left today.') })
  await page.until(() => waiting.rows.length === 1 && count() === 1)
  expect(waiting.rows[0]!.conversation.id).toBe('c1')
})

test('a note on one desk appears on the other', async () => {
  const hub = await startHub()
  const ann = await signedIn(hub.url, 'ann')
  const bo = await signedIn(hub.url, 'bo')
  const timeline = bo.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await ann.page.ask('mutate', { name: 'note.add', args: note('c1', 'She called twice 打过两次电话') })
  await bo.page.until(() => timeline.rows.some(({ item }) => item.kind === 'note'))
  await ann.page.drained()
  expect(timeline.rows.at(-1)).toMatchObject({
    pending: false,
    item: { text: 'She called twice 打过两次电话' },
  })
})

test('S15: of two who claim at once one has it, and the other is told who', async () => {
  const hub = await startHub()
  const desks = [await signedIn(hub.url, 'ann'), await signedIn(hub.url, 'bo')]
  await Promise.all(
    desks.map(({ page }) =>
      page.ask('mutate', { name: 'conversation.claim', args: { conversationId: 'c1', at: Date.now() } }),
    ),
  )
  await Promise.all(desks.map(({ page }) => page.drained()))
  const [conversation] = await hub.store.read('conversation', ['c1'])
  const owner = conversation?.assigneeId
  const loser = desks[owner === 'ann' ? 1 : 0]!
  await loser.page.until(() => loser.page.state('refused') !== undefined)
  expect(loser.page.state('refused')).toMatchObject({ code: 'taken', params: { agentId: owner } })
  const seen = loser.page.watch('conversation', { id: 'c1' })
  await loser.page.until(() => seen.rows[0]?.assigneeId === owner)
})

test('offline: written, closed, opened again without the hub, then sent once', async () => {
  const hub = await startHub()
  const line = cable()
  const desk = await signedIn(hub.url, 'ann', { dial: line.dial })
  line.cut()
  await desk.page.until(() => desk.page.state('sync')?.offlineSince !== null)
  const c1 = desk.page.watch('conversation', { id: 'c1' })
  await desk.page.until(() => c1.rows.length === 1)
  for (const text of ['first', 'second', 'third'])
    await desk.page.ask('mutate', { name: 'reply.send', args: reply(c1.rows[0]!, text) })
  await desk.page.ask('mutate', {
    name: 'conversation.tag',
    args: { conversationId: 'c1', tagId: 'refund' },
  })
  await desk.page.ask('mutate', {
    name: 'conversation.close',
    args: { conversationId: 'c1', at: Date.now() },
  })
  await desk.close()

  const again = await openDesk(desk.profileDir, { dial: line.dial })
  const shown = again.page.watch('conversation', { id: 'c1' })
  const timeline = again.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await again.page.until(() => shown.rows.length === 1 && timeline.rows.length > 0)
  expect(shown.rows[0]).toMatchObject({ status: 'closed', tagIds: ['refund'] })
  expect(again.page.state('sync')?.waiting).toBe(5)
  expect(timeline.rows.filter(row => row.pending)).toHaveLength(4)

  line.mend()
  await again.page.ask('retryNow', {})
  await again.page.drained()
  const items = await hub.store.olderItems('c1', 1000, 100)
  const texts = items.flatMap(row =>
    row.type === 'item' && row.doc.direction === 'out' ? [row.doc.text] : [],
  )
  expect(texts.toSorted()).toEqual(['first', 'second', 'third'])
  const replies = items.flatMap(row => (row.type === 'item' && row.doc.basis ? [row.doc.basis.offline] : []))
  expect(replies).toEqual([true, true, true])
  const [conversation] = await hub.store.read('conversation', ['c1'])
  expect(conversation).toMatchObject({ status: 'closed', tagIds: ['refund'] })
})

test('I5: an inbox that is taken away leaves the desk, with everything that came by it', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'bo')
  const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
  await page.until(() => timeline.rows.length === 8)
  await hub.store.write(async tx => {
    await tx.load([{ type: 'agent', id: 'bo' }])
    tx.put('agent', { ...tx.get('agent', 'bo')!, inboxIds: ['one'] })
  })
  await page.until(() => timeline.rows.length === 6)
  const hits = page.watch('search', { text: 'd1', inboxId: null, limit: 20 })
  const lost = page.watch('conversation', { id: 'd1' })
  await page.until(() => hits.rows !== undefined)
  expect(lost.rows).toEqual([])
  await hub.store.write(async tx => {
    await tx.load([{ type: 'agent', id: 'bo' }])
    tx.put('agent', { ...tx.get('agent', 'bo')!, inboxIds: ['one', 'two'] })
  })
  await page.until(() => timeline.rows.length === 8)
})

test('a wrong password, a wrong address, no hub and something that is no hub are told apart', async () => {
  const hub = await startHub()
  const { page } = await openDesk(folder())
  const email = 'ann@skein.example'
  const faults = []
  for (const [hubUrl, word] of [
    [hub.url, 'wrong'],
    ['http://hub.example', password],
    ['not an address', password],
    ['http://127.0.0.1:9', password],
  ] as const)
    faults.push((await page.faultOf('signIn', { hubUrl, email, password: word })).kind)
  expect(faults).toEqual([
    'wrong-credentials',
    'hub-address-invalid',
    'hub-address-invalid',
    'hub-unreachable',
  ])
})

test('signing out is refused while changes wait; with "forget" nothing is left', async () => {
  const hub = await startHub()
  const line = cable()
  const { page } = await signedIn(hub.url, 'ann', { dial: line.dial })
  line.cut()
  await page.until(() => page.state('sync')?.offlineSince !== null)
  await page.ask('mutate', { name: 'note.add', args: note('c1', 'waits') })
  expect(await page.faultOf('signOut', { forget: false })).toMatchObject({
    kind: 'invalid',
    params: { waiting: 1 },
  })
  await page.ask('signOut', { forget: true })
  await page.until(() => page.state('desk')?.phase === 'signed-out')
  expect(page.state('sync')?.waiting).toBe(0)
})

test('a second desk on the same profile is refused', async () => {
  const { profileDir } = await openDesk(folder())
  await expect(openDesk(profileDir)).rejects.toMatchObject({ fault: { kind: 'profile-in-use' } })
})
