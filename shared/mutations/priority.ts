import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Priority } from '../model/conversation.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'

/** Says how much a conversation presses. Of two at once the later one stands. */
export const prioritise = define({
  name: 'conversation.prioritise',
  args: z.object({ conversationId: Id, priority: Priority }),
  roles: everyone,
  reads: args => [key('conversation', args.conversationId)],
  effect(rows, { conversationId, priority }): Verdict {
    const conversation = rows.get('conversation', conversationId)
    if (!conversation) return refuse('not-found')
    const { priority: before = 'normal', ...rest } = conversation
    if (before === priority) return undefined
    rows.put('conversation', priority === 'normal' ? rest : { ...rest, priority })
    return undefined
  },
})
