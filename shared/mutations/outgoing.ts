import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Basis, HoldReason } from '../model/hold.ts'
import { Attachment, type Delivery, type Item, type Mail, Mailbox, mailboxText } from '../model/item.ts'
import { RichText } from '../model/rich-text.ts'
import { type Key, key } from '../model/row.ts'
import { filesBeside } from '../rules/pictures.ts'
import { reviewReply } from '../rules/review.ts'
import { plainOf } from '../rules/rich-text.ts'
import type { Context, Rows, Words } from './mutation.ts'
import { showing } from './timeline.ts'

const TEXT = 1_000_000

/** What is sent, and to whom. */
export const Content = z.object({
  text: z.string().trim().max(TEXT),
  /** With formatting: then `text` is only for whoever does not know of it. */
  rich: RichText.optional(),
  to: z.array(Mailbox).min(1).max(100),
  cc: z.array(Mailbox).max(100),
  bcc: z.array(Mailbox).max(100).optional(),
  attachments: z.array(Attachment).max(50),
})
export type Content = z.infer<typeof Content>

/** Seconds in which its author may take back what they have just sent. They begin at the hub, so that no clock of a desk counts. */
export const UndoSeconds = z.int().min(1).max(60).optional()
/** When what was written is to leave. */
export const Planned = z.object({ sendAt: Instant })

type Later = NonNullable<Delivery['later']>

/** What it waits for, of its arguments. Undefined: nothing. */
export function laterOf(
  args: { undoSeconds?: number | undefined; sendAt?: Instant | undefined },
  now: Instant,
): Later | undefined {
  if (args.sendAt !== undefined) return { at: args.sendAt }
  return args.undoSeconds ? { at: now + args.undoSeconds * 1000, undo: true } : undefined
}

/** The time its author chose, for the review (S21). */
export const plannedFor = (later: Later | undefined): Instant | undefined =>
  later?.undo ? undefined : later?.at

/** An answer needs words or a file. */
export const saysSomething = ({ text, attachments }: Pick<Content, 'text' | 'attachments'>): boolean =>
  text !== '' || attachments.length > 0

/**
 * The words and files of an item. The plain words are made of the rich ones, so that nobody reads here what others do not read there; a
 * file that no picture in them shows is a file like any other.
 */
export function saidIn({
  text,
  rich,
  attachments,
}: Pick<Content, 'text' | 'rich' | 'attachments'>): Pick<Item, 'text' | 'rich' | 'attachments'> {
  const plain = rich ? plainOf(rich).trim() : ''
  return rich && plain !== '' && plain.length <= TEXT
    ? { text: plain, rich, attachments: filesBeside(attachments, rich) }
    : { text, attachments: filesBeside(attachments, null) }
}

/** What a draft of it holds besides the words and files (S13). */
export const draftOf = ({
  cc,
  bcc = [],
  rich,
}: Pick<Content, 'cc' | 'bcc' | 'rich'>): NonNullable<Words['draft']> => ({
  cc: cc.map(mailboxText),
  bcc: bcc.map(mailboxText),
  ...(rich ? { rich } : {}),
})

/** The rows around a conversation that every mutation of replies looks at. */
export const Place = z.object({ conversationId: Id, customerId: Id, inboxId: Id, channel: Id })
export type Place = z.infer<typeof Place>

export const around = (place: Place): Key[] => [
  key('conversation', place.conversationId),
  key('customer', place.customerId),
  key('inbox', place.inboxId),
  key('channel', place.channel),
]

type Recipients = Pick<Content, 'to' | 'cc' | 'bcc'>

export const queued = (content: Recipients, now: Instant, later?: Later): Delivery => ({
  state: 'queued',
  at: now,
  attempts: 0,
  reason: null,
  retryable: false,
  nextAttemptAt: later?.at ?? null,
  ...(later ? { later } : {}),
  recipients: addressesOf(content).map(address => ({ address, state: 'queued', reason: null })),
})

/** Everybody who gets it, once, whoever is named twice (I2). */
function addressesOf({ to, cc, bcc = [] }: Recipients): string[] {
  const seen = new Set<string>()
  return [...to, ...cc, ...bcc].flatMap(({ address }) => {
    const known = address.toLowerCase()
    if (seen.has(known)) return []
    seen.add(known)
    return [address]
  })
}

/** Whatever it waited for, it waits no more. */
export function inState(item: Item, state: Delivery['state'], now: Instant): Item {
  if (!item.delivery) return item
  const { later: _, ...delivery } = item.delivery
  return { ...item, delivery: { ...delivery, state, at: now, nextAttemptAt: null } }
}

/** Whether it goes to others than the customer. */
export const passesOn = ({ mail }: Pick<Item, 'mail'>): boolean => mail?.forwards !== undefined

/**
 * A message that waited goes: it moves to the end of the conversation, because that is where the customer will meet it, and an answer
 * counts from now on. Whoever closed or snoozed the conversation after writing it meant that for afterwards.
 */
export function letGo(
  conversation: Conversation,
  waited: Item,
  agentId: Id,
  now: Instant,
): { item: Item; conversation: Conversation } {
  const item: Item = {
    ...waited,
    seq: conversation.lastSeq + 1,
    at: Math.max(now, conversation.activityAt),
  }
  const numbered = { ...conversation, lastSeq: item.seq }
  if (passesOn(item)) return { item, conversation: { ...numbered, activityAt: item.at } }
  const { lastStatusChange } = conversation
  const meant = lastStatusChange?.agentId === agentId && lastStatusChange.seq > (item.basis?.seq ?? 0)
  return { item, conversation: answered(meant ? numbered : reopened(numbered), item, agentId, now) }
}

export function review(
  rows: Rows,
  place: Place,
  conversation: Conversation,
  basis: Basis,
  context: Context,
  { toOthers = false, later }: { toOthers?: boolean; later?: Later | undefined } = {},
): HoldReason[] {
  return reviewReply({
    toOthers,
    plannedFor: plannedFor(later),
    basis,
    agentId: context.agent.id,
    conversation,
    customer: rows.get('customer', place.customerId),
    inbox: rows.get('inbox', place.inboxId),
    replyWindow: rows.get('channel', place.channel)?.replyWindow ?? null,
    now: context.now,
  })
}

/** The conversation after one of its replies has been queued to leave. */
export function answered(before: Conversation, item: Item, agentId: Id, now: Instant): Conversation {
  // Whoever answers has read what it was handed over with.
  const { handover, ...rest } = before
  const conversation = handover && handover.to !== agentId ? before : rest
  return {
    ...showing(conversation, item),
    lastReply: { seq: item.seq, at: item.at, agentId },
    waitingSince: null,
    activityAt: Math.max(conversation.activityAt, now),
  }
}

/** To answer is to work on it again. */
export const reopened = (conversation: Conversation): Conversation =>
  conversation.status === 'open' ? conversation : { ...conversation, status: 'open', snoozedUntil: null }

/** Message-ID and References are given by the hub, which knows the thread. */
export const outgoingMail = (content: Recipients): Mail => ({
  messageId: '',
  inReplyTo: '',
  references: [],
  from: null,
  to: content.to,
  cc: content.cc,
  ...(content.bcc && content.bcc.length > 0 ? { bcc: content.bcc } : {}),
  raw: null,
  automatic: 'no',
  problems: [],
})

/** Whether the arguments name the conversation's own surroundings; anything else would dodge the review. */
export const fits = (place: Place, conversation: Conversation): boolean =>
  place.customerId === conversation.customerId && place.channel === conversation.channel
