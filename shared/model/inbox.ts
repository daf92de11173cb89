import { z } from 'zod'
import { Id } from './base.ts'

/** An account of one channel: a support address, a web chat. Its secrets stay on the hub. */
export const Inbox = z.object({
  id: Id,
  channel: Id,
  name: z.string().min(1).max(200),
  /** The address customers write to, for instance `support@example.com`. */
  address: z.string().max(320),
  signature: z.string().max(4000),
  /** A reply written offline that is older than this is held for a look (S21). Minutes. */
  holdOfflineAfterMinutes: z.int().min(1).max(100_000),
  active: z.boolean(),
})
export type Inbox = z.infer<typeof Inbox>
