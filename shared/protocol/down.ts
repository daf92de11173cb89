import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Row } from '../model/row.ts'
import { Acknowledgement, Cursor, Membership, StreamName } from './common.ts'
import { Fault } from './fault.ts'

/** The hub's answer to hello: the truth about streams and device (S9). */
export const Welcome = z.object({
  protocol: z.int(),
  agentId: Id,
  /** The hub's clock, to estimate the difference. Milliseconds. */
  now: z.int(),
  /** All streams this agent may read now; any other one on the desk is to be purged. */
  streams: z.array(StreamName),
  /** Streams whose rows the desk must drop and fetch again: other epoch, or cursor below `purgedThrough` (S4, S5). */
  resync: z.array(StreamName),
  deviceEpoch: z.int().positive(),
  /** The highest number the hub has run for this device. The next must be `lastN + 1`. */
  lastN: z.int().nonnegative(),
  /** How many rows first sync is about to send, for the progress line; an estimate. */
  expected: z.int().nonnegative(),
})
export type Welcome = z.infer<typeof Welcome>

/**
 * The one downstream message (S7), applied in one transaction. Numbered per connection. First-sync pages come in the same
 * form, with `pages` instead of `cursors`.
 */
export const Patch = z.object({
  patch: z.int().positive(),
  rows: z.array(Row),
  /** For every row here: the stream that brings it. */
  joins: z.array(Membership),
  /** Tombstones: the row left this stream, by deletion or by moving (S4). */
  leaves: z.array(Membership),
  cursors: z.array(Cursor),
  /** Progress of first sync by stream: the token to continue after, null when the stream is whole. */
  pages: z.array(z.object({ stream: StreamName, token: z.string().max(200).nullable() })),
  /** From which `seq` on a conversation's items are complete on this desk; 1 means all (S6). */
  coverage: z.array(z.object({ conversationId: Id, fromSeq: z.int().nonnegative() })),
  acknowledged: z.array(Acknowledgement),
  /** Rows still to come in this catch-up; 0: this is the newest there is. */
  remaining: z.int().nonnegative(),
  /** Answers an `older` request. */
  answers: z.int().positive().optional(),
})
export type Patch = z.infer<typeof Patch>

/** The hub could not run a push as it was sent; nothing of it was done (S12). */
export const PushRefused = z.object({
  kind: z.enum(['gap', 'copied', 'wrong-epoch']),
  /** For a gap: the number that is expected. */
  expected: z.int().positive(),
})
export type PushRefused = z.infer<typeof PushRefused>

/**
 * Everybody else this agent may know of who looks at a conversation now; replaces what was told before. Who has gone since is
 * named once, with no conversation (S24).
 */
export const PresenceOf = z.object({
  agents: z.array(z.object({ agentId: Id, conversationId: Id.nullable(), typing: z.boolean() })),
  /** The customer of the conversation this agent looks at, where their channel knows: whether they are there, and type. */
  customers: z
    .array(z.object({ conversationId: Id, here: z.boolean(), typing: z.boolean() }))
    .max(20)
    .optional(),
})
export type PresenceOf = z.infer<typeof PresenceOf>

/** A sign of life at least every few seconds, from a hub that has just spoken to its database. */
export const Heartbeat = z.object({ now: z.int() })
export type Heartbeat = z.infer<typeof Heartbeat>

/** The connection ends for this reason; the desk says what to do. */
export const Goodbye = Fault
export type Goodbye = Fault

export const down = {
  welcome: Welcome,
  patch: Patch,
  pushRefused: PushRefused,
  presence: PresenceOf,
  heartbeat: Heartbeat,
  goodbye: Goodbye,
} as const
export type Down = { [K in keyof typeof down]: z.infer<(typeof down)[K]> }
