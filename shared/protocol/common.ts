import { z } from 'zod'
import { Id } from '../model/base.ts'
import { HoldReason } from '../model/hold.ts'
import { RowType } from '../model/row.ts'
import type { Stream } from '../model/stream.ts'

export const StreamName = z
  .string()
  .regex(/^(workspace|customers|inbox:.{1,120}|agent:.{1,120})$/) as unknown as z.ZodType<Stream>

/** How far a desk has read a stream, or a stream's head. The epoch changes when a hub is restored from a backup (S5). */
export const Cursor = z.object({
  stream: StreamName,
  epoch: z.int().positive(),
  version: z.int().nonnegative(),
})
export type Cursor = z.infer<typeof Cursor>

/** A mutation on its way. `n` is consecutive per (device, device epoch) and never changes once sent (S11). */
export const Envelope = z.object({
  n: z.int().positive(),
  id: Id,
  name: z.string().max(100),
  /** Checked against the definition's own schema where it is run. */
  args: z.unknown(),
  /**
   * It was on its way to this hub before, in another epoch. A restored hub that does not know it may have run it all the
   * same, in the time that the backup does not have: a message it sends may have left (S5).
   */
  again: z.boolean().optional(),
})
export type Envelope = z.infer<typeof Envelope>

/** What became of a mutation (S13). */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({
    kind: z.literal('refused'),
    code: z.string().max(60),
    params: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ kind: z.literal('held'), reasons: z.array(HoldReason) }),
])
export type Outcome = z.infer<typeof Outcome>

export const Acknowledgement = z.object({ n: z.int().positive(), id: Id, outcome: Outcome })
export type Acknowledgement = z.infer<typeof Acknowledgement>

/** That a row belongs to a stream, or no longer does. A row leaves the desk with its last membership (S1). */
export const Membership = z.object({ stream: StreamName, type: RowType, id: Id })
export type Membership = z.infer<typeof Membership>
