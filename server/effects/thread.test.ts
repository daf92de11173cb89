import { describe, expect, test } from 'vitest'
import type { Item, Mail } from '#shared/model/item.ts'
import { conversation, message } from '../sync/testing.ts'
import { placeOf } from './thread.ts'

const mail = (messageId: string, over: Partial<Mail> = {}): Mail => ({
  messageId,
  inReplyTo: '',
  references: [],
  from: { name: 'Maria', address: 'maria@customer.example' },
  to: [],
  cc: [],
  raw: null,
  automatic: 'no',
  problems: [],
  ...over,
})
const placeIn = (before: Item[]) => placeOf({ mail: null }, before)
const item = (seq: number, over: Partial<Item>): Item =>
  message(`i${seq}`, conversation('c', 'one'), seq, over)

describe('where a reply stands in its thread (RFC 5322 3.6.4)', () => {
  test('it answers the customer’s newest mail and carries the references of that', () => {
    const place = placeIn([
      item(3, { direction: 'out', mail: mail('ours') }),
      item(2, { mail: mail('second', { references: ['first'], inReplyTo: 'first' }) }),
      item(1, { mail: mail('first') }),
    ])
    expect(place).toMatchObject({
      inReplyTo: 'second',
      references: ['first', 'second'],
      quoted: { text: 'message 2' },
    })
  })

  test('a bounce is not what is answered; without a customer’s mail it is our own', () => {
    const place = placeIn([
      item(2, { mail: mail('report', { automatic: 'bounce' }) }),
      item(1, { direction: 'out', mail: mail('ours') }),
    ])
    expect(place.inReplyTo).toBe('ours')
    expect(placeIn([item(1, { direction: 'out', mail: mail('ours') })])).toEqual({
      inReplyTo: 'ours',
      references: ['ours'],
      quoted: null,
    })
    expect(placeIn([item(1, { kind: 'note', mail: null })])).toEqual({
      inReplyTo: null,
      references: [],
      quoted: null,
    })
  })

  test('a long thread keeps its beginning and its newest', () => {
    const references = Array.from({ length: 100 }, (_, index) => `r${index}`)
    const place = placeIn([item(1, { mail: mail('last', { references }) })])
    expect(place.references).toHaveLength(100)
    expect([place.references[0], place.references[1], place.references.at(-1)]).toEqual(['r0', 'r2', 'last'])
  })

  test('what was forwarded, and what was answered to that, is nothing the customer meets', () => {
    const place = placeIn([
      item(4, { mail: mail('from-the-warehouse', { inReplyTo: 'forward', aside: true }) }),
      item(3, { direction: 'out', mail: mail('forward', { forwards: 'i1' }) }),
      item(2, { direction: 'out', mail: mail('ours') }),
      item(1, { mail: mail('first') }),
    ])
    expect(place).toMatchObject({ inReplyTo: 'first', references: ['first'], quoted: { text: 'message 1' } })
  })

  test('a forward begins a thread of its own: those it goes to are told no names of the customer’s mails', () => {
    const forward = item(2, { direction: 'out', mail: mail('', { forwards: 'i1' }) })
    expect(placeOf(forward, [item(1, { mail: mail('first') })])).toEqual({
      inReplyTo: null,
      references: [],
      quoted: null,
    })
  })
})
