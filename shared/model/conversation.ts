import { z } from 'zod'
import { Id, Instant } from './base.ts'
import { HoldReason, StatusChange } from './hold.ts'
import { Rating } from './rating.ts'

export const Status = z.enum(['open', 'snoozed', 'closed'])
export type Status = z.infer<typeof Status>

/** How much a conversation presses. What says nothing is normal. */
export const Priority = z.enum(['urgent', 'high', 'normal', 'low'])
export type Priority = z.infer<typeof Priority>

/** A held reply as its conversation knows it, with the status changes held along (S22). */
export const HeldReply = z.object({
  itemId: Id,
  agentId: Id,
  reasons: z.array(HoldReason).min(1),
  along: z.array(StatusChange).max(20),
})
export type HeldReply = z.infer<typeof HeldReply>

/**
 * Where a customer wrote last, as their browser told it: everything but `user` is a claim. An address typed into a chat proves
 * nothing; it is shown, and never used to find a customer.
 */
export const Visit = z.object({
  page: z.string().max(2000),
  title: z.string().max(300),
  /** BCP 47 and IANA names, as the browser says. */
  locale: z.string().max(35),
  timeZone: z.string().max(60),
  /** Browser and system in a few words. */
  device: z.string().max(100),
  typedEmail: z.string().max(320),
  /** The host site signed that this is its user of that id; empty: nobody vouched for them. */
  user: z.string().max(200),
  at: Instant,
})
export type Visit = z.infer<typeof Visit>

/** One matter on one channel. The row knows enough of its items for every decision a mutation makes. */
export const Conversation = z.object({
  id: Id,
  inboxId: Id,
  channel: Id,
  customerId: Id,
  identityId: Id,
  subject: z.string().max(1000),
  status: Status,
  snoozedUntil: Instant.nullable(),
  assigneeId: Id.nullable(),
  tagIds: z.array(Id).max(100),
  /** Absent: normal. */
  priority: Priority.optional(),
  /** The `seq` of the newest item; the next one gets `lastSeq + 1` under this row's lock (S23). */
  lastSeq: z.int().nonnegative(),
  createdAt: Instant,
  activityAt: Instant,
  /** The first words of the newest message, for lists. */
  preview: z.string().max(280),
  /** The preview is the name of a file: there are no words to it. */
  previewFile: z.literal(true).optional(),
  lastInbound: z.object({ seq: z.int(), at: Instant }).nullable(),
  lastReply: z.object({ seq: z.int(), at: Instant, agentId: Id.nullable() }).nullable(),
  lastStatusChange: z.object({ seq: z.int(), at: Instant, agentId: Id.nullable() }).nullable(),
  /** `agentId`: to whom; `by`: who gave it (absent: before that was kept). */
  lastAssignment: z
    .object({ seq: z.int(), at: Instant, agentId: Id.nullable(), by: Id.optional() })
    .nullable(),
  /** Whoever was asked beside it (`Mail.aside`) answered last; `agentId`: who had asked. Absent: nobody has. */
  lastAside: z.object({ seq: z.int(), at: Instant, agentId: Id.nullable() }).optional(),
  /** Since when the customer has been waiting for an answer; null when they are not. */
  waitingSince: Instant.nullable(),
  held: z.array(HeldReply).max(50),
  /** It was handed over with a summary, the event's text, which who has it now has not put away yet. */
  handover: z.object({ itemId: Id, by: Id, to: Id, at: Instant }).optional(),
  /** The answer that its inbox writes together, and who has the pen (`Item.draft`). */
  sharedDraft: z.object({ itemId: Id, writerId: Id }).optional(),
  /** Absent: the customer has not said. */
  rating: Rating.optional(),
  /** Of chats. */
  visit: Visit.optional(),
})
export type Conversation = z.infer<typeof Conversation>
