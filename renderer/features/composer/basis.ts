import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Basis } from '#shared/model/hold.ts'

/**
 * What the author of a reply sees at the moment of sending (S21). Made from the rows that are on the screen, never from newer ones:
 * the hub compares it with what is true when the reply arrives.
 *
 * @param customer the customer the conversation's identity belongs to; a merge is followed as the hub follows it
 */
export function basisOf(
  conversation: Conversation,
  customer: Customer | undefined,
  now: number,
  live: boolean,
): Basis {
  return {
    seq: conversation.lastSeq,
    status: conversation.status,
    assigneeId: conversation.assigneeId,
    inboxId: conversation.inboxId,
    customerId: customer?.mergedInto ?? conversation.customerId,
    writtenAt: now,
    offline: !live,
  }
}

/** The rows around a conversation that mutations of replies name. */
export const placeOf = ({ id, customerId, inboxId, channel }: Conversation) => ({
  conversationId: id,
  customerId,
  inboxId,
  channel,
})
