import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation, HeldReply } from '../model/conversation.ts'
import { draftId } from '../model/draft.ts'
import { Basis, type HoldReason } from '../model/hold.ts'
import type { Item } from '../model/item.ts'
import { key } from '../model/row.ts'
import { type Context, define, everyone, leads, type Rows, refuse, type Verdict } from './mutation.ts'
import {
  around,
  Content,
  draftOf,
  fits,
  inState,
  letGo,
  outgoingMail,
  Place,
  passesOn,
  queued,
  review,
  saidIn,
  saysSomething,
} from './outgoing.ts'
import { applyStatus } from './status.ts'
import { record } from './timeline.ts'

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
    content: Content.refine(saysSomething).optional(),
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
    if (!fits(args, conversation)) return refuse('invalid')
    if (!head || item.delivery?.state !== 'held') return refuse('not-possible')
    if (!mayDecide(head, context)) return refuse('forbidden')
    if (waitsForAnother(conversation, head)) return refuse('not-possible')

    const fresh = withContent(item, args.content, context.now)
    const reasons = review(rows, args, conversation, args.basis, context, { toOthers: passesOn(item) })
    if (reasons.length > 0) {
      rows.put('item', { ...inState(fresh, 'held', context.now), basis: args.basis, holdReasons: reasons })
      rows.put('conversation', {
        ...conversation,
        held: conversation.held.map(held => (held === head ? { ...held, reasons } : held)),
      })
      return { kind: 'held', reasons }
    }

    if (!passesOn(item)) rows.remove('draft', draftId(context.agent.id, args.conversationId, 'reply'))
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
  words: args => ({
    conversationId: args.conversationId,
    kind: 'reply',
    text: args.content?.text ?? '',
    ...(args.content ? { attachments: args.content.attachments, draft: draftOf(args.content) } : {}),
  }),
  needs: args => args.content?.attachments.map(({ sha256 }) => sha256) ?? [],
})

function release(
  rows: Rows,
  conversation: Conversation,
  reply: Item,
  held: HeldReply,
  context: Context,
): Conversation {
  const free: Item = { ...inState(reply, 'queued', context.now), holdReasons: [] }
  const gone = letGo(conversation, free, held.agentId, context.now)
  rows.put('item', gone.item)
  rows.put('conversation', gone.conversation)
  return gone.conversation
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
  roles: leads,
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

function withContent(item: Item, content: Content | undefined, now: Instant): Item {
  if (!content) return item
  const { rich: _, ...before } = item
  const { forwards, side } = item.mail ?? {}
  return {
    ...before,
    ...saidIn(content),
    mail: {
      ...outgoingMail(content),
      ...(forwards ? { forwards } : {}),
      ...(side ? { side } : {}),
    },
    delivery: { ...queued(content, now), state: 'held' },
  }
}
