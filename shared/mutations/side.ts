import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { draftId } from '../model/draft.ts'
import { Basis } from '../model/hold.ts'
import { mailboxText } from '../model/item.ts'
import { key } from '../model/row.ts'
import { passedOn, passOn } from './forward.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import {
  around,
  Content,
  draftOf,
  fits,
  outgoingMail,
  Place,
  saysSomething,
  UndoSeconds,
} from './outgoing.ts'
import { sendingOf } from './reply.ts'

/**
 * Say something by mail beside a conversation, to somebody who is not its customer: begin, or go on. What comes back joins it
 * (`mail.side`, server/inbound). It is never sent to the customer's address and answers nobody: who waits, waits on. To whoever knows
 * no such conversations it is a forward (`mail.forwards`), which all of them keep from the customer.
 */
export const sendAside = define({
  name: 'side.send',
  args: z
    .object({
      id: Id,
      ...Place.shape,
      ...Content.shape,
      /** The customer's, where none of it may go. */
      identityId: Id,
      subject: z.string().trim().max(1000),
      /** What began it; its own id: it begins. */
      root: Id,
      /** What it is about, or answers. */
      about: Id,
      /** With it a copy of what it is about goes along, below these head lines. Absent: only the words. */
      heading: z.string().max(20_000).optional(),
      basis: Basis,
      undoSeconds: UndoSeconds,
      sendAt: Instant.optional(),
    })
    .refine(saysSomething),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('item', args.id),
    key('item', args.root),
    key('item', args.about),
    key('identity', args.identityId),
    ...around(args),
    key('draft', draftId(agentId, args.conversationId, 'forward')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const about = rows.get('item', args.about)
    const customer = rows.get('identity', args.identityId)
    if (!conversation || !customer || about?.conversationId !== args.conversationId)
      return refuse('not-found')
    if (!fits(args, conversation) || conversation.identityId !== customer.id) return refuse('invalid')
    if (rows.get('item', args.id)) return refuse('exists')
    if (!about.mail) return refuse('not-possible')
    if (args.root !== args.id && rows.get('item', args.root)?.mail?.side !== args.root)
      return refuse('not-possible')
    const theirs = customer.address.toLowerCase()
    if ([...args.to, ...args.cc, ...(args.bcc ?? [])].some(({ address }) => address.toLowerCase() === theirs))
      return refuse('to-the-customer')

    return passOn(rows, args, conversation, context, {
      subject: args.subject,
      quoted: args.heading === undefined ? '' : passedOn(args.heading, about),
      mail: { ...outgoingMail(args), forwards: args.about, side: args.root },
    })
  },
  words: args => ({
    conversationId: args.conversationId,
    kind: 'forward',
    text: args.text,
    attachments: args.attachments,
    draft: {
      ...draftOf(args),
      forward: { itemId: args.about, to: args.to.map(mailboxText) },
      side: {
        root: args.root === args.id ? null : args.root,
        subject: args.subject,
        quote: args.heading !== undefined,
      },
    },
  }),
  needs: args => args.attachments.map(({ sha256 }) => sha256),
  coalesce: args => sendingOf(args.id),
})
