// A draft that was written together is spent when its pen is not its item's any more: somebody else goes on with the words, or they were
// sent. Its row is its author's, so nobody else takes it away; it is read as if it were gone, and the next draft replaces it.
import type { Id } from '#shared/model/base.ts'
import type { Draft } from '#shared/model/draft.ts'
import type { Tables } from './tables.ts'

/** Whether a row of `draft` stands. @param d its name in the query */
export const stands = (d: string): string => `(
  ${d}.doc ->> '$.shared.pen' is null or exists (
    select 1 from item i where i.id = ${d}.doc ->> '$.shared.itemId'
    and i.doc ->> '$.draft.pen' = ${d}.doc ->> '$.shared.pen'
  ))`

/** The draft of an id, if it stands. */
export function standingDraft(tables: Pick<Tables, 'get'>, id: Id): Draft | undefined {
  const draft = tables.get('draft', id)
  const pen = draft?.shared?.pen
  if (pen === undefined) return draft
  return tables.get('item', draft!.shared!.itemId)?.draft?.pen === pen ? draft : undefined
}
