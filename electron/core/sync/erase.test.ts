import { beforeEach, expect, test } from 'vitest'
import type { Erasure } from '#shared/model/erasure.ts'
import {
  conversationRow,
  customerRow,
  draftOf,
  itemRow,
  patchOf,
  replyTo,
  row,
  TestDesk,
} from '../testing.ts'
import { batchAfter, erasedMutation, giveNumbers } from './outbox.ts'

const erasure: Erasure = {
  id: 'e1',
  at: 1,
  customerIds: ['maria'],
  conversationIds: ['c1', 'c2'],
  names: [],
  seal: 'x',
}
let desk: TestDesk
beforeEach(() => {
  desk = new TestDesk()
  desk.apply(
    patchOf([
      row('customer', 1, customerRow('paul', { name: 'Paul' })),
      row('conversation', 1, conversationRow('p1', { customerId: 'paul' })),
      row('item', 1, itemRow('p1-1', 'p1', 1, { customerId: 'paul' })),
    ]),
  )
})
const erase = () => desk.apply(patchOf([row('erasure', 1, erasure)]))
const count = (table: string): number =>
  desk.replica.db.prepare<[], number>(`select count(*) from ${table}`).pluck().get()!

test('I9: rows, drafts, versions beneath pending changes and what is searched go; who is not erased stays', () => {
  desk.do('draft.save', draftOf('c1', 'typed'))
  desk.do('customer.edit', { id: 'maria', set: { note: 'typed too' } })
  while (desk.replica.indexSome(10) === 10);
  desk.replica.settle()
  expect(count('base')).toBeGreaterThan(0)
  erase()
  for (const type of ['customer', 'conversation', 'item'] as const)
    expect(desk.replica.db.prepare(`select count(*) from ${type}`).pluck().get()).toBe(1)
  for (const table of ['identity', 'draft', 'base', 'outbox', 'outbox_key'])
    expect([table, count(table)]).toEqual([table, 0])
  expect(desk.get('customer', 'paul')?.name).toBe('Paul')
  expect(desk.replica.db.prepare('select id from person').pluck().all()).toEqual(['paul'])
  expect(desk.replica.total('item')).toBe(1)
})

test('S11: a number that was given keeps its place by something that says nothing; the rest of the outbox goes on', () => {
  const reply = desk.do('reply.send', replyTo(desk.get('conversation', 'c1')!, 'r1', 'secret words'))
  const note = { conversationId: 'p1', text: 'to stay', attachments: [], at: desk.now }
  const kept = desk.do('note.add', { id: 'n1', ...note })
  giveNumbers(desk.replica, desk.now, 10)
  desk.do('note.add', { id: 'n2', ...note, conversationId: 'c2' })
  const { refused } = erase()
  expect(batchAfter(desk.replica, 0)).toEqual([
    { n: 1, id: reply, name: erasedMutation, args: {} },
    { n: 2, id: kept, name: 'note.add', args: { id: 'n1', ...note } },
  ])
  expect(desk.waiting).toHaveLength(2)
  expect(refused).toMatchObject([{ code: 'erased', params: { count: '2' } }])
  // The hub's answer to it is no news to anybody.
  const answered = desk.answer(reply, { kind: 'refused', code: 'unknown-mutation' })
  expect(answered.refused).toEqual([])
  expect(desk.replica.sql.refused.all.all().map(({ code, preview }) => [code, preview])).toEqual([
    ['erased', ''],
  ])
})

test('I9: refusals about them and their addresses among the preferences go', () => {
  desk.answer(desk.do('customer.edit', { id: 'maria', set: { name: 'Mine' } }), {
    kind: 'refused',
    code: 'changed',
  })
  const { settings } = desk.replica
  desk.replica.transaction(() =>
    settings.set('preferences', {
      ...settings.get('preferences'),
      imagesFrom: ['maria@customer.example', 'paul@customer.example'],
    }),
  )
  expect(count('refused')).toBe(1)
  erase()
  expect(count('refused')).toBe(0)
  expect(settings.get('preferences').imagesFrom).toEqual(['paul@customer.example'])
  expect(settings.get('cleansing')).toBe(true)
})

test('S5: what comes of them again, from a hub that has forgotten, does not come in', () => {
  erase()
  const { uncovered } = desk.apply(
    patchOf([
      row('customer', 9, customerRow('maria')),
      row('conversation', 9, conversationRow('c1')),
      row('item', 9, itemRow('c1-9', 'c1', 9)),
    ]),
  )
  expect(uncovered).toEqual([])
  expect(desk.get('conversation', 'c1')).toBeUndefined()
  expect(desk.replica.sql.membership.any.get('customer', 'maria')).toBeUndefined()
  expect(desk.replica.erased.all()).toEqual([erasure])
})
