import type { MutationName } from '#shared/mutations/index.ts'

/** Changes that nobody asked for by hand: they are counted, not listed. */
const small: readonly MutationName[] = ['draft.save', 'draft.discard', 'conversation.read']

export const isSmall = (name: string): boolean => (small as readonly string[]).includes(name)
