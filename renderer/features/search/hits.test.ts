import { expect, test } from 'vitest'
import type { SearchHit } from '#shared/queries/index.ts'
import { grouped, marked, pieces } from './hits.ts'

const hit = (key: string, own: Partial<SearchHit> = {}): SearchHit => ({
  key,
  kind: 'item',
  customerId: 'customer',
  customerName: 'Amara',
  conversationId: key,
  itemId: key,
  channel: 'email',
  subject: '',
  snippet: '',
  at: 0,
  ...own,
})

test('hits in a subject are conversations, once each; the others are messages', () => {
  const result = grouped(
    [
      hit('1', { subject: 'Refund of the seat', conversationId: 'a' }),
      hit('2', { subject: 'Refund of the seat', conversationId: 'a' }),
      hit('3', { subject: 'Brakes' }),
      hit('4', { kind: 'customer' }),
    ],
    'refund',
  )
  expect(result.conversations.map(({ key }) => key)).toEqual(['1'])
  expect(result.messages.map(({ key }) => key)).toEqual(['3'])
  expect(result.customers.map(({ key }) => key)).toEqual(['4'])
})

test('marks in a snippet become pieces; one that never closes runs to the end', () => {
  expect(pieces('the \ue000refund\ue001 of')).toEqual([
    { text: 'the ', hit: false },
    { text: 'refund', hit: true },
    { text: ' of', hit: false },
  ])
  expect(pieces('\ue000退款')).toEqual([{ text: '退款', hit: true }])
  expect(pieces('none')).toEqual([{ text: 'none', hit: false }])
})

test('words are marked whatever their case and width', () => {
  expect(marked('Refund 退款', 'REFUND 退')).toEqual([
    { text: 'Refund', hit: true },
    { text: ' ', hit: false },
    { text: '退', hit: true },
    { text: '款', hit: false },
  ])
  expect(marked('ＳＯ-20418', 'so')[0]).toEqual({ text: 'ＳＯ', hit: true })
})
