import type { Item } from '#shared/model/item.ts'
import type { ThreadKind } from '#shared/queries/index.ts'

/**
 * What sort of entry an item is, as bits: part of the index that a customer's timeline is read by, so that a filter over a long history
 * looks at no document. None of them: a message without files.
 */
const bits = { note: 1, event: 2, call: 4, file: 8 } as const

/** Not stored: what is neither note, event nor call. */
const MESSAGE = 16

export function facetsOf({ kind, call, attachments }: Item): number {
  const own = kind === 'note' ? bits.note : kind === 'event' ? bits.event : call ? bits.call : 0
  // Pictures inside a mail's layout are no files to a person.
  return own | (attachments.some(({ contentId }) => contentId === null) ? bits.file : 0)
}

/** A mask of these kinds; 0: all. */
export const maskOf = (kinds: readonly ThreadKind[]): number =>
  kinds.reduce((mask, kind) => mask | (kind === 'message' ? MESSAGE : bits[kind]), 0)

/** Whether an item's `facets` are in the mask `@kinds`. */
export const isOfKinds = `(@kinds = 0 or ((facets | (facets & ${bits.note | bits.event | bits.call} = 0) * ${MESSAGE}) & @kinds) <> 0)`

/** Whether an item has files; the literal is what the index of such items was made with. */
export const hasFiles = `facets & ${bits.file}`
