import { z } from 'zod'
import { Id, Instant } from './base.ts'
import { Attachment } from './item.ts'

/** What an agent has typed and not sent; in the agent's own stream, so it follows them to another machine. */
export const Draft = z.object({
  id: Id,
  agentId: Id,
  conversationId: Id,
  kind: z.enum(['reply', 'note']),
  text: z.string().max(1_000_000),
  cc: z.array(z.string().max(400)).max(100),
  attachments: z.array(Attachment).max(50),
  /** Set when this is a held reply being edited: sending it releases that reply instead of making another. */
  heldItemId: Id.nullable(),
  updatedAt: Instant,
})
export type Draft = z.infer<typeof Draft>

/** One draft of a kind per agent and conversation. */
export const draftId = (agentId: Id, conversationId: Id, kind: 'reply' | 'note'): Id =>
  `${agentId}.${conversationId}.${kind}`
