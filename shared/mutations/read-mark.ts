import { z } from 'zod'
import { Id } from '../model/base.ts'
import { readMarkId } from '../model/read-mark.ts'
import { key } from '../model/row.ts'
import { define, everyone, type Verdict } from './mutation.ts'

/** The agent has seen a conversation up to `seq`. Never goes back, whatever order two desks report in; what was marked unread is read as far. */
export const markRead = define({
  name: 'conversation.read',
  args: z.object({ conversationId: Id, seq: z.int().nonnegative() }),
  roles: everyone,
  reads: (args, { agentId }) => [key('readMark', readMarkId(agentId, args.conversationId))],
  effect(rows, args, { agent }): Verdict {
    const id = readMarkId(agent.id, args.conversationId)
    const mark = rows.get('readMark', id)
    if (!mark || args.seq > mark.seq)
      rows.put('readMark', { id, agentId: agent.id, conversationId: args.conversationId, seq: args.seq })
    else if (mark.back !== undefined && args.seq > mark.back) {
      const { back: _, ...read } = mark
      rows.put('readMark', args.seq === mark.seq ? read : { ...read, back: args.seq })
    }
    return undefined
  },
  coalesce: args => `read:${args.conversationId}`,
})

/** The agent comes back to it: from the entry `seq` on it is unread again, to them alone. */
export const markUnread = define({
  name: 'conversation.unread',
  args: z.object({ conversationId: Id, seq: z.int().positive() }),
  roles: everyone,
  reads: (args, { agentId }) => [key('readMark', readMarkId(agentId, args.conversationId))],
  effect(rows, args, { agent }): Verdict {
    const mark = rows.get('readMark', readMarkId(agent.id, args.conversationId))
    // What was never read is unread.
    if (mark && mark.seq >= args.seq) rows.put('readMark', { ...mark, back: args.seq - 1 })
    return undefined
  },
  coalesce: args => `unread:${args.conversationId}`,
})
