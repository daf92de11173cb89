import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '#shared/model/customer.ts'
import { type Condition, everybody, type Where } from '#shared/model/segment.ts'
import { identityWith } from '#shared/model/testing.ts'
import type { CustomerFilter, CustomerOrder } from '#shared/queries/index.ts'
import { conversationRow, customerRow, NOW, patchOf, row, TestDesk } from '../../testing.ts'
import { createCustomerMatches } from '../customer-matches.ts'
import type { Answers } from './entry.ts'
import { createAnswers } from './index.ts'

const DAY = 86_400_000
const size = { id: 'size', kind: 'number' as const, label: { en: 'Size', zh: '规模' } }

let desk: TestDesk
let answers: Answers
const answersNow = (): Answers =>
  createAnswers({
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => true,
  })
function begin(): void {
  desk = new TestDesk()
  answers = answersNow()
  desk.apply(
    patchOf([
      row('workspace', 2, { id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90, attributes: [size] }),
      person('maria', { name: 'Maria', company: 'Veloform', tier: 'VIP', createdAt: NOW }),
      ...whole(
        'zhao',
        { name: '赵明轩', company: 'Veloform GmbH', language: 'zh-CN', createdAt: NOW - DAY },
        'chat',
      ),
      ...whole(
        'emile',
        { name: 'Émile', note: 'likes tea', createdAt: NOW - 2 * DAY, tagIds: ['refund'] },
        'email',
        5,
      ),
      ...whole(
        'bob',
        { name: 'bob', tier: 'VIP', createdAt: NOW - 3 * DAY, attributes: { size: 12 } },
        'email',
        9,
        'closed',
      ),
    ]),
  )
}
beforeEach(begin)

const person = (id: string, over: Partial<Customer>) => row('customer', 2, customerRow(id, over))

/** A customer with an address and a conversation. */
function whole(
  id: string,
  over: Partial<Customer>,
  channel: string,
  later = 0,
  status: 'open' | 'closed' = 'open',
) {
  const address = channel === 'email' ? `${id}@home.example` : `${id}-4711`
  return [
    row('customer', 1, customerRow(id, over)),
    row('identity', 1, identityWith({ id: `${id}-1`, customerId: id, channel, address })),
    row(
      'conversation',
      1,
      conversationRow(`c-${id}`, {
        customerId: id,
        identityId: `${id}-1`,
        channel,
        status,
        activityAt: NOW + later,
      }),
    ),
  ]
}

const where = (...conditions: Condition[]): Where => ({ match: 'all', conditions })
const asked = (
  field: string,
  operator: Condition['operator'],
  ...values: Condition['values']
): Condition => ({
  field,
  operator,
  values,
})
const list = (
  filter: Partial<CustomerFilter> = {},
  order: CustomerOrder = 'name',
  more: { reversed?: boolean; offset?: number; limit?: number } = {},
) =>
  answers.customers
    .run({
      filter: { where: everybody, text: '', ...filter },
      order,
      reversed: false,
      offset: 0,
      limit: 100,
      ...more,
    })
    .map(entry => entry.row())
const ids = (...args: Parameters<typeof list>): string[] => list(...args).map(({ customer }) => customer.id)
const who = (...conditions: Condition[]): string[] => ids({ where: where(...conditions) })

describe('the list of customers', () => {
  it('is in the order of names, of what happened last, of how long they have been customers, and backwards', () => {
    expect(ids()).toEqual(['bob', 'emile', 'maria', 'zhao'])
    expect(ids({}, 'name', { reversed: true })).toEqual(['zhao', 'maria', 'emile', 'bob'])
    expect(ids({}, 'last-activity')).toEqual(['bob', 'emile', 'zhao', 'maria'])
    expect(ids({}, 'since')).toEqual(['maria', 'zhao', 'emile', 'bob'])
    expect(ids({}, 'since', { reversed: true, offset: 1, limit: 2 })).toEqual(['emile', 'zhao'])
  })

  it('shows channels, open conversations and the last activity of everybody who is one person', () => {
    desk.apply(patchOf([row('customer', 3, customerRow('zhao', { name: '赵明轩', mergedInto: 'emile' }))]))
    expect(list().map(({ customer, ...rest }) => ({ id: customer.id, ...rest }))).toEqual([
      { id: 'bob', channels: ['email'], openConversations: 0, lastActivityAt: NOW + 9 },
      { id: 'emile', channels: ['chat', 'email'], openConversations: 2, lastActivityAt: NOW + 5 },
      { id: 'maria', channels: ['email'], openConversations: 2, lastActivityAt: NOW },
    ])
  })

  it('is searched by name, company, address, number, note, pinyin and initials, and by who was merged into somebody', () => {
    expect(ids({ text: 'emile' })).toEqual(['emile'])
    expect(ids({ text: 'veloform' })).toEqual(['maria', 'zhao'])
    expect(ids({ text: 'bob@home' })).toEqual(['bob'])
    expect(ids({ text: '4711' })).toEqual(['zhao'])
    expect(ids({ text: 'tea' })).toEqual(['emile'])
    for (const text of ['zhaoming', 'zmx', 'mingxuan', '明轩']) expect(ids({ text }), text).toEqual(['zhao'])
    desk.apply(patchOf([row('customer', 3, customerRow('zhao', { name: '赵明轩', mergedInto: 'bob' }))]))
    expect(ids({ text: 'zmx' })).toEqual(['bob'])
  })

  it('does not show who came by a lost inbox from the moment on that it is lost', () => {
    expect(ids({ text: 'bob' })).toEqual(['bob'])
    desk.replica.sql.stream.hide.run('inbox:one')
    desk.replica.sql.stream.hideInbox.run('one')
    expect(ids()).toEqual([])
    expect(ids({ text: 'bob' })).toEqual([])
  })
})

describe('conditions', () => {
  it('ask texts whatever their case, width and accents', () => {
    expect(who(asked('name', 'is', 'EMILE'))).toEqual(['emile'])
    expect(who(asked('name', 'contains', '明'))).toEqual(['zhao'])
    expect(who(asked('company', 'contains', 'ｖｅｌｏ'))).toEqual(['maria', 'zhao'])
    expect(who(asked('company', 'is-not', 'veloform'))).toEqual(['bob', 'emile', 'zhao'])
    expect(who(asked('company', 'empty'))).toEqual(['bob', 'emile'])
    expect(who(asked('note', 'filled'))).toEqual(['emile'])
    expect(who(asked('tier', 'one-of', 'vip', 'gold'))).toEqual(['bob', 'maria'])
  })

  it('ask codes, numbers, tags, channels, addresses and days', () => {
    expect(who(asked('language', 'is', 'zh-CN'))).toEqual(['zhao'])
    expect(who(asked('size', 'after', 10))).toEqual(['bob'])
    expect(who(asked('size', 'before', 10))).toEqual([])
    expect(who(asked('size', 'empty'))).toEqual(['emile', 'maria', 'zhao'])
    expect(who(asked('open', 'is', 0))).toEqual(['bob'])
    expect(who(asked('tagIds', 'is', 'refund'))).toEqual(['emile'])
    expect(who(asked('tagIds', 'is-not', 'refund'))).toEqual(['bob', 'maria', 'zhao'])
    expect(who(asked('tagIds', 'empty'))).toEqual(['bob', 'maria', 'zhao'])
    expect(who(asked('channel', 'one-of', 'chat', 'phone'))).toEqual(['zhao'])
    expect(who(asked('address', 'contains', 'HOME.example'))).toEqual(['bob', 'emile'])
    expect(who(asked('createdAt', 'is', NOW - DAY))).toEqual(['zhao'])
    expect(who(asked('createdAt', 'before', NOW - DAY))).toEqual(['bob', 'emile'])
    expect(who(asked('createdAt', 'after', NOW - DAY))).toEqual(['maria'])
    expect(who(asked('lastActivity', 'after', NOW))).toEqual([])
  })

  it('count days from today, by the desk’s calendar', () => {
    const today = new Date(2026, 2, 30, 9).getTime()
    const at = (days: number, hours = 9): number => new Date(2026, 2, 30 + days, hours).getTime()
    desk.apply(
      patchOf([
        row('workspace', 3, {
          ...{ id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 },
          attributes: [{ id: 'renewal', kind: 'date', label: { en: 'Renewal', zh: '' } }],
        }),
        person('first', { name: 'first', createdAt: at(0, 0), attributes: { renewal: '2026-03-30' } }),
        person('sixth', { name: 'sixth', createdAt: at(-6, 0), attributes: { renewal: '2026-04-05' } }),
        person('seventh', { name: 'seventh', createdAt: at(-7, 23), attributes: { renewal: '2026-04-06' } }),
        person('eighth', { name: 'eighth', createdAt: at(-8, 23), attributes: { renewal: '2026-03-22' } }),
      ]),
    )
    const matches = createCustomerMatches(desk.replica, 2000, () => today)
    const whoNow = (condition: Condition): string[] =>
      desk.replica.db
        .prepare<[string], string>(
          'select name from customer where rowid in (select value from json_each(?)) order by rowid',
        )
        .pluck()
        .all(JSON.stringify(matches.of({ where: where(condition), text: '' })!.all()))
        .filter(name => ['first', 'sixth', 'seventh', 'eighth'].includes(name))
    expect(whoNow(asked('createdAt', 'within', 1))).toEqual(['first'])
    expect(whoNow(asked('createdAt', 'within', 7))).toEqual(['first', 'sixth'])
    expect(whoNow(asked('createdAt', 'longer-ago', 7))).toEqual(['eighth'])
    expect(whoNow(asked('renewal', 'ahead', 7))).toEqual(['first', 'sixth'])
    expect(whoNow(asked('renewal', 'longer-ago', 7))).toEqual(['eighth'])
    for (const wrong of [0, -1, 1.5, '7']) expect(whoNow(asked('createdAt', 'within', wrong))).toEqual([])
  })

  it('hold all together, or any of them', () => {
    const two = [asked('tier', 'is', 'vip'), asked('company', 'empty')]
    expect(ids({ where: { match: 'all', conditions: two } })).toEqual(['bob'])
    expect(ids({ where: { match: 'any', conditions: two } })).toEqual(['bob', 'emile', 'maria'])
  })

  it('that cannot be asked are answered by nobody, and text is never a part of the question', () => {
    expect(who(asked('gone', 'is', 'x'))).toEqual([])
    expect(who(asked('name', 'before', 'x'))).toEqual([])
    expect(who(asked('size', 'is', '12'))).toEqual([])
    for (const text of ["' or 1=1 --", '"', '@', '?', '%', '_', '$."x"']) {
      expect(who(asked('name', 'contains', text)), text).toEqual([])
      expect(who(asked(text, 'is', text)), text).toEqual([])
    }
  })
})

describe('what is remembered of a filter', () => {
  const filters: Partial<CustomerFilter>[] = [
    {},
    { text: 'velo' },
    { where: where(asked('tier', 'is', 'VIP')) },
    { where: where(asked('open', 'after', 0)), text: 'm' },
  ]
  const all = () => filters.map(filter => [ids(filter, 'last-activity'), ids(filter, 'name')])

  it('is what asking everybody anew would give, whatever has changed since', () => {
    const names = ['maria', 'zhao', 'emile', 'bob']
    const change = fc.record({
      id: fc.constantFrom(...names),
      what: fc.constantFrom('tier', 'name', 'merge', 'unmerge', 'close', 'write', 'go'),
      into: fc.constantFrom(...names),
    })
    let rev = 10
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), changes => {
        begin()
        // One customer at a time, while they change.
        const slow = createCustomerMatches(desk.replica, 1)
        for (const { id, what, into } of changes) {
          rev += 1
          const customer = desk.get('customer', id)
          const conversation = desk.get('conversation', `c-${id}`)
          if (!customer) desk.apply(patchOf(whole(id, {}, 'email')))
          else if (what === 'go')
            desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', type: 'customer', id }] }))
          else if (what === 'tier')
            desk.do('customer.edit', { id, set: { tier: customer.tier ? '' : 'VIP' } })
          else if (what === 'name')
            desk.apply(patchOf([row('customer', rev, { ...customer, name: `${into} velo` })]))
          else if (what === 'merge' && into !== id && !desk.get('customer', into)?.mergedInto)
            desk.apply(patchOf([row('customer', rev, { ...customer, mergedInto: into })]))
          else if (what === 'unmerge')
            desk.apply(patchOf([row('customer', rev, { ...customer, mergedInto: null })]))
          else if (conversation)
            desk.apply(
              patchOf([
                row('conversation', rev, {
                  ...conversation,
                  status: what === 'close' ? 'closed' : 'open',
                  activityAt: NOW + rev,
                }),
              ]),
            )
          for (const filter of filters) slow.advance({ where: everybody, text: '', ...filter })
          const remembered = all()
          const before = answers
          answers = answersNow()
          expect(remembered).toEqual(all())
          answers = before
        }
        for (const filter of filters) {
          const whole = { where: everybody, text: '', ...filter }
          const anew = createCustomerMatches(desk.replica).of(whole)
          expect(slow.of(whole)?.all()).toEqual(anew?.all())
        }
      }),
      { numRuns: 25 },
    )
  })
})
