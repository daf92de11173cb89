import type { Id } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Item, ItemEvent } from '../model/item.ts'
import type { Context, Rows } from './mutation.ts'

const PREVIEW_LENGTH = 200

/** The first words of a message on one line. */
export const previewOf = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, PREVIEW_LENGTH)

type Said = Pick<Item, 'text'> & { attachments?: readonly { name: string }[] | undefined }

/** What a message is told by in a line: its first words; without any, the name of its file. */
export const glimpseOf = ({ text, attachments }: Said): string =>
  previewOf(text) || previewOf(attachments?.[0]?.name ?? '')

/** The conversation as lists show it after this message. */
export function showing({ previewFile: _, ...conversation }: Conversation, said: Said): Conversation {
  const preview = glimpseOf(said)
  const isFile = preview !== '' && previewOf(said.text) === ''
  return { ...conversation, preview, ...(isFile ? { previewFile: true } : {}) }
}

/** The fields every new item of a conversation shares. Gives it the next `seq`; the caller stores the raised `lastSeq`. */
export function newItem(
  conversation: Conversation,
  context: Pick<Context, 'now'>,
  own: Pick<Item, 'id' | 'kind' | 'direction' | 'author' | 'writtenAt'> & Partial<Item>,
): Item {
  return {
    conversationId: conversation.id,
    customerId: conversation.customerId,
    inboxId: conversation.inboxId,
    channel: conversation.channel,
    seq: conversation.lastSeq + 1,
    at: Math.max(context.now, conversation.activityAt),
    subject: '',
    text: '',
    quoted: '',
    html: null,
    attachments: [],
    mail: null,
    delivery: null,
    basis: null,
    holdReasons: [],
    event: null,
    ...own,
  }
}

/**
 * Adds the one-line record of a change to a conversation and stores both. The event's item id is the mutation's id, so desk
 * and hub make the same row.
 */
export function record(
  rows: Rows,
  conversation: Conversation,
  event: ItemEvent,
  writtenAt: number,
  context: Context,
  id: Id = context.mutationId,
): Conversation {
  const item = newItem(conversation, context, {
    id,
    kind: 'event',
    direction: 'internal',
    author: { kind: 'agent', agentId: context.agent.id },
    writtenAt,
    event,
  })
  const next = { ...conversation, lastSeq: item.seq }
  rows.put('item', item)
  rows.put('conversation', next)
  return next
}
