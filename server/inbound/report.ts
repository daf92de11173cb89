import type { Delivery, Item } from '#shared/model/item.ts'
import type { DeliveryReport } from '../channels/channel.ts'

type Recipient = Delivery['recipients'][number]
type Reported = DeliveryReport['recipients'][number]

/**
 * An outgoing item after a provider's word about it: a bounce, or a receipt (S18). Undefined when it says nothing new. A
 * delay changes nothing: the provider goes on trying.
 */
export function reported(item: Item, report: DeliveryReport, now: number): Item | undefined {
  const { delivery } = item
  if (!delivery || !['sending', 'sent', 'delivered', 'uncertain', 'failed'].includes(delivery.state))
    return undefined
  const recipients = delivery.recipients.map(recipient => {
    const word = wordOn(recipient, delivery.recipients, report)
    return word ? told(recipient, word) : recipient
  })
  if (recipients.every((recipient, index) => recipient === delivery.recipients[index])) return undefined
  const failed = recipients.find(({ state }) => state === 'failed')
  const all = recipients.every(({ state }) => state === 'delivered' || state === 'read')
  return {
    ...item,
    delivery: {
      ...delivery,
      recipients,
      ...(failed ? { state: 'failed', reason: failed.reason, retryable: false, at: now } : {}),
      ...(all ? { state: 'delivered', reason: null, at: now } : {}),
    },
  }
}

/** By address; a report that names nobody we wrote to can only mean the one recipient there is. */
function wordOn(
  recipient: Recipient,
  all: readonly Recipient[],
  report: DeliveryReport,
): Reported | undefined {
  const own = report.recipients.find(
    ({ address }) => address.toLowerCase() === recipient.address.toLowerCase(),
  )
  return own ?? (all.length === 1 && report.recipients.length === 1 ? report.recipients[0] : undefined)
}

function told(recipient: Recipient, word: Reported): Recipient {
  if (word.state === 'delayed') return recipient
  if (word.state === 'delivered')
    return recipient.state === 'delivered' ? recipient : { ...recipient, state: 'delivered', reason: null }
  const detail = `${word.status} ${word.detail}`.trim().slice(0, 1000)
  return { ...recipient, state: 'failed', reason: { kind: 'bounced', detail } }
}
