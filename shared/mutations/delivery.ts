import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'

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
    rows.put('item', {
      ...item,
      delivery: {
        ...item.delivery,
        state: to,
        at: context.now,
        reason: null,
        retryable: false,
        nextAttemptAt: null,
        recipients: settled,
      },
    })
    return undefined
  },
})
