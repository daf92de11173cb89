// Which customer is shown, and which of their conversations the actions and the composer address.
import { useEffect } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import { useLive } from '../../store/live.ts'
import { useHere, useIsActive } from '../../store/pane.ts'
import { settle } from '../../store/view.ts'

export interface Selected {
  customerId: string
  /** Who stands for this person; merges are followed (S26). */
  customer: Customer | undefined
  /** Everybody who is this person, the one who stands for them first. */
  family: readonly Customer[]
  conversations: readonly Conversation[]
  identities: readonly Identity[]
  /** Undefined while loading, or when the customer has none on this desk. */
  conversation: Conversation | undefined
  loading: boolean
}

/**
 * The conversation chosen by the person; else the one the customer last wrote in, open ones first: that is where an answer is waited
 * for.
 */
export function addressed(
  conversations: readonly Conversation[],
  chosen: string | null,
): Conversation | undefined {
  const found = conversations.find(({ id }) => id === chosen)
  if (found) return found
  const rank = (one: Conversation): number[] => [
    one.status === 'closed' ? 0 : 1,
    one.lastInbound?.at ?? 0,
    one.activityAt,
  ]
  return [...conversations].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    for (const [index, value] of right.entries()) {
      const difference = value - (left[index] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  })[0]
}

/** The customer a conversation belongs to by itself: what a reply to it is compared with (S21). */
export const ownerOf = (
  family: readonly Customer[],
  { customerId }: Pick<Conversation, 'customerId'>,
): Customer | undefined => family.find(({ id }) => id === customerId)

export function useSelected(): Selected | null {
  const active = useIsActive()
  const customerId = useHere('customerId')
  const chosen = useHere('conversationId')
  const args = customerId === null ? null : { customerId }
  const { rows: family } = useLive('family', args)
  const { rows: conversations, loading } = useLive('customerConversations', args)
  const { rows: identities } = useLive('identities', args)
  const conversation = addressed(conversations, chosen)

  // Chosen once and then kept: new mail in another conversation must not move the composer to it.
  const unsettled = chosen === null ? conversation?.id : undefined
  useEffect(() => {
    if (unsettled) settle(active, unsettled)
  }, [active, unsettled])

  if (customerId === null) return null
  return { customerId, customer: family[0], family, conversations, identities, conversation, loading }
}
