/** For the tests of this folder: a replica in memory with a small workspace, rows to put into it, patches to apply. */
import type { Agent } from '#shared/model/agent.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import type { Doc, Row, RowType } from '#shared/model/row.ts'
import { homeOf, inboxStream } from '#shared/model/stream.ts'
import { agentWith, conversationWith, customerWith, identityWith, itemWith } from '#shared/model/testing.ts'
import type { Outcome } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'
import { openReplica } from './replica/open.ts'
import type { Replica } from './replica/replica.ts'
import { type Applied, applyPiece } from './sync/apply.ts'
import { mutate } from './sync/mutate.ts'
import { nothingPending, piecesOf } from './sync/pieces.ts'

export const NOW = 1_800_000_000_000

export const agentRow = (id: string, over: Partial<Agent> = {}): Agent =>
  agentWith({ id, inboxIds: ['one'], ...over })

/** Of Maria in inbox one. */
const place = { inboxId: 'one', customerId: 'maria', identityId: 'maria-mail' }

export const conversationRow = (id: string, over: Partial<Conversation> = {}): Conversation =>
  conversationWith({
    id,
    ...place,
    subject: 'A matter',
    lastSeq: 1,
    createdAt: NOW,
    activityAt: NOW,
    lastInbound: { seq: 1, at: NOW },
    waitingSince: NOW,
    ...over,
  })

export const itemRow = (id: string, conversationId: string, seq: number, over: Partial<Item> = {}): Item =>
  itemWith(
    { id: conversationId, channel: 'email', ...place },
    { id, seq, at: NOW + seq, text: `message ${seq}`, ...over },
  )

export const customerRow = (id: string, over: Partial<Doc<'customer'>> = {}): Doc<'customer'> =>
  customerWith({ id, createdAt: NOW, ...over })

export const row = <T extends RowType>(type: T, rev: number, doc: Doc<T>): Row =>
  ({ type, id: doc.id, rev, doc }) as Row

export const emptyPatch: Patch = {
  patch: 1,
  rows: [],
  joins: [],
  leaves: [],
  cursors: [],
  pages: [],
  coverage: [],
  acknowledged: [],
  remaining: 0,
}

/** A patch of these rows; customers and identities come by inbox one. */
export const patchOf = (rows: Row[], over: Partial<Patch> = {}): Patch => ({
  ...emptyPatch,
  rows,
  joins: rows.map(({ type, id, doc }) => ({ stream: homeOf(type, doc) ?? inboxStream('one'), type, id })),
  ...over,
})

/** A desk without a network: what it has is what it is given. */
export class TestDesk {
  readonly replica: Replica
  now = NOW + 10_000
  #ids = 0

  constructor(replica: Replica = openReplica(':memory:', new Uint8Array(32))) {
    this.replica = replica
    replica.transaction(() => {
      replica.settings.set('owner', { hubUrl: 'http://hub', agentId: 'ann', email: 'ann@skein.example' })
      replica.settings.set('numbers', { deviceId: 'desk', epoch: 1, next: 1, confirmed: 0 })
    })
    this.apply(
      patchOf([
        row('workspace', 1, { id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 }),
        row('agent', 1, agentRow('ann')),
        row('agent', 1, agentRow('bo')),
        row('tag', 1, { id: 'refund', name: 'refund' }),
        row('customer', 1, customerRow('maria', { name: 'Maria' })),
        row(
          'identity',
          1,
          identityWith({
            id: 'maria-mail',
            customerId: 'maria',
            address: 'maria@customer.example',
            name: 'Maria',
            createdAt: NOW,
          }),
        ),
        row('conversation', 1, conversationRow('c1')),
        row('item', 1, itemRow('c1-1', 'c1', 1)),
        row('conversation', 1, conversationRow('c2')),
        row('item', 1, itemRow('c2-1', 'c2', 1)),
      ]),
    )
  }

  newId = (): string => {
    this.#ids += 1
    return `id-${this.#ids}`
  }

  apply(patch: Patch): Applied {
    const [piece] = piecesOf([patch], Number.POSITIVE_INFINITY, nothingPending)
    return applyPiece(this.replica, piece!, { newId: this.newId, now: this.now })
  }

  /** Makes a change, and returns its id. */
  do(name: string, args: unknown): string {
    this.now += 1
    const context = { newId: this.newId, hubNow: () => this.now, live: () => true }
    return mutate(this.replica, { name, args }, context).mutationId
  }

  /** The hub's word on a mutation, with rows. */
  answer(id: string, outcome: Outcome, rows: Row[] = []): Applied {
    const n = this.replica.sql.outbox.byId.get(id)?.n ?? 1
    return this.apply(patchOf(rows, { acknowledged: [{ n, id, outcome }] }))
  }

  get<T extends RowType>(type: T, id: string): Doc<T> | undefined {
    return this.replica.tables.get(type, id)
  }

  get waiting(): string[] {
    return this.replica.sql.outbox.all.all(1000).map(({ name }) => name)
  }
}

export const done: Outcome = { kind: 'done' }

export const replyTo = (conversation: Conversation, id: string, text = 'An answer') => ({
  id,
  conversationId: conversation.id,
  customerId: conversation.customerId,
  inboxId: conversation.inboxId,
  channel: conversation.channel,
  text,
  to: [{ name: '', address: 'maria@customer.example' }],
  cc: [],
  attachments: [],
  basis: {
    seq: conversation.lastSeq,
    status: conversation.status,
    assigneeId: conversation.assigneeId,
    inboxId: conversation.inboxId,
    customerId: conversation.customerId,
    writtenAt: NOW,
    offline: false,
  },
})

export const draftOf = (conversationId: string, text: string) => ({
  conversationId,
  kind: 'reply' as const,
  text,
  cc: [],
  attachments: [],
  heldItemId: null,
  updatedAt: NOW,
})
