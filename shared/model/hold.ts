import { z } from 'zod'
import { Id, Instant } from './base.ts'

/** Why a reply was held for a look instead of being sent (S21). Each kind has its sentence in both languages. */
export const HoldReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answered'), agentId: Id.nullable(), at: Instant }),
  z.object({ kind: z.literal('closed'), agentId: Id.nullable(), at: Instant }),
  z.object({ kind: z.literal('merged'), customerId: Id }),
  z.object({ kind: z.literal('moved'), inboxId: Id }),
  z.object({ kind: z.literal('reassigned'), agentId: Id.nullable() }),
  z.object({ kind: z.literal('window-closed'), at: Instant }),
  z.object({ kind: z.literal('too-old'), writtenAt: Instant, plannedFor: Instant.optional() }),
  z.object({ kind: z.literal('wrote-again'), at: Instant }),
  /** An earlier reply of the same author in this conversation is held (S22). */
  z.object({ kind: z.literal('earlier-held'), itemId: Id }),
  /** The reply it waited for was discarded; whether it still makes sense is for a person to say. */
  z.object({ kind: z.literal('earlier-discarded') }),
])
export type HoldReason = z.infer<typeof HoldReason>
export type HoldKind = HoldReason['kind']

/** A change of status that waits with a held reply, as it was asked for. */
export const StatusChange = z.object({
  mutationId: Id,
  to: z.enum(['open', 'snoozed', 'closed']),
  snoozedUntil: Instant.nullable(),
  writtenAt: Instant,
})
export type StatusChange = z.infer<typeof StatusChange>

/** What its author had seen when a reply was written. The hub compares it with what is true on arrival (S21). */
export const Basis = z.object({
  /** `lastSeq` of the conversation on the author's desk. */
  seq: z.int().nonnegative(),
  status: z.enum(['open', 'snoozed', 'closed']),
  assigneeId: Id.nullable(),
  inboxId: Id,
  /** The customer the identity belonged to, merges followed. */
  customerId: Id,
  writtenAt: Instant,
  offline: z.boolean(),
})
export type Basis = z.infer<typeof Basis>
