import { key } from '#shared/model/row.ts'
import type { ConversationLookup } from '../channels/channel.ts'
import type { Transaction } from '../store/store.ts'
import { messageName, sentName, subjectName } from './names.ts'

/** Conversations about one subject that are looked at, newest ids first; more are the same matter coming back for years. */
const CANDIDATES = 20

/** How a channel finds the conversation of a message, inside the transaction that will write it. */
export function lookupIn(tx: Transaction, now: number): ConversationLookup {
  const conversationNamed = async (name: string): Promise<string | undefined> =>
    (await tx.named(name)).find(({ type }) => type === 'conversation')?.id

  return {
    now,
    async byMessage(inboxId, ids, itemIds) {
      for (const name of [
        ...ids.map(id => messageName(inboxId, id)),
        ...itemIds.map(id => sentName(inboxId, id)),
      ]) {
        const found = await conversationNamed(name)
        if (found) return found
      }
      return null
    },
    async bySubject(inboxId, address, subjectKey, since, openSince = since) {
      const keys = (await tx.named(subjectName(inboxId, address, subjectKey)))
        .filter(({ type }) => type === 'conversation')
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, CANDIDATES)
      await tx.load(keys)
      const recent = keys
        .flatMap(({ id }) => tx.get('conversation', id) ?? [])
        .filter(({ activityAt, status }) => activityAt >= (status === 'closed' ? since : openSince))
        .sort((a, b) => b.activityAt - a.activityAt)
      return recent[0] ? key('conversation', recent[0].id).id : null
    },
  }
}
