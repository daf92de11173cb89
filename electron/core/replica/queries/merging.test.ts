import { beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '#shared/model/row.ts'
import { identityWith } from '#shared/model/testing.ts'
import type { MergeSuggestion } from '#shared/queries/index.ts'
import { conversationRow, customerRow, patchOf, row, TestDesk } from '../../testing.ts'
import { merging } from './merging.ts'

let desk: TestDesk
beforeEach(() => {
  desk = new TestDesk()
})

/** Somebody with one address and one conversation, `<id>-c`. */
function person(
  id: string,
  name: string,
  address: string,
  over: Parameters<typeof conversationRow>[1] = {},
): Row[] {
  return [
    row('customer', 1, customerRow(id, { name })),
    row('identity', 1, identityWith({ id: `${id}-i`, customerId: id, address })),
    row('conversation', 1, conversationRow(`${id}-c`, { customerId: id, identityId: `${id}-i`, ...over })),
  ]
}
const visit = (typedEmail: string) => ({
  visit: { page: '', title: '', locale: '', timeZone: '', device: '', typedEmail, user: '', at: 1 },
})
const answers = () =>
  merging({
    replica: desk.replica,
    agentId: () => 'ann',
    loadingOlder: () => new Set(),
    connected: () => true,
  })
const suggested = (customerId: string): [string, MergeSuggestion['reasons']][] =>
  answers()
    .mergeSuggestions.run({ customerId })
    .map(entry => entry.row())
    .map(({ customer, reasons }) => [customer.id, reasons])
const family = (customerId: string): string[] =>
  answers()
    .family.run({ customerId })
    .map(entry => entry.row().id)

describe('who may be the same person', () => {
  it('has the same address on another channel, typed it, or bears a rare name, in this order', () => {
    desk.apply(
      patchOf([
        ...person('wang', 'Wang Xiaoming', 'wang@example.com'),
        ...person('visitor', 'Wang Xiaoming', 'v-1', visit('Wang@Example.com')),
        ...person('phone', 'Somebody', 'wang@example.com'),
      ]),
    )
    expect(suggested('visitor')).toEqual([
      ['wang', [{ kind: 'typed', address: 'Wang@Example.com' }, { kind: 'name' }]],
      ['phone', [{ kind: 'typed', address: 'Wang@Example.com' }]],
    ])
    expect(suggested('wang')).toEqual([
      ['phone', [{ kind: 'address', address: 'wang@example.com' }]],
      ['visitor', [{ kind: 'typed', address: 'wang@example.com' }, { kind: 'name' }]],
    ])
    expect(suggested('phone').map(([id]) => id)).toEqual(['wang', 'visitor'])
  })

  it('has the same in a field that names one customer, however it is written', () => {
    const field = { id: 'number', kind: 'text' as const, label: { en: 'Customer no.', zh: '' } }
    const workspace = (identifies: boolean, rev: number) =>
      row('workspace', rev, {
        ...{ id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 },
        attributes: [{ ...field, identifies }],
      })
    const numbered = (id: string, number: string): Row[] => {
      const [, ...others] = person(id, `Person ${id}`, `${id}@example.com`)
      return [
        row('customer', 1, customerRow(id, { name: `Person ${id}`, attributes: { number } })),
        ...others,
      ]
    }
    desk.apply(
      patchOf([
        workspace(true, 2),
        ...numbered('a', 'C-20418'),
        ...numbered('b', 'ｃ-20418'),
        ...numbered('c', 'C-204180'),
        ...person('d', 'Who quotes C-20418', 'd@example.com'),
      ]),
    )
    expect(suggested('a')).toEqual([['b', [{ kind: 'attribute', label: field.label, value: 'ｃ-20418' }]]])
    expect(suggested('b').map(([id]) => id)).toEqual(['a'])
    desk.apply(patchOf([workspace(false, 3)]))
    expect(suggested('a')).toEqual([])
  })

  it('is nobody for a name of two signs, or one that many bear', () => {
    const many = ['a', 'b', 'c', 'd'].flatMap(id => person(id, 'Anna Meyer', `${id}@example.com`))
    desk.apply(
      patchOf([
        ...many,
        ...person('w1', '王伟', 'w1@example.com'),
        ...person('w2', '王伟', 'w2@example.com'),
      ]),
    )
    expect(suggested('a')).toEqual([])
    expect(suggested('w1')).toEqual([])
  })

  it('is nobody of whom somebody said that they are another, from either side, and with whoever was merged since', () => {
    desk.apply(
      patchOf([...person('wang', 'W', 'w@x'), ...person('visitor', 'V', 'w@x'), ...person('li', 'L', 'l@x')]),
    )
    desk.do('customer.apart', { id: 'wang', other: 'visitor', apart: true })
    expect([suggested('wang'), suggested('visitor')]).toEqual([[], []])
    desk.do('customer.merge', { id: 'visitor', into: 'li', conversationId: 'visitor-c', at: 1 })
    expect([suggested('wang'), suggested('li')]).toEqual([[], []])
    desk.do('customer.apart', { id: 'visitor', other: 'wang', apart: false })
    expect(suggested('wang').map(([id]) => id)).toEqual(['li'])
  })

  it('is nobody who is the same person already', () => {
    desk.apply(patchOf([...person('wang', 'W', 'w@x'), ...person('visitor', 'V', 'w@x')]))
    desk.do('customer.merge', { id: 'visitor', into: 'wang', conversationId: 'visitor-c', at: 1 })
    expect(suggested('wang')).toEqual([])
    expect(suggested('visitor')).toEqual([])
  })
})

describe('S26 who is one person', () => {
  it('are all, from whichever of them one looks, and the survivor first', () => {
    desk.apply(patchOf([...person('wang', 'W', 'w@x'), ...person('visitor', 'V', 'v@x')]))
    desk.do('customer.merge', { id: 'visitor', into: 'wang', conversationId: 'visitor-c', at: 1 })
    expect(family('visitor')).toEqual(['wang', 'visitor'])
    expect(family('wang')).toEqual(['wang', 'visitor'])
    desk.do('customer.unmerge', { id: 'visitor', into: 'wang', conversationId: 'visitor-c', at: 2 })
    expect(family('visitor')).toEqual(['visitor'])
  })
})
