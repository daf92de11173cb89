import { z } from 'zod'
import { Id, Instant } from './base.ts'

/** A customer's address on one channel. */
export const Identity = z.object({
  id: Id,
  customerId: Id,
  channel: Id,
  /** Normalised for comparison: an email address in lower case, a number in E.164. */
  address: z.string().max(400),
  /** As the customer writes their own name there; may be empty. */
  name: z.string().max(200),
  createdAt: Instant,
  /** As of a customer. */
  listed: z.boolean().optional(),
})
export type Identity = z.infer<typeof Identity>
