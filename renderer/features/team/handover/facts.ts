import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { glimpseOf } from '#shared/mutations/timeline.ts'

export interface Facts {
  /** What the customer asked last; null: they have not been heard. */
  asked: string | null
  /** The last thing a colleague wrote down. */
  note: { agentId: string | null; text: string } | null
  waitingSince: number | null
}

/**
 * What can be said of a conversation without reading it again: from its rows alone, in their own words.
 * @param items of the conversation, the oldest first
 */
export function factsOf(
  { id, waitingSince }: Pick<Conversation, 'id' | 'waitingSince'>,
  items: readonly Item[],
): Facts {
  const own = items.filter(({ conversationId, erased }) => conversationId === id && !erased)
  const asked = own.findLast(
    ({ kind, direction, mail }) =>
      kind === 'message' && direction === 'in' && !mail?.aside && (mail?.automatic ?? 'no') === 'no',
  )
  const note = own.findLast(({ kind, text }) => kind === 'note' && text.trim() !== '')
  return {
    asked: asked ? glimpseOf(asked) || null : null,
    note:
      (note && {
        agentId: note.author.kind === 'agent' ? note.author.agentId : null,
        text: glimpseOf(note),
      }) ||
      null,
    waitingSince,
  }
}
