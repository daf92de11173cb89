import { z } from 'zod'
import { Id } from './base.ts'

/** How far an agent has read a conversation; in the agent's own stream. */
export const ReadMark = z.object({ id: Id, agentId: Id, conversationId: Id, seq: z.int().nonnegative() })
export type ReadMark = z.infer<typeof ReadMark>

export const readMarkId = (agentId: Id, conversationId: Id): Id => `${agentId}.${conversationId}.read`
