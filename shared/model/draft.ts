import { z } from 'zod'
import { Id, Instant } from './base.ts'
import { After } from './draft-after.ts'
import { Attachment } from './item.ts'
import { RichText } from './rich-text.ts'

/** What is being written: the answer to the customer, a note for colleagues, or words to go with a mail that is passed on. */
export const DraftKind = z.enum(['reply', 'note', 'forward'])
export type DraftKind = z.infer<typeof DraftKind>

/**
 * A draft that the inbox reads along is an item, and is written with a pen. Whoever takes it over gets a new one: what somebody writes with an
 * older pen is theirs alone.
 */
export const Shared = z.object({ itemId: Id, pen: Id })
export type Shared = z.infer<typeof Shared>

/** What an agent has typed and not sent; in the agent's own stream, so it follows them to another machine. */
export const Draft = z.object({
  id: Id,
  agentId: Id,
  conversationId: Id,
  kind: DraftKind,
  text: z.string().max(1_000_000),
  /** The same with its formatting, where there is some. A desk that does not know of it keeps the plain text alone. */
  rich: RichText.optional(),
  cc: z.array(z.string().max(400)).max(100),
  bcc: z.array(z.string().max(400)).max(100).optional(),
  /** Of a forward: what is passed on, and to whom. */
  forward: z.object({ itemId: Id, to: z.array(z.string().max(400)).max(100) }).optional(),
  /** Of a forward that is a conversation beside this one: what began it, null while it begins; whether the mail goes along (`quote`). */
  side: z.object({ root: Id.nullable(), subject: z.string().max(1000), quote: z.boolean() }).optional(),
  attachments: z.array(Attachment).max(50),
  /** Of an answer. */
  after: After.optional(),
  /** Of an answer that colleagues read along. With a pen that is no longer the item's its words are spent: somebody else goes on with them. */
  shared: Shared.optional(),
  /** Set when this is a held reply being edited: sending it releases that reply instead of making another. */
  heldItemId: Id.nullable(),
  updatedAt: Instant,
})
export type Draft = z.infer<typeof Draft>

/** One draft of a kind per agent and conversation. */
export const draftId = (agentId: Id, conversationId: Id, kind: DraftKind): Id =>
  `${agentId}.${conversationId}.${kind}`
