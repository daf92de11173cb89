/** An answer that several write, between real desks and a hub: who sees it, whose pen it is, what becomes of words written without a network. */
import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { Attachment } from '#shared/model/item.ts'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { attach } from '../core/attach.ts'
import { cable } from '../core/cuttable.ts'
import { newId, reply, signedIn, startHub } from '../core/ground.ts'
import type { Page } from '../core/page.ts'

const words = (conversationId: string, text: string, attachments: Attachment[] = []) => ({
  ...{ conversationId, text, cc: [], attachments },
  updatedAt: Date.now(),
})
async function share(page: Page, text: string, files: Attachment[] = [], conversationId = 'c1') {
  const shared = { itemId: newId(), pen: newId() }
  await page.ask('mutate', { name: 'draft.share', args: { ...words(conversationId, text, files), shared } })
  return shared
}
const write = (page: Page, text: string, shared: MutationArgs<'draft.save'>['shared']) =>
  page.ask('mutate', {
    name: 'draft.save',
    args: { ...words('c1', text), kind: 'reply', heldItemId: null, ...(shared ? { shared } : {}) },
  })
async function take(page: Page, from: { itemId: string; pen: string }) {
  const shared = { itemId: from.itemId, pen: newId() }
  await page.ask('mutate', {
    name: 'draft.take',
    args: { conversationId: 'c1', itemId: from.itemId, from: from.pen, pen: shared.pen, at: Date.now() },
  })
  return shared
}

/** What this desk shows of the conversation: the shared draft, one's own, and what was sent. */
function sight(page: Page) {
  const timeline = page.watch('timeline', { customerId: 'customer', limit: 100 })
  const drafts = page.watch('drafts', { conversationId: 'c1' })
  const conversation = page.watch('conversation', { id: 'c1' })
  const items = () => timeline.rows.map(({ item }) => item).filter(item => item.conversationId === 'c1')
  return {
    shared: () => items().find(({ draft }) => draft)?.text,
    writer: () => conversation.rows[0]?.sharedDraft?.writerId,
    own: () => drafts.rows[0]?.text,
    sent: () => items().flatMap(item => (item.direction === 'out' ? [item.text] : [])),
  }
}

test('a colleague reads along, takes it over with its file, and sends it; nobody has it twice', async () => {
  const hub = await startHub()
  const ann = (await signedIn(hub.url, 'ann')).page
  const bo = (await signedIn(hub.url, 'bo')).page
  const [at, there] = [sight(ann), sight(bo)]
  const bytes = new Uint8Array(randomBytes(400_000))
  const file = await attach(ann, bytes)
  const first = await share(ann, 'Dear Maria', [file])
  await bo.until(() => there.shared() === 'Dear Maria')
  expect(there.writer()).toBe('ann')
  const read = await bo.ask('attachmentRead', { itemId: first.itemId, sha256: file.sha256 })
  expect(read.bytes).toEqual(bytes)

  const second = await take(bo, first)
  await ann.until(() => at.writer() === 'bo')
  // Ann's own copy is spent; what she might write now is hers.
  expect(at.own()).toBeUndefined()
  const own = { conversationId: 'c1', kind: 'reply' as const, sha256: file.sha256 }
  expect((await bo.ask('draftFileRead', own)).bytes).toEqual(bytes)

  const [row] = (await hub.store.read('conversation', ['c1'])) as [Parameters<typeof reply>[0]]
  await bo.ask('mutate', {
    name: 'reply.send',
    args: { ...reply(row, 'Dear Maria'), attachments: [file], shared: second },
  })
  await ann.until(() => at.sent().length === 1)
  expect([at.shared(), at.writer(), there.own(), there.shared()]).toEqual(Array(4).fill(undefined))
})

test('I1, I2: what was written without a network while a colleague took it over and sent it stays with its author, and is not sent', async () => {
  const hub = await startHub()
  const line = cable()
  const ann = (await signedIn(hub.url, 'ann', { dial: line.dial })).page
  const bo = (await signedIn(hub.url, 'bo')).page
  const [at, there] = [sight(ann), sight(bo)]
  const pen = await share(ann, 'Dear Maria')
  await bo.until(() => there.shared() !== undefined)
  const [row] = (await hub.store.read('conversation', ['c1'])) as [Parameters<typeof reply>[0]]

  line.cut()
  await ann.until(() => ann.state('sync')?.offlineSince !== null)
  await write(ann, 'Dear Maria, it ships tomorrow.', pen)
  await ann.ask('mutate', {
    name: 'reply.send',
    args: { ...reply(row, 'Dear Maria, it ships tomorrow.'), shared: pen },
  })
  const taken = await take(bo, pen)
  await bo.ask('mutate', {
    name: 'reply.send',
    args: { ...reply(row, 'It ships today.'), shared: taken },
  })
  await bo.drained()

  line.mend()
  await ann.drained()
  await ann.until(() => at.sent().length === 1 && at.own() !== undefined)
  expect(at.sent()).toEqual(['It ships today.'])
  expect(at.own()).toBe('Dear Maria, it ships tomorrow.')
  await vi.waitFor(() => expect(there.sent()).toEqual(['It ships today.']))
})

test('I1: who goes on writing with a pen that is gone has the words to themselves', async () => {
  const hub = await startHub()
  const line = cable()
  const ann = (await signedIn(hub.url, 'ann', { dial: line.dial })).page
  const bo = (await signedIn(hub.url, 'bo')).page
  const [at, there] = [sight(ann), sight(bo)]
  const pen = await share(ann, 'Dear')
  await bo.until(() => there.shared() === 'Dear')
  line.cut()
  await ann.until(() => ann.state('sync')?.offlineSince !== null)
  await write(ann, 'Dear Maria, from a train', pen)
  await ann.until(() => at.shared() === 'Dear Maria, from a train')
  const taken = await take(bo, pen)
  await write(bo, 'Dear Maria, from the office', taken)
  await bo.drained()
  line.mend()
  await ann.drained()
  await ann.until(() => at.shared() === 'Dear Maria, from the office')
  expect(at.own()).toBe('Dear Maria, from a train')
})

test('of two who share at once without a network one is shared, and the other’s words stay their own', async () => {
  const hub = await startHub()
  const line = cable()
  const ann = (await signedIn(hub.url, 'ann', { dial: line.dial })).page
  const bo = (await signedIn(hub.url, 'bo')).page
  const [at, there] = [sight(ann), sight(bo)]
  line.cut()
  await ann.until(() => ann.state('sync')?.offlineSince !== null)
  await share(ann, 'by Ann')
  await share(bo, 'by Bo')
  await bo.drained()
  line.mend()
  await ann.drained()
  await ann.until(() => at.shared() === 'by Bo' && at.own() === 'by Ann')
  expect(there.shared()).toBe('by Bo')
  const refused = ann.watch('refused', {})
  await ann.until(() => refused.rows.length === 1)
  expect(refused.rows[0]).toMatchObject({ code: 'taken', params: { agentId: 'bo' } })
})

test('I5: who does not see the inbox sees nothing of it', async () => {
  const hub = await startHub()
  const ann = (await signedIn(hub.url, 'ann')).page
  const bo = (await signedIn(hub.url, 'bo')).page
  const shared = await share(bo, 'for inbox two alone', [], 'd1')
  await bo.drained()
  await share(bo, 'for inbox one', [], 'c1')
  const seen = sight(ann)
  await ann.until(() => seen.shared() === 'for inbox one')
  const all = ann.watch('timeline', { customerId: 'customer', limit: 300 })
  await ann.until(() => all.ready)
  expect(all.rows.some(({ item }) => item.conversationId === 'd1')).toBe(false)
  const fault = await ann.faultOf('mutate', {
    name: 'draft.take',
    args: { conversationId: 'd1', itemId: shared.itemId, from: shared.pen, pen: newId(), at: 1 },
  })
  expect(fault.params).toMatchObject({ code: 'not-found' })
})
