import type { Conversation } from '#shared/model/conversation.ts'
import { key } from '#shared/model/row.ts'
import { newItem, previewOf } from '#shared/mutations/timeline.ts'
import { after } from '../../server/effects/after.ts'
import { type MemoryStore, memoryStore } from '../../server/store/memory/store.ts'
import type { Log } from '../../server/sync/ground.ts'
import type { Session, SessionLimits } from '../../server/sync/session.ts'
import { createSessions, type Sessions } from '../../server/sync/sessions.ts'
import { agent, conversation } from '../../server/sync/testing.ts'
import type { Doors } from './network.ts'
import type { VirtualTime } from './virtual-time.ts'

export const inboxes = ['one', 'two'] as const
/** Small windows and pages, so that a short story meets every edge of them. */
const limits: SessionLimits = {
  window: 2,
  pullRows: 7,
  firstPageRows: 4,
  pageRows: 6,
  itemsPerConversation: 3,
  olderItems: 4,
  waiting: 64,
}

export interface SimulatedHub extends Doors {
  readonly store: MemoryStore
  /** Errors that our own code reported; there must be none. */
  readonly errors: string[]
  /** As when the process is killed: connections and everything in memory are gone, what was committed stays. */
  crash(): void
  start(): void
  /** A customer writes to one of the conversations. */
  customerWrites(conversationId: string, id: string): Promise<void>
  /** Gives or takes an inbox. */
  grant(agentId: string, inboxIds: string[]): Promise<void>
}

/** A workspace of two inboxes with three conversations each, on the real sync code and the store in memory. */
export async function simulatedHub(time: VirtualTime, agentIds: string[]): Promise<SimulatedHub> {
  const store = memoryStore()
  const errors: string[] = []
  const log: Log = {
    info() {},
    warn() {},
    error: (facts, message) => errors.push(`${message} ${JSON.stringify(facts)}`),
  }
  let sessions: Sessions | null = null

  await store.write(async tx => {
    tx.put('workspace', { id: 'w', name: 'Simulation', lockAfterDays: 30, windowDays: 90 })
    tx.put('channel', emailManifest)
    for (const id of inboxes)
      tx.put('inbox', {
        id,
        channel: 'email',
        name: id,
        address: `${id}@skein.example`,
        signature: '',
        holdOfflineAfterMinutes: 5,
        active: true,
      })
    for (const id of ['urgent', 'billing']) tx.put('tag', { id, name: id })
    for (const id of agentIds) tx.put('agent', agent(id, [...inboxes]))
    for (const id of agentIds)
      tx.putDevice({
        id: `${id}-desk`,
        agentId: id,
        name: '',
        platform: '',
        epoch: 1,
        lastN: 0,
        confirmed: 0,
        revoked: false,
      })
    for (const inboxId of inboxes)
      for (const number of [1, 2, 3]) {
        const id = `${inboxId}-${number}`
        tx.put('customer', { ...person, id: `customer-${id}`, name: `Customer ${id}`, createdAt: time.now })
        tx.put('identity', {
          id: `identity-${id}`,
          customerId: `customer-${id}`,
          channel: 'email',
          address: `${id}@customers.example`,
          name: '',
          createdAt: time.now,
        })
        const now = { createdAt: time.now, activityAt: time.now }
        tx.put(
          'conversation',
          conversation(id, inboxId, { customerId: `customer-${id}`, identityId: `identity-${id}`, ...now }),
        )
      }
  })

  const hub: SimulatedHub = {
    store,
    errors,
    start() {
      sessions ??= createSessions({
        store,
        now: () => time.now,
        after,
        log,
        scheduler: { after: time.after },
        limits,
      })
    },
    crash() {
      const dying = sessions
      sessions = null
      void dying?.close()
    },
    open: (deviceId, socket) =>
      sessions?.open({ agentId: deviceId.replace(/-desk$/u, ''), deviceId }, socket) ?? null,
    gone: (session: Session) => sessions?.gone(session),
    customerWrites: (conversationId, id) =>
      store.write(async tx => {
        await tx.load([key('conversation', conversationId)])
        const found = tx.get('conversation', conversationId)
        if (found) inbound(found, id)
        function inbound(to: Conversation, itemId: string): void {
          const item = newItem(
            to,
            { now: time.now },
            {
              id: itemId,
              kind: 'message',
              direction: 'in',
              author: { kind: 'customer', identityId: to.identityId },
              writtenAt: time.now,
              text: `customer ${itemId}`,
            },
          )
          tx.put('item', item)
          tx.put('conversation', {
            ...to,
            status: 'open',
            snoozedUntil: null,
            lastSeq: item.seq,
            lastInbound: { seq: item.seq, at: item.at },
            waitingSince: to.waitingSince ?? item.at,
            activityAt: item.at,
            preview: previewOf(item.text),
          })
        }
      }),
    grant: (agentId, inboxIds) =>
      store.write(async tx => {
        await tx.load([key('agent', agentId)])
        const found = tx.get('agent', agentId)
        if (found) tx.put('agent', { ...found, inboxIds })
      }),
  }
  hub.start()
  return hub
}

const person = { company: '', language: '', timeZone: '', tier: '', note: '', mergedInto: null }

const emailManifest = {
  id: 'email',
  family: 'email' as const,
  label: { en: 'Email', zh: '邮件' },
  can: {
    subject: true,
    copy: true,
    attachments: true,
    html: true,
    deliveryReceipts: false,
    readReceipts: false,
  },
  limits: { textCharacters: 100_000, attachmentBytes: 1_000_000, attachments: 10 },
  replyWindow: null,
}
