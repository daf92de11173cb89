// What can be done with a message that waits for its time (`Delivery.later`): take it back, or choose another time. The hub decides
// under the item's lock, which its sender takes too: either it has not begun, or it is on its way (I2).
import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import { Draft, draftId } from '../model/draft.ts'
import { Basis } from '../model/hold.ts'
import type { Item } from '../model/item.ts'
import { key } from '../model/row.ts'
import { joinedFiles, joinedWords } from '../rules/draft-words.ts'
import { type Context, define, everyone, type Rows, refuse, type Verdict } from './mutation.ts'
import { around, fits, Place } from './outgoing.ts'
import { sendingOf } from './reply.ts'
import { applyStatus } from './status.ts'

/** Null: it has not begun. Whoever tries it again after that has it back already. */
function tooLate({ delivery }: Item): Verdict | null {
  if (delivery?.state === 'held' || delivery?.state === 'discarded') return refuse('not-possible')
  return delivery?.state === 'queued' && delivery.attempts === 0 ? null : refuse('on-its-way')
}

/**
 * Take back what has not left. It never was: its words, with files and copies, are a draft of its author again, after what they have
 * begun since. An unsent one leaves the outbox with it; then the hub hears of the words only. With `reopen`, a conversation that
 * they resolved or put off along with it is open again.
 */
export const cancelReply = define({
  name: 'reply.cancel',
  args: z.object({
    itemId: Id,
    conversationId: Id,
    /** What it said, for where the item is not known. */
    draft: Draft.pick({
      kind: true,
      text: true,
      rich: true,
      cc: true,
      bcc: true,
      forward: true,
      side: true,
      attachments: true,
      after: true,
    }),
    reopen: z.boolean(),
    at: Instant,
  }),
  roles: everyone,
  reads: (args, { agentId, mutationId }) => [
    key('item', args.itemId),
    key('item', mutationId),
    key('conversation', args.conversationId),
    key('draft', draftId(agentId, args.conversationId, args.draft.kind)),
  ],
  effect(rows, args, context): Verdict {
    const me = context.agent.id
    const item = rows.get('item', args.itemId)
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (item) {
      if (item.conversationId !== conversation.id) return refuse('not-found')
      if (item.author.kind !== 'agent' || item.author.agentId !== me) return refuse('forbidden')
      const late = tooLate(item)
      if (late) return late
      rows.remove('item', item.id)
    }
    putBack(rows, args, me)
    if (args.reopen) reopenOwn(rows, conversation, args.at, context)
    return undefined
  },
  // Whoever cannot be heard out keeps the words; what has left, or is held, has them itself.
  words: ({ conversationId, draft }, refused) => {
    if (refused === 'on-its-way' || refused === 'not-possible') return undefined
    const { kind, text, attachments, ...rest } = draft
    return { conversationId, kind, text, attachments, draft: rest }
  },
  coalesce: args => sendingOf(args.itemId),
  withdraws: true,
})

function putBack(
  rows: Rows,
  {
    conversationId,
    draft,
    at,
  }: {
    conversationId: Id
    draft: Pick<Draft, 'kind' | 'text' | 'rich' | 'cc' | 'bcc' | 'forward' | 'side' | 'attachments' | 'after'>
    at: Instant
  },
  agentId: Id,
): void {
  const id = draftId(agentId, conversationId, draft.kind)
  const there = rows.get('draft', id)
  const text = joinedWords(there?.text ?? '', draft.text)
  // Of two drafts in one the formatting would be that of one of them.
  const { rich, ...rest } = draft
  const own =
    text === draft.text && rich ? { rich } : text === there?.text && there.rich ? { rich: there.rich } : {}
  const attachments = joinedFiles(there?.attachments ?? [], draft.attachments)
  const heldItemId = there?.heldItemId ?? null
  rows.put('draft', {
    ...rest,
    ...own,
    id,
    agentId,
    conversationId,
    text,
    attachments,
    heldItemId,
    ...(there?.shared ? { shared: there.shared } : {}),
    updatedAt: at,
  })
}

/** Undoes one's own resolving or snoozing, and nobody else's. Whoever had not been answered waits again. */
function reopenOwn(rows: Rows, conversation: Conversation, at: Instant, context: Context): void {
  const { status, lastStatusChange, lastInbound, lastReply } = conversation
  if (status === 'open' || lastStatusChange?.agentId !== context.agent.id) return
  const change = { mutationId: context.mutationId, to: 'open' as const, snoozedUntil: null, writtenAt: at }
  const unanswered = lastInbound && lastInbound.seq > (lastReply?.seq ?? 0) ? lastInbound.at : null
  applyStatus(rows, { ...conversation, waitingSince: unanswered }, change, context)
}

/** Another time for what waits; one that has come means now. It is reviewed then, by what its author sees now. */
export const rescheduleReply = define({
  name: 'reply.reschedule',
  args: z.object({ itemId: Id, ...Place.shape, sendAt: Instant, basis: Basis }),
  roles: everyone,
  reads: args => [key('item', args.itemId), ...around(args)],
  effect(rows, args, context): Verdict {
    const item = rows.get('item', args.itemId)
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation || item?.conversationId !== args.conversationId) return refuse('not-found')
    if (!fits(args, conversation)) return refuse('invalid')
    if (item.author.kind !== 'agent' || item.author.agentId !== context.agent.id) return refuse('forbidden')
    const late = tooLate(item)
    if (late) return late
    if (!item.delivery?.later) return refuse('not-possible')
    rows.put('item', {
      ...item,
      basis: args.basis,
      delivery: { ...item.delivery, at: context.now, nextAttemptAt: args.sendAt, later: { at: args.sendAt } },
    })
    return undefined
  },
})
