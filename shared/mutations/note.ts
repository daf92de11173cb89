import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { draftId } from '../model/draft.ts'
import { Attachment } from '../model/item.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { saysSomething } from './outgoing.ts'
import { newItem } from './timeline.ts'

/** An internal note: for colleagues, never sent. */
export const addNote = define({
  name: 'note.add',
  args: z
    .object({
      id: Id,
      conversationId: Id,
      text: z.string().trim().max(100_000),
      attachments: z.array(Attachment).max(50),
      /** Colleagues who are named in it. */
      mentions: z.array(Id).max(50).optional(),
      at: Instant,
    })
    .refine(saysSomething),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('item', args.id),
    key('conversation', args.conversationId),
    key('draft', draftId(agentId, args.conversationId, 'note')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (rows.get('item', args.id)) return refuse('exists')
    const item = newItem(conversation, context, {
      id: args.id,
      kind: 'note',
      direction: 'internal',
      author: { kind: 'agent', agentId: context.agent.id },
      writtenAt: args.at,
      text: args.text,
      attachments: args.attachments,
      ...(args.mentions?.length ? { mentions: args.mentions } : {}),
    })
    rows.put('item', item)
    rows.put('conversation', { ...conversation, lastSeq: item.seq })
    rows.remove('draft', draftId(context.agent.id, args.conversationId, 'note'))
    return undefined
  },
  words: args => ({
    conversationId: args.conversationId,
    kind: 'note',
    text: args.text,
    attachments: args.attachments,
  }),
  needs: args => args.attachments.map(({ sha256 }) => sha256),
})
