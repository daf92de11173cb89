import { z } from 'zod'
import { Id } from '../model/base.ts'
import type { HeldReply } from '../model/conversation.ts'
import { draftId } from '../model/draft.ts'
import { Basis } from '../model/hold.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import {
  answered,
  around,
  Content,
  draftOf,
  fits,
  inState,
  outgoingMail,
  Place,
  queued,
  reopened,
  review,
  saysSomething,
  wordsOf,
} from './outgoing.ts'
import { newItem } from './timeline.ts'

/**
 * Answer the customer. Held, with reasons, when what the author had seen is no longer true (S21), or when an earlier reply
 * of theirs in this conversation is held (S22). A held reply is an item like any other, so the whole inbox sees it.
 */
export const sendReply = define({
  name: 'reply.send',
  args: z.object({ id: Id, ...Place.shape, ...Content.shape, basis: Basis }).refine(saysSomething),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('item', args.id),
    ...around(args),
    key('draft', draftId(agentId, args.conversationId, 'reply')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (!fits(args, conversation)) return refuse('invalid')
    if (rows.get('item', args.id)) return refuse('exists')
    if (rows.get('channel', args.channel)?.can.reply === false) return refuse('invalid')

    const me = context.agent.id
    const earlier = conversation.held.find(held => held.agentId === me)
    const reasons = earlier
      ? [{ kind: 'earlier-held' as const, itemId: earlier.itemId }]
      : review(rows, args, conversation, args.basis, context)

    const item = newItem(conversation, context, {
      id: args.id,
      kind: 'message',
      direction: 'out',
      author: { kind: 'agent', agentId: me },
      writtenAt: args.basis.writtenAt,
      subject: conversation.subject,
      ...wordsOf(args),
      attachments: args.attachments,
      mail: outgoingMail(args),
      delivery: queued(args, context.now),
      basis: args.basis,
      holdReasons: reasons,
    })
    const numbered = { ...conversation, lastSeq: item.seq }
    rows.remove('draft', draftId(me, args.conversationId, 'reply'))

    if (reasons.length > 0) {
      const held: HeldReply = { itemId: item.id, agentId: me, reasons, along: [] }
      rows.put('item', inState(item, 'held', context.now))
      rows.put('conversation', { ...numbered, held: [...numbered.held, held] })
      return { kind: 'held', reasons }
    }
    rows.put('item', item)
    rows.put('conversation', answered(reopened(numbered), item, me, context.now))
    return undefined
  },
  words: args => ({
    conversationId: args.conversationId,
    kind: 'reply',
    text: args.text,
    attachments: args.attachments,
    draft: draftOf(args),
  }),
  needs: args => args.attachments.map(({ sha256 }) => sha256),
})
