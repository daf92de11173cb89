import { z } from 'zod'
import { Id, Instant } from './base.ts'

/**
 * That somebody was erased (I9): what a desk, or a hub restored from a backup, must forget, and nothing about them but ids. It stays for
 * ever. What does not fit into one row is told by several of the same moment, `<id>`, `<id>.2` ...
 */
export const Erasure = z.object({
  id: Id,
  at: Instant,
  customerIds: z.array(Id).max(200),
  conversationIds: z.array(Id).max(1000),
  /** Keyed hashes of the names by which messages of theirs are known: a mailbox that still has one does not bring it back. */
  names: z.array(z.string().max(64)).max(2000),
  /** The hub's own word that it is so, under a key that no desk has. */
  seal: z.string().max(64),
})
export type Erasure = z.infer<typeof Erasure>
