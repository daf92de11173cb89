// What was saved a moment ago, until its row has come back: whoever leaves their words and is there again before that finds all of them.
// Without it they would go on with what the row says, and save that over the rest.
import type { DraftKind } from '#shared/model/draft.ts'
import type { Content } from './use-draft.ts'

export interface Left {
  content: Content
  /** The stamp of its row. */
  updatedAt: number
}

/** A row has come back by then, or was refused. Words are not to lie here for long. Milliseconds. */
const LONGEST = 2_000

const all = new Map<string, Left>()

export function leaveWords(conversationId: string, kind: DraftKind, left: Left): void {
  const key = `${conversationId} ${kind}`
  all.set(key, left)
  setTimeout(() => all.get(key) === left && all.delete(key), LONGEST)
}

/** They were sent or thrown away. */
export const forgetWords = (conversationId: string, kind: DraftKind): void =>
  void all.delete(`${conversationId} ${kind}`)

/** What is newer than the row; null: the row has come back, and is the truth from then on. */
export function wordsLeft(
  conversationId: string,
  kind: DraftKind,
  row: { updatedAt: number } | undefined,
): Left | null {
  const key = `${conversationId} ${kind}`
  const left = all.get(key)
  if (!left) return null
  if (row === undefined || left.updatedAt > row.updatedAt) return left
  all.delete(key)
  return null
}
