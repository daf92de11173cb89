import { beforeEach, expect, test } from 'vitest'
import { draftId } from '#shared/model/draft.ts'
import { draftOf, TestDesk } from '../testing.ts'
import { quickReply } from './quick-reply.ts'

let desk: TestDesk
let context: Parameters<typeof quickReply>[2]
beforeEach(() => {
  desk = new TestDesk()
  context = { newId: desk.newId, hubNow: () => ++desk.now, live: () => true }
})
const draft = () => desk.get('draft', draftId('ann', 'c1', 'reply'))
const answer = (over = {}) =>
  quickReply(desk.replica, { conversationId: 'c1', seq: 1, text: 'On its way', ...over }, context)

test('an answer from a notification is a reply like any other, to who wrote', () => {
  expect(answer().verdict).toBe('done')
  expect(desk.waiting).toEqual(['reply.send'])
  const args = JSON.parse(desk.replica.sql.outbox.all.all(1)[0]!.args)
  expect(args).toMatchObject({
    text: 'On its way',
    to: [{ address: 'maria@customer.example' }],
    basis: { seq: 1, offline: false },
  })
})

test('S21: it carries what was seen in the notification, not what came since', () => {
  desk.do('note.add', { id: 'n', conversationId: 'c1', text: 'wait', attachments: [], at: 1 })
  answer()
  const args = JSON.parse(desk.replica.sql.outbox.all.all(9).at(-1)!.args)
  expect(args.basis.seq).toBe(1)
})

test('what had been begun in the page is still there after it', () => {
  desk.do('draft.save', draftOf('c1', 'Dear Maria,'))
  answer()
  expect(draft()?.text).toBe('Dear Maria,')
})

test('words that cannot be sent are kept as a draft, after what was begun, and the reason is told', () => {
  desk.do('draft.save', draftOf('c1', 'Dear Maria,'))
  desk.replica.transaction(() => desk.replica.tables.remove('identity', 'maria-mail'))
  expect(() => answer()).toThrow()
  expect(draft()?.text).toBe('Dear Maria,\n\nOn its way')
  expect(desk.waiting).not.toContain('reply.send')
})
