import type { Conversation } from '#shared/model/conversation.ts'

/**
 * What a customer thought of being served, by the conversations that this desk holds (S1: their row holds nothing derived from
 * conversations that a reader may not see). The average of 1 to 5, with one decimal; null: they have not said.
 */
export function satisfactionOf(
  conversations: readonly Pick<Conversation, 'rating'>[],
): { average: number; count: number } | null {
  const scores = conversations.flatMap(({ rating }) => rating?.score ?? [])
  if (scores.length === 0) return null
  const sum = scores.reduce((all, score) => all + score, 0)
  return { average: Math.round((sum / scores.length) * 10) / 10, count: scores.length }
}
