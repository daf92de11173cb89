import { expect, test } from 'vitest'
import {
  conversationRow,
  customerRow,
  done,
  draftOf,
  itemRow,
  NOW,
  patchOf,
  replyTo,
  row,
  TestDesk,
} from '../testing.ts'
import { createStreams } from './streams.ts'

const claim = { conversationId: 'c1', at: 1 }

test('S7: a change by hand stays visible above a patch of the same row', () => {
  const desk = new TestDesk()
  desk.do('conversation.tag', { conversationId: 'c1', tagId: 'refund' })
  desk.apply(patchOf([row('conversation', 2, conversationRow('c1', { subject: 'Renamed' }))]))
  expect(desk.get('conversation', 'c1')).toMatchObject({ subject: 'Renamed', tagIds: ['refund'] })
  expect(desk.replica.sql.base.read.get('conversation', 'c1')).toMatchObject({ rev: 2 })
})

test('S7: what the patch does not come near keeps its place', () => {
  const desk = new TestDesk()
  desk.do('conversation.tag', { conversationId: 'c2', tagId: 'refund' })
  desk.apply(patchOf([row('conversation', 2, conversationRow('c1', { subject: 'Renamed' }))]))
  expect(desk.replica.sql.base.read.get('conversation', 'c2')).toMatchObject({ rev: 1 })
  expect(desk.get('conversation', 'c2')?.tagIds).toEqual(['refund'])
})

test('S7: what depends on a change taken back is taken back with it, in turn', () => {
  const desk = new TestDesk()
  desk.do('tag.create', { id: 'vip', name: 'vip' })
  desk.do('conversation.tag', { conversationId: 'c1', tagId: 'vip' })
  desk.do('conversation.claim', claim)
  // Somebody made the same tag on the hub: the first no longer fits, what follows does.
  desk.apply(patchOf([row('tag', 1, { id: 'vip', name: 'V.I.P.' })]))
  expect(desk.get('tag', 'vip')?.name).toBe('V.I.P.')
  expect(desk.get('conversation', 'c1')).toMatchObject({ tagIds: ['vip'], assigneeId: 'ann' })
  expect(desk.waiting).toHaveLength(3)
})

test('S7: a change that no longer fits is not shown, stays pending, and comes back when it fits again', () => {
  const desk = new TestDesk()
  desk.do('conversation.claim', claim)
  desk.apply(patchOf([row('conversation', 2, conversationRow('c1', { assigneeId: 'bo' }))]))
  expect(desk.get('conversation', 'c1')?.assigneeId).toBe('bo')
  expect(desk.waiting).toEqual(['conversation.claim'])
  desk.apply(patchOf([row('conversation', 3, conversationRow('c1', { assigneeId: null }))]))
  expect(desk.get('conversation', 'c1')?.assigneeId).toBe('ann')
})

test('S7: what is done again and comes out the same is not written again', () => {
  const desk = new TestDesk()
  const note = (id: string) => ({ id, conversationId: 'c1', text: id, attachments: [], at: 1 })
  const first = desk.do('note.add', note('n1'))
  for (const id of ['n2', 'n3', 'n4']) desk.do('note.add', note(id))
  const changed: string[] = []
  desk.replica.onCommit(({ rows }) => changed.push(...rows.map(({ type, id }) => `${type} ${id}`)))
  const hub = desk.get('item', 'n1')!
  desk.answer(first, done, [
    row('conversation', 2, conversationRow('c1', { lastSeq: hub.seq })),
    row('item', 1, { ...hub, at: hub.at + 5 }),
  ])
  expect(changed.sort()).toEqual(['conversation c1', 'item n1'])
  expect(['n1', 'n2', 'n3', 'n4'].map(id => desk.get('item', id)?.seq)).toEqual([2, 3, 4, 5])
  expect(desk.get('conversation', 'c1')?.lastSeq).toBe(5)
  expect(desk.replica.sql.base.read.get('conversation', 'c1')).toMatchObject({ rev: 2 })
})

test('S7: waiting replies do not depend on one another by the inbox they all look at', () => {
  const desk = new TestDesk()
  desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'r1'))
  desk.do('reply.send', replyTo(desk.get('conversation', 'c2')!, 'r2'))
  const kept = desk.replica.sql.base.read.get('conversation', 'c2')
  const changed: string[] = []
  desk.replica.onCommit(({ rows }) => changed.push(...rows.map(({ id }) => id)))
  desk.apply(patchOf([row('conversation', 2, conversationRow('c1', { subject: 'Renamed' }))]))
  expect(changed).not.toContain('c2')
  expect(desk.replica.sql.base.read.get('conversation', 'c2')).toEqual(kept)
  expect(desk.get('conversation', 'c1')?.subject).toBe('Renamed')
})

test('S7: many who are tagged alike do not depend on one another by the tag, unless the tag itself waits', () => {
  const desk = new TestDesk()
  desk.apply(patchOf([row('customer', 1, customerRow('li')), row('customer', 1, customerRow('kim'))]))
  const everybody = ['maria', 'li', 'kim']
  for (const id of everybody) desk.do('customer.tag', { id, tagId: 'refund' })
  const changed: string[] = []
  const stop = desk.replica.onCommit(({ rows }) => changed.push(...rows.map(({ id }) => id)))
  desk.apply(patchOf([row('customer', 9, customerRow('li', { company: 'Ling' }))]))
  stop()
  expect(changed).toEqual(['li'])
  expect(desk.get('customer', 'li')).toMatchObject({ company: 'Ling', tagIds: ['refund'] })

  const made = desk.do('tag.create', { id: 'new', name: 'new' })
  for (const id of everybody) desk.do('customer.tag', { id, tagId: 'new' })
  desk.answer(made, { kind: 'refused', code: 'exists' })
  for (const id of everybody) expect(desk.get('customer', id)?.tagIds).toEqual(['refund'])
})

test('S7: an acknowledged change leaves the outbox and the rows are those of the hub', () => {
  const desk = new TestDesk()
  const id = desk.do('conversation.claim', claim)
  const hub = conversationRow('c1', { assigneeId: 'ann', lastSeq: 2 })
  desk.answer(id, done, [
    row('conversation', 2, hub),
    row('item', 1, itemRow(id, 'c1', 2, { kind: 'event' })),
  ])
  expect(desk.waiting).toEqual([])
  expect(desk.get('conversation', 'c1')).toEqual(hub)
  expect(desk.replica.sql.base.read.get('item', id)).toBeUndefined()
})

test('S7: a refused change is taken back although the hub sends no row for it', () => {
  const desk = new TestDesk()
  const id = desk.do('conversation.claim', claim)
  const { refused } = desk.answer(id, { kind: 'refused', code: 'taken', params: { agentId: 'bo' } })
  expect(refused).toEqual([{ id, name: 'conversation.claim', code: 'taken', params: { agentId: 'bo' } }])
  expect(desk.get('conversation', 'c1')).toEqual(conversationRow('c1'))
  expect(desk.get('item', id)).toBeUndefined()
  expect(desk.replica.sql.refused.all.all()).toHaveLength(1)
})

const takeBack = (itemId: string) => ({
  itemId,
  conversationId: 'c1',
  draft: { kind: 'reply' as const, text: 'taken back', cc: [], attachments: [] },
  reopen: true,
  at: 5,
})

test('S11: what is taken back before it was sent leaves the outbox for good, whatever was asked for behind it', () => {
  const desk = new TestDesk()
  desk.do('reply.send', { ...replyTo(desk.get('conversation', 'c1')!, 'r1'), undoSeconds: 10 })
  desk.do('conversation.close', { conversationId: 'c1', at: 2 })
  desk.do('reply.cancel', takeBack('r1'))
  expect(desk.waiting).toEqual(['conversation.close', 'reply.cancel'])
  expect(desk.get('item', 'r1')).toBeUndefined()
  expect(desk.get('conversation', 'c1')?.status).toBe('open')
  expect(desk.get('draft', 'ann.c1.reply')?.text).toBe('taken back')
})

test('S11: what has its number already is followed by the word that takes it back, and the hub decides', () => {
  const desk = new TestDesk()
  const sent = desk.do('reply.send', { ...replyTo(desk.get('conversation', 'c1')!, 'r1'), undoSeconds: 10 })
  desk.replica.sql.outbox.number.run(1, desk.replica.sql.outbox.byId.get(sent)!.args, 1)
  desk.do('reply.cancel', takeBack('r1'))
  expect(desk.waiting).toEqual(['reply.send', 'reply.cancel'])
  expect(desk.get('item', 'r1')).toBeUndefined()
})

test('S13: words that were taken back are kept where the hub does not know how, and not where they have left', () => {
  for (const [code, text] of [
    ['unknown-mutation', 'taken back'],
    ['on-its-way', undefined],
  ] as const) {
    const desk = new TestDesk()
    desk.do('reply.send', { ...replyTo(desk.get('conversation', 'c1')!, 'r1'), undoSeconds: 10 })
    const id = desk.do('reply.cancel', takeBack('r1'))
    desk.answer(id, { kind: 'refused', code })
    expect(desk.get('draft', 'ann.c1.reply')?.text).toBe(text)
  }
})

test('S9: what a waiting word took back goes with its inbox, and does not come again when the hub has answered', () => {
  const desk = new TestDesk()
  const sent = desk.do('reply.send', { ...replyTo(desk.get('conversation', 'c1')!, 'r1'), undoSeconds: 10 })
  const r1 = desk.get('item', 'r1')!
  desk.answer(sent, done, [row('item', 2, r1)])
  // Something later elsewhere: who looks through the items once has been past its place.
  const two = { inboxId: 'two' }
  desk.apply(
    patchOf([
      row('conversation', 1, conversationRow('d1', two)),
      row('item', 1, itemRow('d1-1', 'd1', 1, { ...two, at: NOW + 1_000_000 })),
    ]),
  )
  const back = desk.do('reply.cancel', takeBack('r1'))
  expect(desk.get('item', 'r1')).toBeUndefined()
  const streams = createStreams(desk.replica)
  streams.hide(['inbox:one'])
  while (streams.purge('inbox:one'));
  desk.answer(back, done)
  expect(desk.get('item', 'r1')).toBeUndefined()
})

test('S6: a row replaces only a lower revision, also beneath a pending change', () => {
  const desk = new TestDesk()
  desk.apply(patchOf([row('conversation', 5, conversationRow('c1', { subject: 'five' }))]))
  desk.do('conversation.tag', { conversationId: 'c1', tagId: 'refund' })
  desk.apply(patchOf([row('conversation', 4, conversationRow('c1', { subject: 'four' }))]))
  expect(desk.get('conversation', 'c1')).toMatchObject({ subject: 'five', tagIds: ['refund'] })
})

test('S4: a row that leaves goes, and what a pending change made of it too', () => {
  const desk = new TestDesk()
  desk.do('conversation.tag', { conversationId: 'c1', tagId: 'refund' })
  desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', type: 'conversation', id: 'c1' }] }))
  expect(desk.get('conversation', 'c1')).toBeUndefined()
  expect(desk.waiting).toHaveLength(1)
})

test('S1: a row that moved to another stream of this desk stays, in whichever order it is told', () => {
  const moved = row('conversation', 2, conversationRow('c1', { inboxId: 'two' }))
  const leaves = [{ stream: 'inbox:one' as const, type: 'conversation' as const, id: 'c1' }]
  const together = new TestDesk()
  together.apply(patchOf([moved], { leaves }))
  expect(together.get('conversation', 'c1')?.inboxId).toBe('two')
  const goneFirst = new TestDesk()
  goneFirst.apply(patchOf([], { leaves }))
  goneFirst.apply(patchOf([moved]))
  expect(goneFirst.get('conversation', 'c1')?.inboxId).toBe('two')
})

test('S1: a customer leaves with the last membership only', () => {
  const desk = new TestDesk()
  const customer = { type: 'customer' as const, id: 'maria' }
  desk.apply({ ...patchOf([]), joins: [{ stream: 'inbox:two', ...customer }] })
  desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', ...customer }] }))
  expect(desk.get('customer', 'maria')).toBeDefined()
  desk.apply(patchOf([], { leaves: [{ stream: 'inbox:two', ...customer }] }))
  expect(desk.get('customer', 'maria')).toBeUndefined()
})

test('S11: of what is typed only the last waits; after it was sent the next waits beside it', () => {
  const desk = new TestDesk()
  for (const text of ['H', 'He', 'Hello']) desk.do('draft.save', draftOf('c1', text))
  expect(desk.waiting).toEqual(['draft.save'])
  expect(desk.get('draft', 'ann.c1.reply')?.text).toBe('Hello')
  desk.replica.sql.outbox.number.run(
    1,
    JSON.stringify(draftOf('c1', 'Hello')),
    desk.replica.sql.outbox.all.all(1)[0]!.seq,
  )
  desk.do('draft.save', draftOf('c1', 'Hello there'))
  expect(desk.waiting).toEqual(['draft.save', 'draft.save'])
})

test('S11: a draft does not replace an earlier one across the reply that used it up', () => {
  const desk = new TestDesk()
  desk.do('draft.save', draftOf('c1', 'An answer'))
  desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply'))
  desk.do('draft.save', draftOf('c1', 'And more'))
  expect(desk.waiting).toEqual(['draft.save', 'reply.send', 'draft.save'])
  expect(desk.get('draft', 'ann.c1.reply')?.text).toBe('And more')
})

test('S13: the words of a refused reply come back as a draft', () => {
  const desk = new TestDesk()
  const id = desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply', 'Precious words'))
  desk.answer(id, { kind: 'refused', code: 'not-found' })
  expect(desk.get('item', 'reply')).toBeUndefined()
  expect(desk.get('draft', 'ann.c1.reply')?.text).toBe('Precious words')
  expect(desk.waiting).toEqual(['draft.save'])
})

test('S13: they never overwrite a draft that is there, nor double one that holds them', () => {
  const desk = new TestDesk()
  const id = desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'reply', 'Precious words'))
  desk.do('draft.save', draftOf('c1', 'Something new'))
  desk.answer(id, { kind: 'refused', code: 'not-found' })
  expect(desk.get('draft', 'ann.c1.reply')?.text).toBe('Something new\n\nPrecious words')

  const other = new TestDesk()
  other.do('draft.save', draftOf('c1', 'Precious words'))
  const second = other.do('reply.send', replyTo(other.get('conversation', 'c1')!, 'reply', 'Precious words'))
  other.answer(second, { kind: 'refused', code: 'not-found' })
  expect(other.get('draft', 'ann.c1.reply')?.text).toBe('Precious words')
})

test('S13: files come back with their words or without any, beside what a draft has', () => {
  const file = { sha256: 'a'.repeat(64), name: 'frame.png', type: 'image/png', size: 9, contentId: null }
  const onlyFile = (desk: TestDesk) => {
    desk.replica.sql.upload.add.run(file.sha256, file.name, file.type, file.size)
    return { ...replyTo(desk.get('conversation', 'c1')!, 'reply', ''), attachments: [file] }
  }
  const desk = new TestDesk()
  desk.answer(desk.do('reply.send', onlyFile(desk)), { kind: 'refused', code: 'invalid' })
  expect(desk.get('draft', 'ann.c1.reply')).toMatchObject({ text: '', attachments: [file] })

  const other = new TestDesk()
  const id = other.do('reply.send', onlyFile(other))
  other.do('draft.save', draftOf('c1', 'Something new'))
  other.answer(id, { kind: 'refused', code: 'invalid' })
  expect(other.get('draft', 'ann.c1.reply')).toMatchObject({ text: 'Something new', attachments: [file] })
})

test('S13: a refused forward comes back as a forward to its people, never as an answer to the customer', () => {
  const desk = new TestDesk()
  const mail = { messageId: 'm', inReplyTo: '', references: [], from: null, to: [], cc: [] }
  const letter = itemRow('c1-1', 'c1', 1, {
    mail: { ...mail, raw: null, automatic: 'no' as const, problems: [] },
  })
  desk.apply(patchOf([row('item', 2, letter)]))
  const id = desk.do('mail.forward', {
    ...replyTo(desk.get('conversation', 'c1')!, 'forward', 'For your eyes'),
    to: [{ name: 'Warehouse', address: 'w@utrecht.example' }],
    bcc: [{ name: '', address: 'boss@skein.example' }],
    subject: 'Fwd: Matter',
    heading: 'From: Maria',
    forwards: 'c1-1',
  })
  desk.answer(id, { kind: 'refused', code: 'unknown-mutation' })
  expect(desk.get('item', 'forward')).toBeUndefined()
  expect(desk.get('draft', 'ann.c1.reply')).toBeUndefined()
  expect(desk.get('draft', 'ann.c1.forward')).toMatchObject({
    text: 'For your eyes',
    bcc: ['boss@skein.example'],
    forward: { itemId: 'c1-1', to: ['Warehouse <w@utrecht.example>'] },
  })
})

test('what the desk itself sees to be impossible is refused at once and leaves nothing', () => {
  const desk = new TestDesk()
  desk.apply(patchOf([row('conversation', 2, conversationRow('c1', { assigneeId: 'bo' }))]))
  expect(() => desk.do('conversation.claim', claim)).toThrow(
    expect.objectContaining({
      fault: expect.objectContaining({ kind: 'invalid', params: { agentId: 'bo', code: 'taken' } }),
    }),
  )
  expect(() => desk.do('note.add', { id: 'x' })).toThrow('invalid')
  expect(() => desk.do('reply.take-over', { itemId: 'x', conversationId: 'c1', at: 1 })).toThrow('forbidden')
  expect(desk.waiting).toEqual([])
})
