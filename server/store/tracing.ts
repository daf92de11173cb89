import type { Id, Sha256 } from '#shared/model/base.ts'
import { type DraftKind, draftId } from '#shared/model/draft.ts'
import type { Doc, Key, RowType } from '#shared/model/row.ts'

/** What an erasure asks of a store, within its transaction: where somebody is, and who speaks of them. Of what is committed. */
export interface Tracing {
  /**
   * Every row that is of these customers: identities, conversations, their items, what agents keep of those conversations (drafts, read
   * marks), and customers who were merged into one of them.
   */
  belongings(customerIds: readonly Id[]): Promise<Key[]>
  /** The names by which rows are found (Transaction.name), as the store keeps them. */
  namesOf(keys: readonly Key[]): Promise<string[]>
  /**
   * Conversations, items and drafts that name one of these words (`namesIn`), whatever its case, or have one of these files attached.
   * Reads every row there is.
   */
  mentioning(words: readonly string[], files: readonly Sha256[]): Promise<Key[]>
  /** Names that stand for nothing any more. */
  unname(names: readonly string[]): Promise<void>
}

const kinds: readonly DraftKind[] = ['reply', 'note', 'forward']

/** What follows agent and conversation in the ids of what an agent keeps of a conversation. */
export const keptOfConversation = [
  ...kinds.map(kind => ({ type: 'draft' as const, rest: draftId('', '', kind).slice('.'.length) })),
  { type: 'readMark' as const, rest: '.read' },
]

/** Where a row names somebody, other than in what is written: as its author, in the head of a letter, as who was written to, on a visit. */
export function namesIn<T extends RowType>(type: T, doc: Doc<T>): string {
  const parts: unknown[] =
    type === 'item'
      ? namedByItem.map(part => (doc as Doc<'item'>)[part])
      : type === 'conversation'
        ? [(doc as Doc<'conversation'>).visit]
        : type === 'draft'
          ? [doc]
          : []
  return JSON.stringify(parts).toLowerCase()
}

export const namedByItem = ['author', 'mail', 'delivery', 'transcript', 'draft'] as const
