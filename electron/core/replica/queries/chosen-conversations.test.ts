import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Condition, Where } from '#shared/model/segment.ts'
import type { Sort } from '#shared/queries/index.ts'
import { conversationRow, customerRow, NOW, patchOf, row, TestDesk } from '../../testing.ts'
import { createChosenConversations } from './chosen-conversations.ts'
import type { Answers } from './entry.ts'
import { createAnswers } from './index.ts'

let desk: TestDesk
let answers: Answers
let rev = 10
function begin(): void {
  desk = new TestDesk()
  answers = createAnswers({
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => true,
  })
  for (const id of desk.replica.db.prepare<[], string>('select id from conversation').pluck().all()) leave(id)
}
const leave = (id: string) =>
  desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', type: 'conversation', id }] }))
beforeEach(begin)

const put = (id: string, over: Partial<Conversation> = {}): void => {
  rev += 1
  desk.apply(patchOf([row('conversation', rev, conversationRow(id, over))]))
}
const person = (id: string, over: Parameters<typeof customerRow>[1]): void => {
  rev += 1
  desk.apply(patchOf([row('customer', rev, customerRow(id, over))]))
}
const asked = (
  field: string,
  operator: Condition['operator'],
  ...values: (string | number)[]
): Condition => ({
  field,
  operator,
  values,
})
const where = (...conditions: Condition[]): Where => ({ match: 'all', conditions })
const any = (...conditions: Condition[]): Where => ({ match: 'any', conditions })

function ids(of: Where, sort: Sort = 'newest', offset = 0, limit = 300): string[] {
  const { ready, run } = answers.chosenConversations
  const args = { where: of, sort, offset, limit }
  while (!ready!(args));
  return run(args).map(({ key }) => key)
}
const count = (of: Where): number => {
  while (!answers.conversationCount.ready!({ where: of }));
  return answers.conversationCount.run({ where: of })[0]!.row().count
}

describe('conversations chosen by conditions', () => {
  beforeEach(() => {
    put('mine', { assigneeId: 'ann', activityAt: NOW + 3, subject: 'Räder', tagIds: ['refund'] })
    put('bos', { assigneeId: 'bo', activityAt: NOW + 2, priority: 'urgent', waitingSince: NOW - 5 })
    put('nobodys', { activityAt: NOW + 1, channel: 'chat', waitingSince: null, inboxId: 'one' })
    put('done', { status: 'closed', activityAt: NOW, waitingSince: null })
  })

  it('are asked for by whoever has them, me among them, or nobody', () => {
    expect(ids(where(asked('assignee', 'is', 'me')))).toEqual(['mine'])
    expect(ids(where(asked('assignee', 'one-of', 'me', 'bo')))).toEqual(['mine', 'bos'])
    expect(ids(where(asked('assignee', 'empty'), asked('status', 'is', 'open')))).toEqual(['nobodys'])
  })

  it('are asked for by tag, channel, inbox, subject and what is urgent', () => {
    expect(ids(where(asked('tag', 'is', 'refund')))).toEqual(['mine'])
    expect(ids(where(asked('channel', 'is', 'chat')))).toEqual(['nobodys'])
    expect(ids(where(asked('inbox', 'is', 'elsewhere')))).toEqual([])
    expect(ids(where(asked('subject', 'contains', 'rader')))).toEqual(['mine'])
    expect(ids(where(asked('priority', 'one-of', 'urgent', 'high')))).toEqual(['bos'])
    expect(ids(where(asked('priority', 'is', 'normal')))).toEqual(['mine', 'nobodys', 'done'])
  })

  it('are asked for by the answers that are written together, and by who has the pen', () => {
    put('bos', { activityAt: NOW + 2, sharedDraft: { itemId: 'i1', writerId: 'bo' } })
    put('ours', { activityAt: NOW + 1, sharedDraft: { itemId: 'i2', writerId: 'ann' } })
    expect(ids(where(asked('pen', 'filled')))).toEqual(['bos', 'ours'])
    expect(ids(where(asked('pen', 'is', 'me')))).toEqual(['ours'])
    expect(ids(where(asked('pen', 'is', 'bo')))).toEqual(['bos'])
    put('ours', { activityAt: NOW + 1 })
    expect(ids(where(asked('pen', 'is', 'me')))).toEqual([])
  })

  it('are asked for by their customer’s tier and company, of whoever they are part of', () => {
    person('mei', { tier: 'VIP', company: 'Ling AG' })
    put('hers', { customerId: 'mei', activityAt: NOW + 9 })
    expect(ids(where(asked('tier', 'is', 'vip')))).toEqual(['hers'])
    expect(ids(where(asked('company', 'contains', 'ling')))).toEqual(['hers'])
    person('mei', { tier: '' })
    expect(ids(where(asked('tier', 'is', 'vip')))).toEqual([])
    person('lin', { tier: 'VIP' })
    person('mei', { mergedInto: 'lin' })
    expect(ids(where(asked('tier', 'is', 'vip')))).toEqual(['hers'])
  })

  it('are asked for by whether the customer waits, and stand in either order', () => {
    expect(ids(where(asked('waiting', 'filled')), 'longest-waiting')).toEqual(['bos', 'mine'])
    expect(ids(where(asked('waiting', 'empty')))).toEqual(['nobodys', 'done'])
    expect(ids(any(asked('assignee', 'is', 'me'), asked('status', 'is', 'closed')))).toEqual(['mine', 'done'])
  })

  it('are counted, and shown by the window', () => {
    expect(count(where())).toBe(4)
    expect(ids(where(), 'newest', 1, 2)).toEqual(['bos', 'nobodys'])
  })

  it('are none where a condition cannot be asked', () => {
    expect(ids(where(asked('weather', 'is', 'rain')))).toEqual([])
    expect(ids(where(asked('status', 'within', 3)))).toEqual([])
  })
})

it('what is remembered of conditions is what asking all anew would give, whatever has changed since', () => {
  const views = [
    where(),
    where(asked('status', 'is', 'open'), asked('assignee', 'is', 'me')),
    any(asked('tag', 'is', 'refund'), asked('waiting', 'filled')),
    where(asked('tier', 'is', 'VIP')),
  ]
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    status: fc.constantFrom('open' as const, 'closed' as const),
    assigneeId: fc.constantFrom('ann', 'bo', null),
    tagIds: fc.constantFrom<string[]>(['refund'], []),
    gone: fc.boolean(),
    customerId: fc.constantFrom('maria', 'mei', 'lin'),
    tier: fc.constantFrom('VIP', ''),
    mergedInto: fc.constantFrom(null, 'maria'),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 15 }), changes => {
      begin()
      const slow = createChosenConversations(desk.replica, () => 'ann', 1)
      for (const { id, gone, tier, mergedInto, ...over } of changes) {
        const { customerId } = over
        person(customerId, { tier, mergedInto: customerId === mergedInto ? null : mergedInto })
        if (gone) leave(id)
        else put(id, { ...over, waitingSince: over.status === 'open' ? NOW : null })
        for (const view of views) slow.advance(view)
      }
      for (const view of views) {
        const anew = createChosenConversations(desk.replica, () => 'ann')
        expect(slow.places(view, 'newest', 0, -1)).toEqual(anew.places(view, 'newest', 0, -1))
        expect(slow.count(view)).toBe(anew.count(view))
      }
    }),
    { numRuns: 40 },
  )
})
