import { z } from 'zod'
import { Id } from './base.ts'

export const Role = z.enum(['agent', 'supervisor', 'administrator'])
export type Role = z.infer<typeof Role>

/** A person who works at a desk. Secrets (password, devices) never are in this row: it travels to every desk. */
export const Agent = z.object({
  id: Id,
  name: z.string().min(1).max(200),
  email: z.string().max(320),
  role: Role,
  /** The inboxes whose streams this agent may read and write. */
  inboxIds: z.array(Id).max(1000),
  active: z.boolean(),
})
export type Agent = z.infer<typeof Agent>
