import { createHash, randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { attach } from './attach.ts'
import { cable } from './cuttable.ts'
import { folder, note, openDesk, signedIn, startHub } from './ground.ts'

test('S27: a file attached on one desk is read on another, byte by byte', async () => {
  const hub = await startHub()
  const ann = await signedIn(hub.url, 'ann')
  const bo = await signedIn(hub.url, 'bo')
  const bytes = new Uint8Array(randomBytes(1_500_000))
  const file = await attach(ann.page, bytes)
  const args = { ...note('c1', 'see the file'), attachments: [file] }
  await ann.page.ask('mutate', { name: 'note.add', args })
  const timeline = bo.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await bo.page.until(() => timeline.rows.some(({ item }) => item.id === args.id))
  const read = await bo.page.ask('attachmentRead', { itemId: args.id, sha256: file.sha256 })
  expect(read.name).toBe('invoice 发票.pdf')
  expect(createHash('sha256').update(read.bytes).digest('hex')).toBe(file.sha256)

  // Once read it is here, with or without the hub.
  const answer = note('c1', 'read it')
  await bo.page.ask('mutate', { name: 'note.add', args: answer })
  const theirs = ann.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await ann.page.until(() => theirs.rows.some(({ item }) => item.id === answer.id))
  await hub.close()
  const again = await bo.page.ask('attachmentRead', { itemId: args.id, sha256: file.sha256 })
  expect(again.bytes).toEqual(read.bytes)
})

test('S27: a file of a draft is read on its author’s other desk, and by nobody who only knows its hash', async () => {
  const hub = await startHub()
  const ann = await signedIn(hub.url, 'ann')
  const other = await signedIn(hub.url, 'ann')
  const bo = await signedIn(hub.url, 'bo')
  const file = await attach(ann.page, new Uint8Array(randomBytes(400_000)), 'display.png')
  const where = { conversationId: 'c1', kind: 'reply' as const }
  const draft = {
    ...{ ...where, text: '[display.png]', cc: [], heldItemId: null, updatedAt: 1 },
    attachments: [{ ...file, contentId: 'one@picture' }],
  }
  const wanted = { ...where, sha256: file.sha256 }
  expect((await ann.page.faultOf('draftFileRead', wanted)).kind).toBe('not-found')
  await ann.page.ask('mutate', { name: 'draft.save', args: draft })
  const read = await ann.page.ask('draftFileRead', wanted)
  expect([read.name, read.bytes.length]).toEqual(['display.png', 400_000])

  const there = other.page.watch('drafts', { conversationId: 'c1' })
  await other.page.until(() => there.rows.length === 1)
  await vi.waitFor(
    async () => expect((await other.page.ask('draftFileRead', wanted)).bytes).toEqual(read.bytes),
    { timeout: 20_000 },
  )
  // A draft is anybody's to write, and proves nothing: only who has had the bytes may have them.
  await bo.page.ask('mutate', { name: 'draft.save', args: draft })
  expect((await bo.page.faultOf('draftFileRead', wanted)).kind).toBe('not-found')
})

test('S11: what waits for its file lets the rest pass; both arrive after a restart', async () => {
  const hub = await startHub()
  const line = cable()
  const desk = await signedIn(hub.url, 'ann', { dial: line.dial })
  line.cut()
  await desk.page.until(() => desk.page.state('sync')?.offlineSince !== null)
  const file = await attach(desk.page, new Uint8Array(randomBytes(400_000)))
  const withFile = { ...note('c1', 'with a file'), attachments: [file] }
  await desk.page.ask('mutate', { name: 'note.add', args: withFile })
  await desk.page.ask('mutate', { name: 'note.add', args: note('c1', 'behind it') })
  await desk.page.ask('mutate', { name: 'note.add', args: note('c2', 'elsewhere') })
  const outbox = desk.page.watch('outbox', {})
  await desk.page.until(() => outbox.rows.length === 3)
  expect(outbox.rows.map(({ waitsFor }) => waitsFor)).toEqual(['attachment', 'earlier', 'network'])
  expect(outbox.rows[0]?.upload).toEqual({ sent: 0, size: 400_000, name: 'invoice 发票.pdf', files: 1 })
  await desk.close()

  line.mend()
  const again = await openDesk(desk.profileDir, { dial: line.dial })
  await again.page.untilSync('live')
  await again.page.drained()
  const items = await hub.store.olderItems('c1', 1000, 100)
  const texts = items.flatMap(row => (row.type === 'item' && row.doc.kind === 'note' ? [row.doc.text] : []))
  expect(texts.toSorted()).toEqual(['behind it', 'with a file'])
})

test('a file of 100 MB is refused when it is chosen, with the limit', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'ann')
  const size = 100 * 1024 * 1024
  const fault = await page.faultOf('attachmentBegin', { name: 'film.mov', type: 'video/quicktime', size })
  expect(fault).toMatchObject({ kind: 'too-large', params: { size, limit: expect.any(Number) } })
})

test('pieces out of place, too many bytes and an unknown file are refused', async () => {
  const hub = await startHub()
  const { page } = await signedIn(hub.url, 'ann')
  const begin = () => page.ask('attachmentBegin', { name: 'a', type: 'text/plain', size: 10 })
  const first = await begin()
  const bytes = new Uint8Array(8)
  expect((await page.faultOf('attachmentWrite', { ...first, offset: 5, bytes })).kind).toBe('invalid')
  const second = await begin()
  await page.ask('attachmentWrite', { ...second, offset: 0, bytes })
  expect((await page.faultOf('attachmentFinish', second)).kind).toBe('invalid')
  const nobodys = { itemId: 'c1-1', sha256: 'a'.repeat(64) }
  expect((await page.faultOf('attachmentRead', nobodys)).kind).toBe('not-found')
  const unknown = {
    ...note('c1', 'x'),
    attachments: [{ ...nobodys, name: '', type: '', size: 1, contentId: null }],
  }
  const missing = await page.faultOf('mutate', { name: 'note.add', args: unknown })
  expect(missing.kind).toBe('attachment-missing')
})

test('nothing can be done before anybody signed in, and it says so', async () => {
  const { page } = await openDesk(folder())
  expect((await page.faultOf('attachmentBegin', { name: 'a', type: '', size: 1 })).kind).toBe('signed-out')
  const list = page.watch('tags', {})
  await page.until(() => list.fault !== undefined)
  expect(list.fault?.kind).toBe('signed-out')
})
