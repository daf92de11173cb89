import { z } from 'zod'
import { Id, Instant } from './base.ts'

/** From 1, very bad, to 5, very good. */
export const Score = z.int().min(1).max(5)
export type Score = z.infer<typeof Score>

/** What a customer thought of a conversation, as they said after it was closed; the latest, where it was closed several times. */
export const Rating = z.object({
  score: Score,
  at: Instant,
  /** The entry of the timeline that holds their words. */
  itemId: Id,
})
export type Rating = z.infer<typeof Rating>
