import { expect, test } from 'vitest'
import { readMarkId } from '#shared/model/read-mark.ts'
import { customerRow, done, patchOf, replyTo, row, TestDesk } from '../../testing.ts'
import { attention } from './attention.ts'
import { lists } from './lists.ts'
import { timeline } from './timeline.ts'

const file = { sha256: 'a'.repeat(64), name: 'film.mov', type: 'video/quicktime', size: 48 }

function open(connected = true) {
  const desk = new TestDesk()
  const context = {
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set<string>(),
    connected: () => connected,
  }
  const all = { ...attention(context), ...lists(context), ...timeline(context) }
  return { desk, waiting: () => all.outbox.run({}).map(entry => entry.row()), ...all }
}

test('S29: what waits says whose it is, which item shows it, and for which file it waits', () => {
  const { desk, waiting } = open()
  desk.replica.transaction(() => {
    desk.replica.sql.upload.add.run(file.sha256, file.name, file.type, file.size)
    desk.replica.sql.upload.progress.run(12, file.sha256)
  })
  const c1 = desk.get('conversation', 'c1')!
  const reply = { ...replyTo(c1, 'reply-1'), attachments: [{ ...file, contentId: null }] }
  const first = desk.do('reply.send', reply)
  desk.do('conversation.close', { conversationId: 'c1', at: 1 })
  desk.do('note.add', { id: 'note-1', conversationId: 'c2', text: 'passes', attachments: [], at: 1 })
  expect(waiting()).toMatchObject([
    {
      name: 'reply.send',
      conversationId: 'c1',
      customerId: 'maria',
      customerName: 'Maria',
      itemId: 'reply-1',
      waitsFor: 'attachment',
      behind: null,
      upload: { sent: 12, size: 48, files: 1, name: 'film.mov' },
    },
    { name: 'conversation.close', waitsFor: 'earlier', behind: first, itemId: null, upload: null },
    { name: 'note.add', itemId: 'note-1', waitsFor: 'hub', behind: null },
  ])
})

test('a change of a customer says whose, though it has no conversation', () => {
  const { desk, waiting } = open(false)
  desk.apply(patchOf([row('customer', 2, customerRow('li', { name: 'Li' }))]))
  desk.do('customer.edit', { id: 'li', set: { company: 'Parcelo' } })
  expect(waiting()).toMatchObject([
    {
      name: 'customer.edit',
      conversationId: null,
      customerId: 'li',
      customerName: 'Li',
      itemId: null,
      waitsFor: 'network',
    },
  ])
})

test('a list says of each conversation what did not leave and of what nobody knows (S18)', () => {
  const { desk, conversations } = open()
  const lines = () =>
    conversations
      .run({ view: 'open', inboxId: null, sort: 'newest', offset: 0, limit: 10 })
      .map(entry => entry.row())
      .map(({ conversation, notSent, uncertain }) => ({ id: conversation.id, notSent, uncertain }))
  const c1 = desk.get('conversation', 'c1')!
  const id = desk.do('reply.send', replyTo(c1, 'reply-1'))
  const item = desk.get('item', 'reply-1')!
  const become = (state: 'failed' | 'uncertain' | 'sent', rev: number) =>
    row('item', rev, { ...item, delivery: { ...item.delivery!, state } })
  desk.answer(id, done, [become('failed', 2)])
  expect(lines()).toContainEqual({ id: 'c1', notSent: 1, uncertain: 0 })
  desk.apply(patchOf([become('uncertain', 3)]))
  expect(lines()).toContainEqual({ id: 'c1', notSent: 0, uncertain: 1 })
  desk.apply(patchOf([become('sent', 4)]))
  expect(lines()).toContainEqual({ id: 'c1', notSent: 0, uncertain: 0 })
})

test('a conversation is unread until the answer of whom one asked beside it was seen, and where its reader says so', () => {
  const { desk, conversations } = open()
  const read = (rev: number, seq: number) =>
    row('readMark', rev, {
      id: readMarkId('ann', 'c1'),
      ...{ agentId: 'ann', conversationId: 'c1', seq },
    })
  const unread = () =>
    conversations
      .run({ view: 'open', inboxId: null, sort: 'newest', offset: 0, limit: 10 })
      .map(entry => entry.row())
      .find(({ conversation }) => conversation.id === 'c1')?.unread
  desk.apply(patchOf([read(2, 1)]))
  expect(unread()).toBe(false)
  const c1 = desk.get('conversation', 'c1')!
  const lastAside = { seq: 2, at: 2, agentId: 'bo' }
  desk.apply(patchOf([row('conversation', 3, { ...c1, lastSeq: 2, lastAside })]))
  expect(unread()).toBe(true)
  desk.apply(patchOf([read(4, 2)]))
  expect(unread()).toBe(false)
  desk.do('conversation.unread', { conversationId: 'c1', seq: 2 })
  expect(unread()).toBe(true)
  desk.do('conversation.read', { conversationId: 'c1', seq: 2 })
  expect(unread()).toBe(false)
})

test('the HTML of a mail is not sent with the timeline, only when its original is asked for', () => {
  const { desk, timeline, original } = open()
  const item = desk.get('item', 'c1-1')!
  desk.apply(patchOf([row('item', 2, { ...item, html: '<p>Hello</p>' })]))
  const entries = timeline.run({ customerId: 'maria', limit: 10 }).map(entry => entry.row())
  expect(entries.map(({ item: { id, html }, hasHtml }) => ({ id, html, hasHtml }))).toEqual([
    { id: 'c1-1', html: null, hasHtml: true },
    { id: 'c2-1', html: null, hasHtml: false },
  ])
  const of = (itemId: string) => original.run({ itemId }).map(entry => entry.row())
  expect(of('c1-1')).toEqual([{ itemId: 'c1-1', html: '<p>Hello</p>' }])
  expect(of('c2-1')).toEqual([])
  expect(of('nothing')).toEqual([])
})

test('what is to leave later is listed for its author, the soonest first, and not what can still be had back', () => {
  const { desk, planned } = open()
  const c1 = desk.get('conversation', 'c1')!
  desk.do('reply.schedule', { ...replyTo(c1, 'late'), sendAt: 9_000_000_000_000 })
  desk.do('reply.schedule', { ...replyTo(c1, 'soon'), sendAt: 8_000_000_000_000 })
  desk.do('reply.send', { ...replyTo(c1, 'now'), undoSeconds: 10 })
  desk.do('reply.send', replyTo(c1, 'plain'))
  const rows = planned.run({}).map(entry => entry.row())
  expect(rows.map(({ item }) => item.id)).toEqual(['soon', 'late'])
  expect(rows[0]?.customerName).toBe('Maria')
})
