import { z } from 'zod'
import { Id } from '../model/base.ts'
import type { HeldReply } from '../model/conversation.ts'
import { draftId, Shared } from '../model/draft.ts'
import { Basis } from '../model/hold.ts'
import { key } from '../model/row.ts'
import { type Context, define, everyone, type Rows, refuse, type Verdict, type Words } from './mutation.ts'
import {
  answered,
  around,
  Content,
  draftOf,
  fits,
  inState,
  laterOf,
  outgoingMail,
  Place,
  Planned,
  queued,
  reopened,
  review,
  saidIn,
  saysSomething,
  UndoSeconds,
} from './outgoing.ts'
import { sharedOf, spend, unshared } from './shared-draft.ts'
import { newItem } from './timeline.ts'

const Reply = z.object({
  id: Id,
  ...Place.shape,
  ...Content.shape,
  basis: Basis,
  /** It was written together: with whose pen. */
  shared: Shared.optional(),
})
const ReplyNow = Reply.extend({ undoSeconds: UndoSeconds })
const ReplyLater = Reply.extend(Planned.shape)
type Args = z.infer<typeof Reply> & { undoSeconds?: number | undefined; sendAt?: number }

const reads = (args: Args, { agentId }: { agentId: Id }) => [
  key('item', args.id),
  ...around(args),
  ...sharedOf(args),
  key('draft', draftId(agentId, args.conversationId, 'reply')),
]

function effect(rows: Rows, args: Args, context: Context): Verdict {
  const there = rows.get('conversation', args.conversationId)
  if (!there) return refuse('not-found')
  if (!fits(args, there)) return refuse('invalid')
  if (rows.get('item', args.id)) return refuse('exists')
  if (rows.get('channel', args.channel)?.can.reply === false) return refuse('invalid')
  const taken = spend(rows, args, context.agent.id)
  if (taken) return taken
  const conversation = args.shared ? unshared(there) : there

  const me = context.agent.id
  const later = laterOf(args, context.now)
  const earlier = conversation.held.find(held => held.agentId === me)
  const reasons = earlier
    ? [{ kind: 'earlier-held' as const, itemId: earlier.itemId }]
    : review(rows, args, conversation, args.basis, context, { later })

  const item = newItem(conversation, context, {
    id: args.id,
    kind: 'message',
    direction: 'out',
    author: { kind: 'agent', agentId: me },
    writtenAt: args.basis.writtenAt,
    subject: conversation.subject,
    ...saidIn(args),
    mail: outgoingMail(args),
    delivery: queued(args, context.now, later),
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
  // What has yet to leave has answered nobody: the customer waits until then.
  rows.put('conversation', later ? numbered : answered(reopened(numbered), item, me, context.now))
  return undefined
}

const words = (args: Args): Words => ({
  conversationId: args.conversationId,
  kind: 'reply',
  text: args.text,
  attachments: args.attachments,
  draft: draftOf(args),
})
const needs = (args: Args) => args.attachments.map(({ sha256 }) => sha256)
/** An unsent one leaves the outbox with the word that takes it back (`reply.cancel`). */
export const sendingOf = (itemId: Id): string => `sending:${itemId}`
const coalesce = (args: Args) => sendingOf(args.id)

/**
 * Answer the customer. Held, with reasons, when what the author had seen is no longer true (S21), or when an earlier reply
 * of theirs in this conversation is held (S22). A held reply is an item like any other, so the whole inbox sees it.
 */
export const sendReply = define({
  name: 'reply.send',
  args: ReplyNow.refine(saysSomething),
  roles: everyone,
  reads,
  effect,
  words,
  needs,
  coalesce,
})

/**
 * Answer at a time. Reviewed now and once more when it leaves (S21), because the customer or a colleague may have written by then. A name
 * of its own: a hub that does not know it refuses it instead of sending at once (S14).
 */
export const scheduleReply = define({
  name: 'reply.schedule',
  args: ReplyLater.refine(saysSomething),
  roles: everyone,
  reads,
  effect,
  words,
  needs,
  coalesce,
})
