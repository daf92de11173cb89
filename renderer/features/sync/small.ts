import type { MutationName } from '#shared/mutations/index.ts'

/** Changes that nobody asked for by hand: they are counted, not listed. */
const small: readonly MutationName[] = [
  'draft.save',
  'draft.discard',
  'conversation.read',
  'conversation.unread',
]

export const isSmall = (name: string): boolean => (small as readonly string[]).includes(name)

/** The changes that somebody made by hand, and how many others wait beside them. */
export function sorted<Entry extends { name: string }>(
  waiting: readonly Entry[],
): { large: Entry[]; small: number } {
  const large = waiting.filter(({ name }) => !isSmall(name))
  return { large, small: waiting.length - large.length }
}
