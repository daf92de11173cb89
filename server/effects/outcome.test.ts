import { describe, expect, test } from 'vitest'
import type { Delivery } from '#shared/model/item.ts'
import type { RecipientOutcome } from '../channels/channel.ts'
import { afterAttempt, interrupted } from './outcome.ts'

const NOW = 1_800_000_000_000
const delivery = (attempts: number, ...addresses: string[]): Delivery => ({
  state: 'sending',
  at: NOW - 1,
  attempts,
  reason: null,
  retryable: false,
  nextAttemptAt: null,
  recipients: addresses.map(address => ({ address, state: 'queued', reason: null })),
})
const sent = (address: string): RecipientOutcome => ({ address, state: 'sent' })
const later = (address: string): RecipientOutcome => ({
  address,
  state: 'failed',
  reason: { kind: 'try-later', detail: '451' },
  retryable: true,
})
const never = (address: string): RecipientOutcome => ({
  address,
  state: 'failed',
  reason: { kind: 'refused', detail: '550' },
  retryable: false,
})
const unknown = (address: string): RecipientOutcome => ({
  address,
  state: 'uncertain',
  reason: { kind: 'no-answer', detail: '' },
})
const states = ({ recipients }: Delivery) => recipients.map(({ state }) => state)

describe('S18: what an attempt leaves', () => {
  test('all taken is sent', () => {
    const after = afterAttempt(delivery(1, 'a', 'b'), [sent('a'), sent('b')], NOW, [10])
    expect(after).toMatchObject({ state: 'sent', reason: null, nextAttemptAt: null, at: NOW })
  })

  test('what was put off waits, and only for those who have not got it', () => {
    const after = afterAttempt(delivery(1, 'a', 'b'), [sent('a'), later('b')], NOW, [10])
    expect(after).toMatchObject({ state: 'queued', nextAttemptAt: NOW + 10, reason: { kind: 'try-later' } })
    expect(states(after)).toEqual(['sent', 'queued'])
    const again = afterAttempt({ ...after, attempts: 2 }, [sent('b')], NOW, [10])
    expect([again.state, ...states(again)]).toEqual(['sent', 'sent', 'sent'])
  })

  test('after the last attempt it has failed, and may be sent again by a person', () => {
    const after = afterAttempt(delivery(2, 'a'), [later('a')], NOW, [10])
    expect(after).toMatchObject({ state: 'failed', retryable: true, nextAttemptAt: null })
  })

  test('one refused for good among taken ones has failed, with the other side’s words', () => {
    const after = afterAttempt(delivery(1, 'a', 'b'), [sent('a'), never('b')], NOW, [10])
    expect(after).toMatchObject({
      state: 'failed',
      retryable: false,
      reason: { kind: 'refused', detail: '550' },
    })
    expect(states(after)).toEqual(['sent', 'failed'])
  })

  test('one refused for good is still told when the others are taken later', () => {
    const first = afterAttempt(delivery(1, 'a', 'b'), [never('a'), later('b')], NOW, [10])
    expect([first.state, ...states(first)]).toEqual(['queued', 'failed', 'queued'])
    const second = afterAttempt({ ...first, attempts: 2 }, [sent('b')], NOW, [10])
    expect(second).toMatchObject({ state: 'failed', reason: { kind: 'refused' } })
    expect(states(second)).toEqual(['failed', 'sent'])
  })

  test('I2: one uncertain stops everything that would go by itself', () => {
    const after = afterAttempt(delivery(1, 'a', 'b'), [unknown('a'), later('b')], NOW, [10])
    expect(after).toMatchObject({ state: 'uncertain', nextAttemptAt: null })
    expect(states(after)).toEqual(['uncertain', 'failed'])
  })

  test('a bounce that was faster than our own outcome is not forgotten', () => {
    const bounced = delivery(1, 'a')
    bounced.recipients[0] = { address: 'a', state: 'failed', reason: { kind: 'bounced', detail: '5.1.1' } }
    expect(afterAttempt(bounced, [sent('a')], NOW, [10])).toMatchObject({
      state: 'failed',
      reason: { kind: 'bounced' },
    })
  })

  test('an interrupted attempt is uncertain for those it went to, and sent for those who had it', () => {
    const half = delivery(2, 'a', 'b')
    half.recipients[0]!.state = 'sent'
    const after = interrupted(half, NOW, '')
    expect(after).toMatchObject({ state: 'uncertain', reason: { kind: 'interrupted' } })
    expect(states(after)).toEqual(['sent', 'uncertain'])
  })
})
