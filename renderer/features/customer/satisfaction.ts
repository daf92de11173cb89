import type { Conversation } from '#shared/model/conversation.ts'
import type { Rating } from '#shared/model/rating.ts'

/** Shown one by one; the average is of these, too: how it was years ago says little. */
const LATEST = 10

export interface Satisfaction {
  /** Of 1 to 5, with one decimal. */
  average: number
  /** Oldest first. */
  ratings: readonly Rating[]
}

/**
 * What a customer thought of being served, by the conversations that this desk holds (S1: their row holds nothing derived from
 * conversations that a reader may not see). Null: they have not said.
 */
export function satisfactionOf(conversations: readonly Pick<Conversation, 'rating'>[]): Satisfaction | null {
  const ratings = conversations
    .flatMap(({ rating }) => rating ?? [])
    .sort((one, other) => one.at - other.at)
    .slice(-LATEST)
  if (ratings.length === 0) return null
  const sum = ratings.reduce((all, { score }) => all + score, 0)
  return { average: Math.round((sum / ratings.length) * 10) / 10, ratings }
}
