/**
 * A customer says what they thought of a conversation that was closed. It is an entry of the timeline and stands in the
 * conversation's row; who says it again changes their mind, and there is still one for each time that it was closed. Nobody
 * waits for an answer because of it, and nothing is opened again.
 */
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import type { Rating } from '#shared/model/rating.ts'
import { key } from '#shared/model/row.ts'
import { newItem } from '#shared/mutations/timeline.ts'
import type { Rated, ThreadEnd, ThreadPlace } from '../channels/channel.ts'
import type { Store } from '../store/store.ts'

/** Whether it may be rated: it is closed, and somebody had answered. */
const isOver = ({ status, lastReply }: Conversation): boolean => status === 'closed' && lastReply !== null

const itemIdOf = ({ id, lastStatusChange }: Conversation): string =>
  `${id}.rated.${lastStatusChange?.seq ?? 0}`

/** What its customer may know of how it ended. */
export function endOf(conversation: Conversation): ThreadEnd {
  const { id, rating } = conversation
  const own = rating?.itemId === itemIdOf(conversation)
  return { conversationId: id, over: isOver(conversation), score: own ? rating.score : null }
}

/** Gives how the conversation stands afterwards, rated or not; null: it is none of theirs. */
export async function rate(
  { store, now }: { store: Store; now(): number },
  { inboxId, channel, address }: ThreadPlace,
  { conversationId, score, words }: Rated,
): Promise<ThreadEnd | null> {
  return store.write(async tx => {
    await tx.load([key('conversation', conversationId)])
    const conversation = tx.get('conversation', conversationId)
    if (conversation?.inboxId !== inboxId) return null
    const itemId = itemIdOf(conversation)
    const identityKey = key('identity', conversation.identityId)
    await tx.load([identityKey, key('item', itemId)])
    const identity = tx.get('identity', conversation.identityId)
    if (identity?.channel !== channel || identity.address !== address) return null
    if (!isOver(conversation)) return endOf(conversation)

    const at = now()
    const before = tx.get('item', itemId)
    const item: Item = {
      ...(before ??
        newItem(
          conversation,
          { now: at },
          {
            id: itemId,
            kind: 'event',
            direction: 'internal',
            author: { kind: 'customer', identityId: identity.id },
            writtenAt: at,
          },
        )),
      text: words,
      score,
    }
    if (before?.score === score && before.text === words) return endOf(conversation)
    const rating: Rating = { score, at, itemId }
    const next = { ...conversation, rating, lastSeq: Math.max(conversation.lastSeq, item.seq) }
    tx.put('item', item)
    tx.put('conversation', next)
    tx.event({
      name: 'conversation.rated',
      agentId: null,
      deviceId: null,
      mutationId: null,
      at,
      keys: [key('conversation', conversationId), key('item', itemId)],
      facts: { inboxId, score },
    })
    return endOf(next)
  })
}
