import { key } from '#shared/model/row.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import { memoryVault } from '../../server/auth/memory-vault.ts'
import { secretsFrom } from '../../server/auth/secrets.ts'
import type { BlobStore } from '../../server/blobs/blob-store.ts'
import type { Channel, Outgoing, SendOutcome } from '../../server/channels/channel.ts'
import { deliverJob } from '../../server/effects/deliver.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Store } from '../../server/store/store.ts'
import { silentLog } from '../../server/sync/ground.ts'
import { run } from '../../server/sync/run.ts'
import { envelope, NOW, ownerOf, smallWorkspace } from '../../server/sync/testing.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { manifest } from '../sync/post-office.ts'

export type AgentId = 'ann' | 'bo' | 'sue'
export const T = NOW + 1_000
export const place = { conversationId: 'c1', customerId: 'customer', inboxId: 'one', channel: 'email' }
const to = [{ name: 'Maria', address: 'maria@customer.example' }]

/** The hub's own code on one store, its clock and its outgoing mail under the test's control. */
export async function teamHub(store: Store, close: () => Promise<void>) {
  const { clock, deps } = await smallWorkspace(store)
  const left: Outgoing[] = []
  /** Called while a message is handed over; it may throw, as a hub that dies. */
  let during: (outgoing: Outgoing) => Promise<void> = async () => undefined
  const channel = {
    manifest,
    settings: { parse: () => ({}) },
    send: async (outgoing: Outgoing): Promise<SendOutcome> => {
      left.push(outgoing)
      await during(outgoing)
      return {
        messageId: `${outgoing.itemId}@skein.example`,
        recipients: outgoing.attempt.map(address => ({ address, state: 'sent' })),
      }
    },
  } as unknown as Channel
  const handler = () =>
    deliverJob({
      store,
      blobs: {} as BlobStore,
      channels: new Map([['email', channel]]),
      vault: memoryVault(),
      secrets: secretsFrom(Buffer.alloc(32, 7)),
      now: () => clock.now,
      log: silentLog,
    })
  const numbers = new Map<AgentId, number>()
  const read = async <T extends 'item' | 'conversation' | 'draft'>(type: T, id: string) =>
    (await store.read(type, [id]))[0]

  const hub = {
    store,
    clock,
    left,
    read,
    close,
    item: (id: string) => read('item', id),
    conversation: async () => (await read('conversation', 'c1'))!,
    onSend: (next: typeof during) => {
      during = next
    },
    /** One push of one mutation; its outcome. */
    async does<N extends MutationName>(agent: AgentId, name: N, args: MutationArgs<N>) {
      const n = (numbers.get(agent) ?? 0) + 1
      numbers.set(agent, n)
      const mutations = [envelope(n, name, args, `${agent}-${n}`)]
      await run(deps, ownerOf(agent), { deviceEpoch: 1, mutations }, 0)
      return store.write(tx => tx.outcomeOf(`${agent}-${n}`))
    },
    async basis(offline = false) {
      const { lastSeq, status, assigneeId, inboxId, customerId } = await hub.conversation()
      return { seq: lastSeq, status, assigneeId, inboxId, customerId, writtenAt: clock.now, offline }
    },
    async send(agent: AgentId, id: string, over: Partial<MutationArgs<'reply.send'>> = {}) {
      const basis = await hub.basis()
      return hub.does(agent, 'reply.send', {
        id,
        ...place,
        text: id,
        to,
        cc: [],
        attachments: [],
        basis,
        ...over,
      })
    },
    async plan(agent: AgentId, id: string, sendAt: number, offline = false) {
      const basis = await hub.basis(offline)
      const content = { text: id, to, cc: [], attachments: [] }
      return hub.does(agent, 'reply.schedule', { id, ...place, ...content, basis, sendAt })
    },
    cancel: (agent: AgentId, itemId: string) =>
      hub.does(agent, 'reply.cancel', {
        itemId,
        conversationId: 'c1',
        draft: { kind: 'reply', text: itemId, cc: [], attachments: [] },
        reopen: false,
        at: clock.now,
      }),
    /** The customer writes; as much of it as the review looks at. */
    customerWrites: () =>
      store.write(async tx => {
        await tx.load([key('conversation', 'c1')])
        const found = tx.get('conversation', 'c1')!
        const seq = found.lastSeq + 1
        tx.put('conversation', {
          ...found,
          lastSeq: seq,
          lastInbound: { seq, at: clock.now },
          waitingSince: clock.now,
        })
      }),
    /** Its job runs at this time, on one hub or on several at once. */
    async comes(itemId: string, at: number, hubs = 1) {
      clock.now = at
      const job = { kind: 'deliver' as const, key: itemId, at }
      await Promise.all(Array.from({ length: hubs }, () => handler()(job)))
    },
  }
  return hub
}
export type TeamHub = Awaited<ReturnType<typeof teamHub>>

/** Both stores; one suite passes on each. */
export const stores: Record<string, () => Promise<TeamHub>> = {
  memory: () => teamHub(memoryStore(), async () => undefined),
  PostgreSQL: async () => {
    const made = await createTestDatabase()
    const store = await postgresStore({
      database: await made.open(),
      jobs: { insert: async () => undefined, committed: () => undefined },
    })
    return teamHub(store, async () => {
      await store.close()
      await made.drop()
    })
  },
}
