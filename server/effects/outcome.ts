import type { Delivery } from '#shared/model/item.ts'
import type { RecipientOutcome } from '../channels/channel.ts'

/** Milliseconds before each further attempt by itself; three days in all, as mail servers do (RFC 5321 4.5.4.1). */
export const RETRY_AFTER: readonly number[] = [
  60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 43_200_000, 86_400_000, 86_400_000,
]

/**
 * A delivery after an attempt. Pure. Only what certainly was not taken is tried again, and only those recipients; as soon as
 * one is uncertain nothing is repeated by itself (S18, I2).
 */
export function afterAttempt(
  delivery: Delivery,
  outcomes: readonly RecipientOutcome[],
  now: number,
  retryAfter: readonly number[],
): Delivery {
  const byAddress = new Map(outcomes.map(outcome => [outcome.address, outcome]))
  const uncertain = outcomes.find(outcome => outcome.state === 'uncertain')
  const failed = outcomes.filter(outcome => outcome.state === 'failed')
  const hopeful = failed.filter(({ retryable }) => retryable)
  const wait = retryAfter[delivery.attempts - 1]
  const again = !uncertain && hopeful.length > 0 && wait !== undefined

  const recipients = delivery.recipients.map((recipient): Delivery['recipients'][number] => {
    const outcome = byAddress.get(recipient.address)
    // A bounce may have been faster than the word of our own attempt.
    if (!outcome || recipient.reason?.kind === 'bounced') return recipient
    const reason = outcome.state === 'sent' ? null : outcome.reason
    const waits = again && outcome.state === 'failed' && outcome.retryable
    return { address: recipient.address, state: waits ? 'queued' : outcome.state, reason }
  })
  const bounced = recipients.find(({ state, reason }) => state === 'failed' && reason?.kind === 'bounced')
  const first = failed.find(({ retryable }) => !retryable) ?? failed[0]
  const base = { ...delivery, at: now, recipients, nextAttemptAt: null, retryable: false }
  if (uncertain) return { ...base, state: 'uncertain', reason: uncertain.reason }
  if (again)
    return {
      ...base,
      state: 'queued',
      reason: hopeful[0]!.reason,
      retryable: true,
      nextAttemptAt: now + wait,
    }
  if (first) return { ...base, state: 'failed', reason: first.reason, retryable: hopeful.length > 0 }
  if (bounced) return { ...base, state: 'failed', reason: bounced.reason }
  const left = recipients.find(({ state }) => state === 'failed')
  if (left) return { ...base, state: 'failed', reason: left.reason }
  return { ...base, state: 'sent', reason: null }
}

/** An attempt that ended without a word, because the hub did: nobody knows whether the message left. */
export function interrupted(delivery: Delivery, now: number, detail: string): Delivery {
  const reason = { kind: 'interrupted' as const, detail }
  return {
    ...delivery,
    state: 'uncertain',
    at: now,
    reason,
    retryable: false,
    nextAttemptAt: null,
    recipients: delivery.recipients.map(recipient =>
      recipient.state === 'queued' ? { ...recipient, state: 'uncertain', reason } : recipient,
    ),
  }
}
