import { z } from 'zod'
import { Attribute } from './attribute.ts'
import { Id } from './base.ts'

/** What holds for the whole team. There is one row of it, in the `workspace` stream. */
export const Workspace = z.object({
  id: Id,
  name: z.string().max(200),
  /** A desk that has not spoken to the hub for this many days locks its replica (S9). */
  lockAfterDays: z.int().min(1).max(365),
  /** First sync fetches conversations active within this many days; older ones stay on the hub (S6). */
  windowDays: z.int().min(1).max(3650),
  /** What is known about a customer besides the fields everybody has, in the order it is shown. */
  attributes: z.array(Attribute).max(100).optional(),
})
export type Workspace = z.infer<typeof Workspace>
