import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation, HeldReply } from '../model/conversation.ts'
import { draftId } from '../model/draft.ts'
import { Basis, type HoldReason } from '../model/hold.ts'
import { Attachment, type Delivery, type Item, Mailbox } from '../model/item.ts'
import { key } from '../model/row.ts'
import { reviewReply } from '../rules/review.ts'
import { type Context, define, everyone, type Rows, refuse, type Verdict } from './mutation.ts'
import { applyStatus } from './status.ts'
import { newItem, previewOf, record } from './timeline.ts'

const Content = z.object({
  text: z.string().trim().min(1).max(1_000_000),
  to: z.array(Mailbox).min(1).max(100),
  cc: z.array(Mailbox).max(100),
  attachments: z.array(Attachment).max(50),
})
type Content = z.infer<typeof Content>

/** The rows around a conversation that every mutation of replies looks at. */
const Place = z.object({ conversationId: Id, customerId: Id, inboxId: Id, channel: Id })
type Place = z.infer<typeof Place>

const around = (place: Place) => [
  key('conversation', place.conversationId),
  key('customer', place.customerId),
  key('inbox', place.inboxId),
  key('channel', place.channel),
]

const queued = (content: Content, now: Instant): Delivery => ({
  state: 'queued',
  at: now,
  attempts: 0,
  reason: null,
  retryable: false,
  nextAttemptAt: null,
  recipients: [...content.to, ...content.cc].map(({ address }) => ({
    address,
    state: 'queued',
    reason: null,
  })),
})

const inState = (item: Item, state: Delivery['state'], now: Instant): Item =>
  item.delivery ? { ...item, delivery: { ...item.delivery, state, at: now } } : item

function review(
  rows: Rows,
  place: Place,
  conversation: Conversation,
  basis: Basis,
  context: Context,
): HoldReason[] {
  return reviewReply({
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
function answered(conversation: Conversation, item: Item, agentId: Id, now: Instant): Conversation {
  return {
    ...conversation,
    lastReply: { seq: item.seq, at: item.at, agentId },
    waitingSince: null,
    preview: previewOf(item.text),
    activityAt: Math.max(conversation.activityAt, now),
  }
}

/**
 * Answer the customer. Held, with reasons, when what the author had seen is no longer true (S21), or when an earlier reply
 * of theirs in this conversation is held (S22). A held reply is an item like any other, so the whole inbox sees it.
 */
export const sendReply = define({
  name: 'reply.send',
  args: z.object({ id: Id, ...Place.shape, ...Content.shape, basis: Basis }),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('item', args.id),
    ...around(args),
    key('draft', draftId(agentId, args.conversationId, 'reply')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    if (!conversation) return refuse('not-found')
    if (rows.get('item', args.id)) return refuse('exists')

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
      text: args.text,
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
  words: args => ({ conversationId: args.conversationId, kind: 'reply', text: args.text }),
  needs: args => args.attachments.map(({ sha256 }) => sha256),
})

/** To answer is to work on it again. */
const reopened = (conversation: Conversation): Conversation =>
  conversation.status === 'open' ? conversation : { ...conversation, status: 'open', snoozedUntil: null }

/** Message-ID and References are given by the hub, which knows the thread. */
const outgoingMail = (content: Content): Item['mail'] => ({
  messageId: '',
  inReplyTo: '',
  references: [],
  from: null,
  to: content.to,
  cc: content.cc,
  raw: null,
  automatic: 'no',
  problems: [],
})

/**
 * Send a held reply anyway, as it is or with new words (edit). It keeps its id and carries a new basis, so what changed after
 * this look holds it again. Replies that waited for it are released in order, then the status changes held along (S22).
 * A supervisor may release another agent's.
 */
export const releaseReply = define({
  name: 'reply.release',
  args: z.object({
    itemId: Id,
    ...Place.shape,
    basis: Basis,
    /** New words; absent: as it was written. */
    content: Content.optional(),
    /** The held replies known to wait for this one, so that they can be read. */
    waiting: z.array(Id).max(50),
  }),
  roles: everyone,
  reads: (args, { agentId }) => [
    key('item', args.itemId),
    ...args.waiting.map(id => key('item', id)),
    ...around(args),
    key('draft', draftId(agentId, args.conversationId, 'reply')),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const item = rows.get('item', args.itemId)
    const head = conversation?.held.find(held => held.itemId === args.itemId)
    if (!conversation || !item) return refuse('not-found')
    if (!head || item.delivery?.state !== 'held') return refuse('not-possible')
    if (!mayDecide(head, context)) return refuse('forbidden')
    if (waitsForAnother(conversation, head)) return refuse('not-possible')

    const fresh = withContent(item, args.content, context.now)
    const reasons = review(rows, args, conversation, args.basis, context)
    if (reasons.length > 0) {
      rows.put('item', { ...inState(fresh, 'held', context.now), basis: args.basis, holdReasons: reasons })
      rows.put('conversation', {
        ...conversation,
        held: conversation.held.map(held => (held === head ? { ...held, reasons } : held)),
      })
      return { kind: 'held', reasons }
    }

    rows.remove('draft', draftId(context.agent.id, args.conversationId, 'reply'))
    const released = [
      head.itemId,
      ...conversation.held
        .filter(held => waitsFor(held, head) && args.waiting.includes(held.itemId))
        .map(held => held.itemId),
    ]
    let next = conversation
    for (const id of released) {
      const held = next.held.find(entry => entry.itemId === id)
      const reply = id === fresh.id ? fresh : rows.get('item', id)
      if (!held || reply?.delivery?.state !== 'held') continue
      next = { ...next, held: next.held.filter(entry => entry !== held) }
      next = release(rows, next, { ...reply, basis: args.basis }, held, context)
      for (const change of held.along) next = applyStatus(rows, next, change, context)
    }
    return undefined
  },
  words: args => ({ conversationId: args.conversationId, kind: 'reply', text: args.content?.text ?? '' }),
  needs: args => args.content?.attachments.map(({ sha256 }) => sha256) ?? [],
})

/** A released reply moves to the end of the conversation: that is where the customer will meet it. */
function release(
  rows: Rows,
  conversation: Conversation,
  reply: Item,
  held: HeldReply,
  context: Context,
): Conversation {
  const item: Item = {
    ...inState(reply, 'queued', context.now),
    holdReasons: [],
    seq: conversation.lastSeq + 1,
    at: Math.max(context.now, conversation.activityAt),
  }
  rows.put('item', item)
  const next = answered(reopened({ ...conversation, lastSeq: item.seq }), item, held.agentId, context.now)
  rows.put('conversation', next)
  return next
}

/**
 * Give up a held reply. Its item stays, marked discarded. Status changes held along move to the author's next held reply
 * here, else to the one before; when there is none they are given up with it. Replies that waited for it stay held, now for
 * a look of their own.
 */
export const discardReply = define({
  name: 'reply.discard',
  args: z.object({ itemId: Id, conversationId: Id, waiting: z.array(Id).max(50) }),
  roles: everyone,
  reads: args => [
    key('item', args.itemId),
    ...args.waiting.map(id => key('item', id)),
    key('conversation', args.conversationId),
  ],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const item = rows.get('item', args.itemId)
    const head = conversation?.held.find(held => held.itemId === args.itemId)
    if (!conversation || !item) return refuse('not-found')
    if (!head || item.delivery?.state !== 'held') return refuse('not-possible')
    if (!mayDecide(head, context)) return refuse('forbidden')

    rows.put('item', { ...inState(item, 'discarded', context.now), holdReasons: [] })

    const others = conversation.held.filter(held => held !== head)
    const heir = heirOf(conversation, head)
    const waiting = others.filter(held => waitsFor(held, head))
    const held = others.map(entry => {
      const along = entry === heir ? mergeAlong(conversation, head, entry) : entry.along
      if (!waiting.includes(entry)) return { ...entry, along }
      // The first that waited becomes the one to look at; the rest wait for it.
      const reasons: HoldReason[] =
        entry === waiting[0]
          ? [{ kind: 'earlier-discarded' }]
          : [{ kind: 'earlier-held', itemId: waiting[0]!.itemId }]
      const reply = args.waiting.includes(entry.itemId) ? rows.get('item', entry.itemId) : undefined
      if (reply) rows.put('item', { ...reply, holdReasons: reasons })
      return { ...entry, reasons, along }
    })
    rows.put('conversation', { ...conversation, held })
    return undefined
  },
})

/** Who inherits the status changes of a discarded reply: the author's next held reply here, else the one before. */
function heirOf(conversation: Conversation, head: HeldReply): HeldReply | undefined {
  const own = conversation.held.filter(held => held.agentId === head.agentId)
  const at = own.indexOf(head)
  return own[at + 1] ?? own[at - 1]
}

/** Both replies' status changes, in the order in which they were asked for. */
function mergeAlong(conversation: Conversation, head: HeldReply, heir: HeldReply): HeldReply['along'] {
  const headFirst = conversation.held.indexOf(head) < conversation.held.indexOf(heir)
  return headFirst ? [...head.along, ...heir.along] : [...heir.along, ...head.along]
}

/** A supervisor makes a held reply their own, so that it does not wait for somebody who went home. */
export const takeOverReply = define({
  name: 'reply.take-over',
  args: z.object({ itemId: Id, conversationId: Id, at: Instant }),
  roles: ['supervisor', 'administrator'],
  reads: args => [key('item', args.itemId), key('conversation', args.conversationId)],
  effect(rows, args, context): Verdict {
    const conversation = rows.get('conversation', args.conversationId)
    const head = conversation?.held.find(held => held.itemId === args.itemId)
    if (!conversation || !head) return refuse('not-found')
    const held = conversation.held.map(entry =>
      entry.agentId === head.agentId ? { ...entry, agentId: context.agent.id } : entry,
    )
    record(rows, { ...conversation, held }, { kind: 'taken-over', agentId: head.agentId }, args.at, context)
    return undefined
  },
})

/**
 * A person's word on a message that failed, or of which nobody knows whether it left (S18): send it once more, or leave it,
 * because it did arrive.
 */
export const resolveDelivery = define({
  name: 'delivery.resolve',
  args: z.object({ itemId: Id, conversationId: Id, as: z.enum(['send-again', 'arrived']), at: Instant }),
  roles: everyone,
  reads: args => [key('item', args.itemId), key('conversation', args.conversationId)],
  effect(rows, args, context): Verdict {
    const item = rows.get('item', args.itemId)
    if (!item?.delivery || item.conversationId !== args.conversationId) return refuse('not-found')
    const { state, recipients } = item.delivery
    if (state !== 'uncertain' && !(state === 'failed' && args.as === 'send-again'))
      return refuse('not-possible')
    const again = args.as === 'send-again'
    const settled = recipients.map(recipient => {
      // Whoever has it already must not get it again.
      const open = recipient.state === 'uncertain' || (again && recipient.state === 'failed')
      return open
        ? { ...recipient, state: again ? ('queued' as const) : ('sent' as const), reason: null }
        : recipient
    })
    const to = again ? 'queued' : settled.some(recipient => recipient.state === 'failed') ? 'failed' : 'sent'
    rows.put('item', {
      ...item,
      delivery: {
        ...item.delivery,
        state: to,
        at: context.now,
        reason: null,
        retryable: false,
        nextAttemptAt: null,
        recipients: settled,
      },
    })
    return undefined
  },
})

const mayDecide = (held: HeldReply, { agent }: Context): boolean =>
  held.agentId === agent.id || agent.role !== 'agent'

const waitsForAnother = (conversation: Conversation, held: HeldReply): boolean =>
  held.reasons.some(
    reason =>
      reason.kind === 'earlier-held' &&
      conversation.held.some(entry => entry.itemId === reason.itemId && entry !== held),
  )

/** Whether a held reply waits for another. */
const waitsFor = (held: HeldReply, head: HeldReply): boolean =>
  held.reasons.some(reason => reason.kind === 'earlier-held' && reason.itemId === head.itemId)

const withContent = (item: Item, content: Content | undefined, now: Instant): Item =>
  content
    ? {
        ...item,
        text: content.text,
        attachments: content.attachments,
        mail: outgoingMail(content),
        delivery: { ...queued(content, now), state: 'held' },
      }
    : item
