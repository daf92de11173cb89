import type { Id } from '#shared/model/base.ts'
import { key } from '#shared/model/row.ts'
import { newItem } from '#shared/mutations/timeline.ts'
import type { NewJob, Store } from '../store/store.ts'

export interface WakeDeps {
  store: Store
  now(): number
  newId(): Id
}

/** The job that brings a snoozed conversation back. Does nothing when it woke earlier, or was snoozed again for longer. */
export function wakeJob({ store, now, newId }: WakeDeps): (job: NewJob) => Promise<void> {
  return ({ key: conversationId }) =>
    store.write(async tx => {
      const time = now()
      await tx.load([key('conversation', conversationId)])
      const conversation = tx.get('conversation', conversationId)
      if (conversation?.status !== 'snoozed' || conversation.snoozedUntil === null) return
      if (conversation.snoozedUntil > time) {
        tx.job({ kind: 'wake', key: conversationId, at: conversation.snoozedUntil })
        return
      }
      const item = newItem(
        conversation,
        { now: time },
        {
          id: newId(),
          kind: 'event',
          direction: 'internal',
          author: { kind: 'system' },
          writtenAt: time,
          event: { kind: 'woke' },
        },
      )
      tx.put('item', item)
      tx.put('conversation', {
        ...conversation,
        status: 'open',
        snoozedUntil: null,
        lastSeq: item.seq,
        activityAt: item.at,
        lastStatusChange: { seq: item.seq, at: item.at, agentId: null },
      })
      tx.event({
        name: 'conversation.woke',
        agentId: null,
        deviceId: null,
        mutationId: null,
        at: time,
        keys: [key('conversation', conversationId)],
        facts: { inboxId: conversation.inboxId },
      })
    })
}
