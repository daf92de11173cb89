import { describe, expect, test } from 'vitest'
import type { DeliveryState, Item } from '#shared/model/item.ts'
import { conversation, message, NOW } from '../sync/testing.ts'
import { reported } from './report.ts'

const sent = (state: DeliveryState, ...addresses: string[]): Item =>
  message('i', conversation('c', 'one'), 1, {
    direction: 'out',
    delivery: {
      state,
      at: NOW,
      attempts: 1,
      reason: null,
      retryable: false,
      nextAttemptAt: null,
      recipients: addresses.map(address => ({ address, state: 'sent', reason: null })),
    },
  })
const word = (address: string, state: 'failed' | 'delayed' | 'delivered') => ({
  messageId: null,
  itemId: 'i',
  recipients: [{ address, state, status: '5.1.1', detail: 'no such user' }],
})

describe('a provider’s word about what was sent', () => {
  test('a bounce fails the recipient it names, in whatever case, and the message', () => {
    const after = reported(sent('sent', 'A@x.example', 'b@x.example'), word('a@X.example', 'failed'), NOW + 5)
    expect(after?.delivery).toMatchObject({
      state: 'failed',
      at: NOW + 5,
      reason: { kind: 'bounced', detail: '5.1.1 no such user' },
      recipients: [{ state: 'failed' }, { state: 'sent' }],
    })
  })

  test('a bounce of a forwarded address is about the only one we wrote to, and about nobody when there are several', () => {
    expect(
      reported(sent('sent', 'a@x.example'), word('elsewhere@y.example', 'failed'), NOW)?.delivery?.state,
    ).toBe('failed')
    expect(
      reported(sent('sent', 'a@x.example', 'b@x.example'), word('elsewhere@y.example', 'failed'), NOW),
    ).toBeUndefined()
  })

  test('a delay says nothing yet; a receipt of everybody means delivered', () => {
    expect(reported(sent('sent', 'a@x.example'), word('a@x.example', 'delayed'), NOW)).toBeUndefined()
    const after = reported(sent('uncertain', 'a@x.example'), word('a@x.example', 'delivered'), NOW)
    expect(after?.delivery).toMatchObject({ state: 'delivered', reason: null })
    expect(after && reported(after, word('a@x.example', 'delivered'), NOW)).toBeUndefined()
  })

  test('what has not left cannot bounce', () => {
    for (const state of ['queued', 'held', 'discarded'] as const)
      expect(reported(sent(state, 'a@x.example'), word('a@x.example', 'failed'), NOW)).toBeUndefined()
  })
})
