import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import type { StatusChange } from '../model/hold.ts'
import type { ItemEvent } from '../model/item.ts'
import { key } from '../model/row.ts'
import { type Context, define, everyone, type Rows, refuse, type Verdict } from './mutation.ts'
import { record } from './timeline.ts'

/** Carries out a change of status and records it. Also used when a held reply lets its status changes go. */
export function applyStatus(
  rows: Rows,
  conversation: Conversation,
  change: StatusChange,
  context: Context,
): Conversation {
  const event: ItemEvent =
    change.to === 'closed'
      ? { kind: 'closed' }
      : change.to === 'snoozed'
        ? { kind: 'snoozed', until: change.snoozedUntil ?? context.now }
        : { kind: 'reopened' }
  const changed: Conversation = {
    ...conversation,
    status: change.to,
    snoozedUntil: change.to === 'snoozed' ? change.snoozedUntil : null,
    waitingSince: change.to === 'closed' ? null : conversation.waitingSince,
    lastStatusChange: { seq: conversation.lastSeq + 1, at: context.now, agentId: context.agent.id },
  }
  return record(rows, changed, event, change.writtenAt, context, change.mutationId)
}

/** Changes the status now, or keeps the change with the author's held reply (S22). */
function ask(rows: Rows, conversationId: Id, change: StatusChange, context: Context): Verdict {
  const conversation = rows.get('conversation', conversationId)
  if (!conversation) return refuse('not-found')
  const held = conversation.held.findLast(entry => entry.agentId === context.agent.id)
  if (held) {
    rows.put('conversation', {
      ...conversation,
      held: conversation.held.map(entry =>
        entry === held ? { ...entry, along: [...entry.along, change] } : entry,
      ),
    })
    return { kind: 'held', reasons: [{ kind: 'earlier-held', itemId: held.itemId }] }
  }
  applyStatus(rows, conversation, change, context)
  return undefined
}

const reads = (args: { conversationId: Id }, by: { mutationId: Id }) => [
  key('conversation', args.conversationId),
  key('item', by.mutationId),
]

const Args = z.object({ conversationId: Id, at: Instant })

/** Asks for a status at the time the agent did. */
const toStatus =
  (to: StatusChange['to']) =>
  (rows: Rows, args: z.infer<typeof Args> & { until?: Instant }, context: Context): Verdict => {
    const { mutationId } = context
    const change = { mutationId, to, snoozedUntil: args.until ?? null, writtenAt: args.at }
    return ask(rows, args.conversationId, change, context)
  }

export const close = define({
  name: 'conversation.close',
  args: Args,
  roles: everyone,
  reads,
  effect: toStatus('closed'),
})

/** With `waitingSince` a closing is taken back: whoever had waited since then, and was not answered meanwhile, waits on. */
const Back = Args.extend({ waitingSince: Instant.optional() })

/** Asks for a status, and where that takes a closing back gives the customer their waiting back. */
const backTo =
  (to: StatusChange['to']) =>
  (
    rows: Rows,
    { waitingSince, ...args }: z.infer<typeof Back> & { until?: Instant },
    context: Context,
  ): Verdict => {
    const verdict = toStatus(to)(rows, args, context)
    const conversation = rows.get('conversation', args.conversationId)
    if (verdict === undefined && conversation && waitingSince !== undefined) {
      const { lastInbound, lastReply } = conversation
      const unanswered = (lastInbound?.seq ?? 0) > (lastReply?.seq ?? 0)
      if (unanswered && conversation.waitingSince === null)
        rows.put('conversation', { ...conversation, waitingSince })
    }
    return verdict
  }

export const reopen = define({
  name: 'conversation.reopen',
  args: Back,
  roles: everyone,
  reads,
  effect: backTo('open'),
})

/** Out of sight until a time, or until the customer writes. The hub wakes it. */
export const snooze = define({
  name: 'conversation.snooze',
  args: Back.extend({ until: Instant }),
  roles: everyone,
  reads,
  effect: backTo('snoozed'),
})
