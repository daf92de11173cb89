import { z } from 'zod'
import { Id } from './base.ts'
import { Where } from './segment.ts'

/** Conversations that answer some conditions (rules/conversation-fields.ts), under a name, beside the views everybody has. */
export const SavedView = z.object({
  id: Id,
  name: z.string().trim().min(1).max(60),
  where: Where,
  /** Whose own it is, in their stream; null: the team's, in the workspace's. */
  agentId: Id.nullable(),
})
export type SavedView = z.infer<typeof SavedView>
