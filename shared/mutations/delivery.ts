import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Item } from '../model/item.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { letGo } from './outgoing.ts'

/**
 * A person's word on a message that failed, or of which nobody knows whether it left (S18): send it once more, or leave it,
 * because it did arrive.
 */
export const resolveDelivery = define({
  name: 'delivery.resolve',
  args: z.object({ itemId: Id, conversationId: Id, as: z.enum(['send-again', 'arrived']), at: Instant }),
  roles: everyone,
  reads: args => [key('item', args.itemId), key('conversation', args.conversationId)],
  effect(rows, args, context): Verdict {
    const item = rows.get('item', args.itemId)
    if (!item?.delivery || item.conversationId !== args.conversationId) return refuse('not-found')
    const { state, recipients } = item.delivery
    if (state !== 'uncertain' && !(state === 'failed' && args.as === 'send-again'))
      return refuse('not-possible')
    const again = args.as === 'send-again'
    const settled = recipients.map(recipient => {
      // Whoever has it already must not get it again.
      const open = recipient.state === 'uncertain' || (again && recipient.state === 'failed')
      return open
        ? { ...recipient, state: again ? ('queued' as const) : ('sent' as const), reason: null }
        : recipient
    })
    const to = again ? 'queued' : settled.some(recipient => recipient.state === 'failed') ? 'failed' : 'sent'
    const { later, ...delivery } = item.delivery
    const settledItem: Item = {
      ...item,
      delivery: {
        ...delivery,
        // It waited for its time and was not let go yet: that is done when it leaves.
        ...(later && again ? { later: { at: context.now } } : {}),
        state: to,
        at: context.now,
        reason: null,
        retryable: false,
        nextAttemptAt: null,
        recipients: settled,
      },
    }
    const conversation = rows.get('conversation', args.conversationId)
    if (later && !again && conversation && item.author.kind === 'agent') {
      const gone = letGo(conversation, settledItem, item.author.agentId, context.now)
      rows.put('conversation', gone.conversation)
      rows.put('item', gone.item)
    } else rows.put('item', settledItem)
    return undefined
  },
})
