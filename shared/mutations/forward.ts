import { z } from 'zod'
import { Id } from '../model/base.ts'
import type { Conversation, HeldReply } from '../model/conversation.ts'
import { draftId } from '../model/draft.ts'
import { Basis } from '../model/hold.ts'
import { type Item, mailboxText } from '../model/item.ts'
import { key } from '../model/row.ts'
import { type Context, define, everyone, type Rows, refuse, type Verdict, type Words } from './mutation.ts'
import {
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
  review,
  saidIn,
  UndoSeconds,
} from './outgoing.ts'
import { sendingOf } from './reply.ts'
import { newItem } from './timeline.ts'

/** Of what is passed on; more is among its attachments anyway. */
const PASSED_ON = 900_000

/** What stands below the words: head lines, and what the item said. */
export const passedOn = (heading: string, { text, quoted }: Item): string =>
  [heading.replace(/\n\s*\n/gu, '\n').trim(), text, quoted]
    .filter((part, index) => index === 0 || part !== '')
    .join('\n\n')
    .slice(0, PASSED_ON)
    .toWellFormed()

/** The heading of what a forward passes on, and the rest of it. */
export function headingOf({ quoted }: Pick<Item, 'quoted'>): { heading: string; text: string } {
  const end = quoted.indexOf('\n\n')
  return end < 0
    ? { heading: quoted, text: '' }
    : { heading: quoted.slice(0, end), text: quoted.slice(end + 2) }
}

const Forward = z.object({
  id: Id,
  ...Place.shape,
  ...Content.shape,
  subject: z.string().max(1000),
  /** The item that is passed on. */
  forwards: Id,
  /** Whose mail it was and when, in the agent's words, above what is passed on. */
  heading: z.string().max(20_000),
  basis: Basis,
})
type Args = z.infer<typeof Forward> & { undoSeconds?: number | undefined; sendAt?: number }

type Passed = z.infer<typeof Place> & Content & { id: Id; basis: Basis } & Parameters<typeof laterOf>[0]

/** What goes to others than the customer becomes an item, and changes nothing else about the conversation. */
export function passOn(
  rows: Rows,
  args: Passed,
  conversation: Conversation,
  context: Context,
  said: Pick<Item, 'subject' | 'quoted' | 'mail'>,
): Verdict {
  const later = laterOf(args, context.now)
  const reasons = review(rows, args, conversation, args.basis, context, { toOthers: true, later })
  const me = context.agent.id
  const item = newItem(conversation, context, {
    id: args.id,
    kind: 'message',
    direction: 'out',
    author: { kind: 'agent', agentId: me },
    writtenAt: args.basis.writtenAt,
    ...saidIn(args),
    delivery: queued(args, context.now, later),
    basis: args.basis,
    holdReasons: reasons,
    ...said,
  })
  rows.remove('draft', draftId(me, args.conversationId, 'forward'))
  const activityAt = Math.max(conversation.activityAt, context.now)
  const numbered = { ...conversation, lastSeq: item.seq, ...(later ? {} : { activityAt }) }
  if (reasons.length > 0) {
    const held: HeldReply = { itemId: item.id, agentId: me, reasons, along: [] }
    rows.put('item', inState(item, 'held', context.now))
    rows.put('conversation', { ...numbered, held: [...conversation.held, held] })
    return { kind: 'held', reasons }
  }
  rows.put('item', item)
  rows.put('conversation', numbered)
  return undefined
}

const forward = {
  roles: everyone,
  reads: (args: Args, { agentId }: { agentId: Id }) => [
    key('item', args.id),
    key('item', args.forwards),
    ...around(args),
    key('draft', draftId(agentId, args.conversationId, 'forward')),
  ],
  effect(rows: Rows, args: Args, context: Context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const original = rows.get('item', args.forwards)
    if (!conversation || original?.conversationId !== args.conversationId) return refuse('not-found')
    if (!fits(args, conversation)) return refuse('invalid')
    if (rows.get('item', args.id)) return refuse('exists')
    if (original.kind !== 'message' || !original.mail) return refuse('not-possible')

    return passOn(rows, args, conversation, context, {
      subject: args.subject,
      quoted: passedOn(args.heading, original),
      mail: { ...outgoingMail(args), forwards: args.forwards },
    })
  },
  words: (args: Args): Words => ({
    conversationId: args.conversationId,
    kind: 'forward',
    text: args.text,
    attachments: args.attachments,
    draft: { ...draftOf(args), forward: { itemId: args.forwards, to: args.to.map(mailboxText) } },
  }),
  needs: (args: Args) => args.attachments.map(({ sha256 }) => sha256),
  coalesce: (args: Args) => sendingOf(args.id),
}

/**
 * Pass a mail of this conversation on to others. It stays an item here, and answers nobody: the customer still waits as long as they
 * did, and an older hub, which would not know that, refuses it (S14) instead of taking it for an answer. What is passed on is
 * named, not sent up again; its files are there already, for whoever may see the item (S27).
 */
export const forwardMail = define({
  name: 'mail.forward',
  args: Forward.extend({ undoSeconds: UndoSeconds }),
  ...forward,
})

/** The same at a time. A name of its own, as `reply.schedule`. */
export const scheduleForward = define({
  name: 'mail.schedule',
  args: Forward.extend(Planned.shape),
  ...forward,
})
