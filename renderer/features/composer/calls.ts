// How the rest of the desk asks the composer for something: one call at a time, answered by the composer that is there.
import { create } from 'zustand'
import type { Draft, DraftKind } from '#shared/model/draft.ts'
import type { Item } from '#shared/model/item.ts'
import { open } from '../../store/view.ts'

export type ComposerCall =
  | { kind: 'reply' }
  | { kind: 'note' }
  | { kind: 'edit-held'; item: Item }
  | { kind: 'forward'; item: Item }
  /** Say something beside the conversation about a mail; with `root`: go on with what that began. */
  | { kind: 'side'; item: Item; root: string | null }
  /** Go on with a draft that is there. */
  | { kind: 'resume'; draft: DraftKind }

const useCalls = create<{ call: ComposerCall | null; turn: number }>(() => ({ call: null, turn: 0 }))

/** Begins to pass a mail on, from wherever it is seen. */
export function forwardMail(item: Item, customerId: string): void {
  open({ customerId, conversationId: item.conversationId })
  callComposer({ kind: 'forward', item })
}

/** Begins, or goes on with, a conversation beside the customer's. */
export function sayAside(item: Item, root: string | null, customerId: string): void {
  open({ customerId, conversationId: item.conversationId })
  callComposer({ kind: 'side', item, root })
}

export const callComposer = (call: ComposerCall): void =>
  useCalls.setState(({ turn }) => ({ call, turn: turn + 1 }))

export const useComposerCall = () => useCalls()
export const callTaken = (): void => useCalls.setState({ call: null })

/** What is begun of a reply. */
type Begun = Pick<Draft, 'text' | 'attachments' | 'heldItemId'>
const replies = new Map<string, () => Begun | null>()

/** The composer of a conversation says what stands in it whenever it is asked. @returns ends it */
export function lendReply(conversationId: string, read: () => Begun | null): () => void {
  replies.set(conversationId, read)
  return () => {
    if (replies.get(conversationId) === read) replies.delete(conversationId)
  }
}

/**
 * What stands in the composer of a conversation at this moment: what it saved of that is told back only a little later.
 * @returns null: no composer of it is there, or it is not filled yet
 */
export const replyNow = (conversationId: string): Begun | null => replies.get(conversationId)?.() ?? null
