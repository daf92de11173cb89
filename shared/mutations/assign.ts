import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { record } from './timeline.ts'

const reads = (args: { conversationId: Id }, by: { mutationId: Id }) => [
  key('conversation', args.conversationId),
  key('item', by.mutationId),
]

/** Take it if nobody has it. Two at once: the hub's order decides, the other is told who has it (S15). */
export const claim = define({
  name: 'conversation.claim',
  args: z.object({ conversationId: Id, at: Instant }),
  roles: everyone,
  reads,
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    const { assigneeId } = conversation
    if (assigneeId === context.agent.id) return undefined
    if (assigneeId) return refuse('taken', { agentId: assigneeId })
    record(
      rows,
      {
        ...conversation,
        assigneeId: context.agent.id,
        lastAssignment: { seq: conversation.lastSeq + 1, at: context.now, agentId: context.agent.id },
      },
      { kind: 'assigned', agentId: context.agent.id },
      args.at,
      context,
    )
    return undefined
  },
})

/**
 * Give it to somebody, or to nobody. Compare and set: refused when it no longer is with the one it was taken from (S15),
 * so that an order given on an old view never moves work silently.
 */
export const assign = define({
  name: 'conversation.assign',
  args: z.object({ conversationId: Id, agentId: Id.nullable(), from: Id.nullable(), at: Instant }),
  roles: everyone,
  reads: (args, by) => [...reads(args, by), ...(args.agentId ? [key('agent', args.agentId)] : [])],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (conversation.assigneeId === args.agentId) return undefined
    if (conversation.assigneeId !== args.from)
      return refuse('taken', conversation.assigneeId ? { agentId: conversation.assigneeId } : {})
    if (args.agentId) {
      const agent = rows.get('agent', args.agentId)
      if (!agent?.active || !agent.inboxIds.includes(conversation.inboxId)) return refuse('not-possible')
    }
    record(
      rows,
      {
        ...conversation,
        assigneeId: args.agentId,
        lastAssignment: {
          seq: conversation.lastSeq + 1,
          at: context.now,
          agentId: args.agentId,
          by: context.agent.id,
        },
      },
      args.agentId ? { kind: 'assigned', agentId: args.agentId } : { kind: 'unassigned' },
      args.at,
      context,
    )
    return undefined
  },
})
