// An answer that an inbox writes together. It is an item of the conversation, so it is seen, kept, found and erased as every other; and it is
// written with a pen (`Draft.shared`): whoever has it writes, in a draft of their own, and what they save is in the item, too. Taking it over
// is a new pen. So two never write over one another, the words of whoever lost it stay theirs, and it is sent once.
import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import { Draft, draftId, Shared } from '../model/draft.ts'
import type { Item } from '../model/item.ts'
import { key } from '../model/row.ts'
import { joinedFiles, joinedRich, joinedWords } from '../rules/draft-words.ts'
import { define, everyone, type Rows, refuse, type Verdict } from './mutation.ts'
import { saysSomething } from './outgoing.ts'
import { newItem } from './timeline.ts'

const Written = Draft.pick({
  conversationId: true,
  text: true,
  rich: true,
  cc: true,
  bcc: true,
  attachments: true,
  after: true,
  updatedAt: true,
})
type Written = z.infer<typeof Written>

export const holdsPen = (
  { conversationId, draft }: Pick<Item, 'conversationId' | 'draft'>,
  args: { conversationId: Id; shared: Shared },
  agentId: Id,
): boolean =>
  conversationId === args.conversationId && draft?.pen === args.shared.pen && draft.writerId === agentId

/** The item with what was written last. */
export function drafted(
  { rich: _, ...item }: Item,
  { text, rich, cc, bcc = [], attachments, after, updatedAt: at }: Written,
  by: { writerId: Id; pen: Id },
): Item {
  return {
    ...item,
    text,
    ...(rich ? { rich } : {}),
    attachments,
    draft: { ...by, cc, bcc, ...(after ? { after } : {}), at },
  }
}

/** It is nobody's but its writer's any more, or was sent. */
export function endSharing(rows: Rows, item: Item, conversation: Conversation): void {
  rows.remove('item', item.id)
  rows.put('conversation', unshared(conversation))
}

export const unshared = ({ sharedDraft: _, ...conversation }: Conversation): Conversation => conversation

/**
 * The shared draft goes, because what it says is sent; its author must have the pen. Null: it may. For the effects of replies, whose `reads`
 * name the item (`sharedOf`).
 */
export function spend(
  rows: Rows,
  { conversationId, shared }: { conversationId: Id; shared?: Shared | undefined },
  agentId: Id,
): Verdict | null {
  if (!shared) return null
  const item = rows.get('item', shared.itemId)
  if (!item?.draft) return refuse('not-possible')
  if (!holdsPen(item, { conversationId, shared }, agentId))
    return refuse('taken', { agentId: item.draft.writerId })
  rows.remove('item', item.id)
  return null
}

export const sharedOf = ({ shared }: { shared?: Shared | undefined }) =>
  shared ? [key('item', shared.itemId)] : []

/** Lets the inbox read along what one is writing, and take it over. There is one of a conversation. */
export const shareDraft = define({
  name: 'draft.share',
  args: Written.extend({ shared: Shared }).refine(saysSomething),
  roles: everyone,
  reads: ({ conversationId, shared }, { agentId }) => [
    key('item', shared.itemId),
    key('conversation', conversationId),
    key('draft', draftId(agentId, conversationId, 'reply')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    const { sharedDraft } = conversation
    if (sharedDraft) return refuse('taken', { agentId: sharedDraft.writerId })
    if (rows.get('item', args.shared.itemId)) return refuse('exists')
    const writerId = context.agent.id
    const item = newItem(conversation, context, {
      id: args.shared.itemId,
      kind: 'note',
      direction: 'internal',
      author: { kind: 'agent', agentId: writerId },
      writtenAt: args.updatedAt,
    })
    rows.put('item', drafted(item, args, { writerId, pen: args.shared.pen }))
    rows.put('conversation', {
      ...conversation,
      lastSeq: item.seq,
      sharedDraft: { itemId: item.id, writerId },
    })
    rows.put('draft', {
      ...args,
      id: draftId(writerId, args.conversationId, 'reply'),
      agentId: writerId,
      kind: 'reply',
      heldItemId: null,
    })
    return undefined
  },
  words: ({ conversationId, text, attachments, cc, bcc, rich }) => ({
    conversationId,
    kind: 'reply',
    text,
    attachments,
    draft: { cc, bcc, rich },
  }),
  needs: ({ attachments }) => attachments.map(({ sha256 }) => sha256),
})

/**
 * Goes on with a shared draft in its writer's place. What one had begun oneself comes after its words. Refused when somebody else took it
 * first (`from` is the pen that was seen).
 */
export const takeDraft = define({
  name: 'draft.take',
  args: z.object({ conversationId: Id, itemId: Id, from: Id, pen: Id, at: Instant }),
  roles: everyone,
  reads: ({ conversationId, itemId }, { agentId }) => [
    key('item', itemId),
    key('conversation', conversationId),
    key('draft', draftId(agentId, conversationId, 'reply')),
  ],
  effect(rows, { conversationId, itemId, from, pen, at }, { agent }): Verdict {
    const id = draftId(agent.id, conversationId, 'reply')
    const item = rows.get('item', itemId)
    const conversation = rows.get('conversation', conversationId)
    if (!item?.draft || !conversation || item.conversationId !== conversationId) return refuse('not-found')
    if (item.draft.pen !== from) return refuse('taken', { agentId: item.draft.writerId })
    const own = rows.get('draft', id)
    if (own?.heldItemId) return refuse('not-possible')
    // What one wrote with a pen is in the item already, or was left behind.
    const begun = own?.shared ? undefined : own
    const { cc, bcc, after } = item.draft
    const text = joinedWords(item.text, begun?.text ?? '')
    const rich = joinedRich(item, begun, text)
    const words: Written = {
      conversationId,
      text,
      ...(rich ? { rich } : {}),
      cc,
      bcc,
      attachments: joinedFiles(item.attachments, begun?.attachments ?? []),
      ...(after ? { after } : {}),
      updatedAt: at,
    }
    rows.put('draft', {
      ...words,
      id,
      agentId: agent.id,
      kind: 'reply',
      heldItemId: null,
      shared: { itemId, pen },
    })
    rows.put('item', drafted(item, words, { writerId: agent.id, pen }))
    rows.put('conversation', { ...conversation, sharedDraft: { itemId, writerId: agent.id } })
    return undefined
  },
})

/** Goes on alone. Whoever has the pen keeps the words. */
export const unshareDraft = define({
  name: 'draft.unshare',
  args: z.object({ conversationId: Id, shared: Shared }),
  roles: everyone,
  reads: ({ conversationId, shared }, { agentId }) => [
    key('item', shared.itemId),
    key('conversation', conversationId),
    key('draft', draftId(agentId, conversationId, 'reply')),
  ],
  effect(rows, { conversationId, shared }, { agent }): Verdict {
    const item = rows.get('item', shared.itemId)
    const conversation = rows.get('conversation', conversationId)
    if (!item?.draft || !conversation || item.conversationId !== conversationId) return undefined
    if (!holdsPen(item, { conversationId, shared }, agent.id))
      return refuse('taken', { agentId: item.draft.writerId })
    endSharing(rows, item, conversation)
    const own = rows.get('draft', draftId(agent.id, conversationId, 'reply'))
    if (own?.shared?.pen !== shared.pen) return undefined
    const { shared: _, ...alone } = own
    rows.put('draft', alone)
    return undefined
  },
})
