import type { RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import { draftId } from '#shared/model/draft.ts'
import { fault } from '#shared/protocol/fault.ts'
import { FaultError } from '../fault-error.ts'
import type { Replica } from '../replica/replica.ts'
import { standingDraft } from '../replica/standing-drafts.ts'
import { type MutateContext, mutate } from '../sync/mutate.ts'

/**
 * An answer from a notification: a reply like any other, with the basis of what was seen there (S21). Words are never lost: what cannot
 * be sent becomes a draft, and a draft that was begun in the page is there after it as before.
 *
 * @throws FaultError what the mutation throws; not-found when the conversation or its address is gone
 */
export function quickReply(
  replica: Replica,
  { conversationId, seq, text }: RequestArgs<'quickReply'>,
  context: MutateContext,
): RequestResult<'quickReply'> {
  const { tables, settings } = replica
  const agentId = settings.get('owner')?.agentId ?? ''
  const conversation = tables.get('conversation', conversationId)
  if (!conversation) throw new FaultError(fault('not-found'))
  const begun = standingDraft(tables, draftId(agentId, conversationId, 'reply'))
  const keep = (words: string, more: Partial<NonNullable<typeof begun>> = {}): void => {
    const { id: _, agentId: __, ...rest } = begun ?? { id: '', agentId: '', ...emptyDraft(conversationId) }
    const args = { ...rest, ...more, text: words, updatedAt: context.hubNow() }
    mutate(replica, { name: 'draft.save', args }, context)
  }
  const identity = tables.get('identity', conversation.identityId)
  const customer = tables.get('customer', conversation.customerId)
  const place = {
    conversationId,
    customerId: conversation.customerId,
    inboxId: conversation.inboxId,
    channel: conversation.channel,
  }
  try {
    if (!identity) throw new FaultError(fault('not-found'))
    const result = mutate(
      replica,
      {
        name: 'reply.send',
        args: {
          id: context.newId(),
          ...place,
          text,
          to: [{ name: identity.name || customer?.name || '', address: identity.address }],
          cc: [],
          bcc: [],
          attachments: [],
          basis: {
            seq,
            status: conversation.status,
            assigneeId: conversation.assigneeId,
            inboxId: conversation.inboxId,
            customerId: customer?.mergedInto ?? conversation.customerId,
            writtenAt: context.hubNow(),
            offline: !context.live(),
          },
        },
      },
      context,
    )
    // Sending takes the draft with it, which is right only where the draft was what was sent.
    if (begun) keep(begun.text)
    return result
  } catch (error) {
    if (begun) {
      const { rich: _, ...plain } = begun
      keep([plain.text, text].filter(Boolean).join('\n\n'), { rich: undefined })
    } else keep(text)
    throw error
  }
}

const emptyDraft = (conversationId: string) => ({
  conversationId,
  kind: 'reply' as const,
  text: '',
  cc: [],
  attachments: [],
  heldItemId: null,
  updatedAt: 0,
})
