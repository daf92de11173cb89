import { z } from 'zod'
import { Id } from './base.ts'

/** How far an agent has read a conversation; in the agent's own stream. */
export const ReadMark = z.object({
  id: Id,
  agentId: Id,
  conversationId: Id,
  /** Never goes back: who wrote has been told that it was read. */
  seq: z.int().nonnegative(),
  /** Marked unread: to its agent it is as if they had read so far only, until they open it again. */
  back: z.int().nonnegative().optional(),
})
export type ReadMark = z.infer<typeof ReadMark>

/** How far it counts as read to its agent. */
export const readTo = ({ seq, back }: ReadMark): number => back ?? seq

export const readMarkId = (agentId: Id, conversationId: Id): Id => `${agentId}.${conversationId}.read`
