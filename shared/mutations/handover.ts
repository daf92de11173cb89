import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { newItem } from './timeline.ts'

/**
 * Give a conversation to a colleague with a word on where it stands. Compare and set, as to assign it (S15); both are one step, so
 * that nobody has it without the word. A desk that knows of no summaries reads that it was assigned.
 */
export const handOver = define({
  name: 'conversation.hand-over',
  args: z.object({
    conversationId: Id,
    agentId: Id,
    /** Who has it, as its author sees it. */
    from: Id.nullable(),
    summary: z.string().trim().max(4000),
    at: Instant,
  }),
  roles: everyone,
  reads: (args, { mutationId }) => [
    key('conversation', args.conversationId),
    key('item', mutationId),
    key('agent', args.agentId),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const { id: me } = context.agent
    if (!conversation) return refuse('not-found')
    if (conversation.assigneeId !== args.from)
      return refuse('taken', conversation.assigneeId ? { agentId: conversation.assigneeId } : {})
    const to = rows.get('agent', args.agentId)
    if (!to?.active || !to.inboxIds.includes(conversation.inboxId) || to.id === me)
      return refuse('not-possible')
    const item = newItem(conversation, context, {
      id: context.mutationId,
      kind: 'event',
      direction: 'internal',
      author: { kind: 'agent', agentId: me },
      writtenAt: args.at,
      text: args.summary,
      event: { kind: 'assigned', agentId: to.id },
      handover: true,
    })
    rows.put('item', item)
    const { handover: _, ...rest } = conversation
    rows.put('conversation', {
      ...rest,
      lastSeq: item.seq,
      assigneeId: to.id,
      lastAssignment: { seq: item.seq, at: context.now, agentId: to.id, by: me },
      ...(args.summary === '' ? {} : { handover: { itemId: item.id, by: me, to: to.id, at: item.at } }),
    })
    return undefined
  },
  words: args => ({ conversationId: args.conversationId, kind: 'note', text: args.summary }),
})

/** Who has it now has read the summary. It stays in the timeline. */
export const putAwayHandover = define({
  name: 'handover.put-away',
  args: z.object({ conversationId: Id, itemId: Id }),
  roles: everyone,
  reads: args => [key('conversation', args.conversationId)],
  effect(rows, args, { agent }): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    const { handover, ...rest } = conversation
    // Handed on meanwhile: what there is now is for somebody else.
    if (handover?.itemId !== args.itemId || handover.to !== agent.id) return undefined
    rows.put('conversation', rest)
    return undefined
  },
})
