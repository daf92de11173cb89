import type { Instant } from '../model/base.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Customer } from '../model/customer.ts'
import type { Basis, HoldReason } from '../model/hold.ts'
import type { Inbox } from '../model/inbox.ts'

const MINUTE = 60_000

export interface ReviewInput {
  basis: Basis
  /** Who wants to send. Their own changes never make their reply stale. */
  agentId: string
  conversation: Conversation
  customer: Customer | undefined
  inbox: Inbox | undefined
  /** Milliseconds a free reply is allowed after the customer's last message; null: always. */
  replyWindow: number | null
  now: Instant
  /** It goes to others than the customer (a forward): what became of the customer's question does not make it stale. */
  toOthers?: boolean
  /** When it was to leave, where its author chose a time: its age counts from then, and nothing may have come in between. */
  plannedFor?: Instant | undefined
}

/**
 * The stale-reply review (S21): everything that changed since the author wrote which makes sending blindly wrong, most
 * important first. Empty: send.
 */
export function reviewReply(input: ReviewInput): HoldReason[] {
  const reasons = everyReason(input)
  return input.toOthers ? reasons.filter(({ kind }) => kind === 'moved' || kind === 'too-old') : reasons
}

function everyReason(input: ReviewInput): HoldReason[] {
  const { basis, agentId, conversation, customer, inbox, replyWindow, now, plannedFor } = input
  const { lastReply, lastInbound, lastStatusChange } = conversation
  const reasons: HoldReason[] = []

  if (lastReply && lastReply.seq > basis.seq && lastReply.agentId !== agentId)
    reasons.push({ kind: 'answered', agentId: lastReply.agentId, at: lastReply.at })

  if (
    conversation.status === 'closed' &&
    basis.status !== 'closed' &&
    lastStatusChange &&
    lastStatusChange.agentId !== agentId
  )
    reasons.push({ kind: 'closed', agentId: lastStatusChange.agentId, at: lastStatusChange.at })

  const person = customer?.mergedInto ?? conversation.customerId
  if (person !== basis.customerId) reasons.push({ kind: 'merged', customerId: person })

  if (conversation.inboxId !== basis.inboxId) reasons.push({ kind: 'moved', inboxId: conversation.inboxId })

  const { assigneeId, lastAssignment } = conversation
  const gaveIt = lastAssignment?.by === agentId && lastAssignment.agentId === assigneeId
  if (assigneeId !== basis.assigneeId && assigneeId !== agentId && assigneeId !== null && !gaveIt)
    reasons.push({ kind: 'reassigned', agentId: assigneeId })

  if (replyWindow !== null) {
    const closesAt = (lastInbound?.at ?? conversation.createdAt) + replyWindow
    if (now > closesAt) reasons.push({ kind: 'window-closed', at: closesAt })
  }

  if (basis.offline || plannedFor !== undefined) {
    if (inbox && now - (plannedFor ?? basis.writtenAt) > inbox.holdOfflineAfterMinutes * MINUTE)
      reasons.push({
        kind: 'too-old',
        writtenAt: basis.writtenAt,
        ...(plannedFor === undefined ? {} : { plannedFor }),
      })
    if (lastInbound && lastInbound.seq > basis.seq) reasons.push({ kind: 'wrote-again', at: lastInbound.at })
  }
  return reasons
}
