import { type Doc, type Key, key, keyOf } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import type {
  Device,
  NewJob,
  Page,
  PageRequest,
  Pull,
  Store,
  Transaction,
} from '../../../server/store/store.ts'
import { conversation, customer, identity, item } from '../store-rows.ts'

/** A store under test, empty. */
export interface Subject {
  store: Store
  /** The jobs that wait. */
  jobs(): Promise<NewJob[]>
  close(): Promise<void>
}

export const device: Device = {
  id: 'd1',
  agentId: 'a1',
  name: 'Laptop',
  platform: 'linux',
  epoch: 1,
  lastN: 0,
  confirmed: 0,
  revoked: false,
}

export const event = (name: string) => ({
  name,
  agentId: 'a1',
  deviceId: null,
  mutationId: null,
  at: 1,
  keys: [key('tag', 't1')],
  facts: { size: 3, ok: true, why: null },
})

export const start = (...streams: Stream[]): Cursor[] =>
  streams.map(stream => ({ stream, epoch: 1, version: 0 }))

export const words = (keys: readonly Key[]): string[] => keys.map(keyOf)

/** A customer with an identity and a conversation in an inbox, with items. */
export function matter(id: string, inboxId: string, items = 1, more: Partial<Doc<'conversation'>> = {}) {
  const ids = { inboxId, customerId: `${id}-customer`, identityId: `${id}-identity` }
  const doc = conversation(id, { ...ids, lastSeq: items, ...more })
  return (tx: Transaction): void => {
    tx.put('customer', customer(doc.customerId))
    tx.put('identity', identity(doc.identityId, doc.customerId))
    tx.put('conversation', doc)
    for (let seq = 1; seq <= items; seq++) tx.put('item', item(`${id}-${seq}`, doc, seq))
  }
}

/** The store of the test that runs, and what tests do with it. */
export interface Ground {
  readonly store: Store
  jobs(): Promise<NewJob[]>
  /** Each in the same transaction. */
  put(...work: ((tx: Transaction) => void)[]): Promise<void>
  /** With these rows loaded. */
  change(keys: Key[], work: (tx: Transaction) => void): Promise<void>
  pull(cursors: Cursor[], limit?: number): Promise<Pull>
  /** Every page of a first sync. */
  firstSync(request: Partial<PageRequest> & { stream: Stream }): Promise<Page[]>
}

/** @param subject the one of the test that runs */
export function groundOf(subject: () => Subject): Ground {
  return {
    get store() {
      return subject().store
    },
    jobs: () => subject().jobs(),
    put: (...work) =>
      subject().store.write(async tx => {
        for (const step of work) step(tx)
      }),
    change: (keys, work) =>
      subject().store.write(async tx => {
        await tx.load(keys)
        work(tx)
      }),
    pull: (cursors, limit = 1000) =>
      subject().store.pull({ device: { id: 'd1', epoch: 1, confirmed: 0 }, cursors, limit }),
    async firstSync(request) {
      const pages: Page[] = []
      let token: string | null = null
      do {
        const whole = { limit: 100, activeSince: 0, itemsPerConversation: 50, ...request, token }
        const page: Page = await subject().store.page(whole)
        pages.push(page)
        token = page.token
      } while (token !== null)
      return pages
    },
  }
}
