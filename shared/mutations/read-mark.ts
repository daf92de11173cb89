import { z } from 'zod'
import { Id } from '../model/base.ts'
import { readMarkId } from '../model/read-mark.ts'
import { key } from '../model/row.ts'
import { define, everyone, type Verdict } from './mutation.ts'

/** The agent has seen a conversation up to `seq`. Never goes back, whatever order two desks report in. */
export const markRead = define({
  name: 'conversation.read',
  args: z.object({ conversationId: Id, seq: z.int().nonnegative() }),
  roles: everyone,
  reads: (args, { agentId }) => [key('readMark', readMarkId(agentId, args.conversationId))],
  effect(rows, args, { agent }): Verdict {
    const id = readMarkId(agent.id, args.conversationId)
    const mark = rows.get('readMark', id)
    if (mark && mark.seq >= args.seq) return undefined
    rows.put('readMark', { id, agentId: agent.id, conversationId: args.conversationId, seq: args.seq })
    return undefined
  },
  coalesce: args => `read:${args.conversationId}`,
})
