import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Doc, type Key, key, keyOf } from '#shared/model/row.ts'
import { companionsOf, type Stream } from '#shared/model/stream.ts'
import { pgBossJobs } from '../../server/jobs/pg-boss.ts'
import { readRow } from '../../server/store/json-text.ts'
import { memoryStore } from '../../server/store/memory/store.ts'
import { postgresStore } from '../../server/store/postgres/store.ts'
import type { Page, Pull, Store, Transaction } from '../../server/store/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { conversation, customer, identity, item } from './store-rows.ts'

/**
 * Any history of conversations that come, move, close and go, of customers merged and unmerged and identities handed on:
 * a desk finds in an inbox the conversations there and their company, nothing more and nothing less (S1, I5), and both
 * stores say exactly the same.
 */
const inboxes = ['i1', 'i2', 'i3']
const customers = ['k1', 'k2', 'k3', 'k4']
const identities = ['d1', 'd2', 'd3']
const conversations = ['c1', 'c2', 'c3', 'c4']
const streams: Stream[] = inboxes.map(id => `inbox:${id}` as const)

type Step =
  | { kind: 'place'; id: string; inboxId: string; identityId: string; closed: boolean }
  | { kind: 'remove'; id: string }
  | { kind: 'merge'; from: string; into: string | null }
  | { kind: 'hand'; id: string; customerId: string }
  | { kind: 'edit'; id: string; name: string }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('place' as const),
    id: fc.constantFrom(...conversations),
    inboxId: fc.constantFrom(...inboxes),
    identityId: fc.constantFrom(...identities),
    closed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.constantFrom(...conversations) }),
  // Only forwards, so that no merge can close a circle.
  fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })).map(
    ([a, b]): Step => ({
      kind: 'merge',
      from: customers[Math.min(a, b)] as string,
      into: a === b ? null : (customers[Math.max(a, b)] as string),
    }),
  ),
  fc.record({
    kind: fc.constant('hand' as const),
    id: fc.constantFrom(...identities),
    customerId: fc.constantFrom(...customers),
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    id: fc.constantFrom(...customers),
    name: fc.constantFrom('王芳', 'Ada'),
  }),
)
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })

const everything: Key[] = [
  ...customers.map(id => key('customer', id)),
  ...identities.map(id => key('identity', id)),
  ...conversations.flatMap(id => [key('conversation', id), key('item', `${id}-1`)]),
]

function take(tx: Transaction, act: Step): void {
  if (act.kind === 'edit') {
    const doc = tx.get('customer', act.id)
    if (doc) tx.put('customer', { ...doc, name: act.name })
  } else if (act.kind === 'merge') {
    const doc = tx.get('customer', act.from)
    if (doc) tx.put('customer', { ...doc, mergedInto: act.into })
  } else if (act.kind === 'hand') {
    const doc = tx.get('identity', act.id)
    if (doc) tx.put('identity', { ...doc, customerId: act.customerId })
  } else if (act.kind === 'remove') {
    tx.remove('item', `${act.id}-1`)
    tx.remove('conversation', act.id)
  } else {
    const customerId = tx.get('identity', act.identityId)?.customerId ?? 'k1'
    const doc = conversation(act.id, {
      ...{ inboxId: act.inboxId, identityId: act.identityId, customerId, lastSeq: 1 },
      ...{ status: act.closed ? ('closed' as const) : ('open' as const) },
    })
    tx.put('conversation', doc)
    tx.put('item', item(`${act.id}-1`, doc, 1))
  }
}

async function live(store: Store, steps: readonly Step[][]): Promise<{ pulls: Pull[]; pages: Page[] }> {
  await store.write(async tx => {
    for (const id of customers) tx.put('customer', customer(id))
    for (const [index, id] of identities.entries())
      tx.put('identity', identity(id, customers[index] as string))
  })
  const pulls: Pull[] = []
  let cursors = (await store.heads(streams)).map(({ stream, epoch, version }) => ({ stream, epoch, version }))
  for (const acts of steps) {
    await store.write(async tx => {
      await tx.load(everything)
      for (const act of acts) take(tx, act)
    })
    const answer = await store.pull({ device: { id: 'd', epoch: 1, confirmed: 0 }, cursors, limit: 1000 })
    cursors = cursors.map(old => answer.cursors.find(({ stream }) => stream === old.stream) ?? old)
    pulls.push(answer)
  }
  const pages: Page[] = []
  for (const stream of streams) {
    let token: string | null = null
    do {
      const page: Page = await store.page({
        stream,
        token,
        limit: 5,
        activeSince: 0,
        itemsPerConversation: 2,
      })
      pages.push({ ...page, rows: page.rows.map(readRow) })
      token = page.token
    } while (token !== null)
  }
  return { pulls, pages }
}

/** What must be in a stream, from the rows alone. */
async function due(store: Store, stream: Stream): Promise<string[]> {
  const docs = new Map<string, Doc>()
  for (const type of ['customer', 'identity', 'conversation', 'item'] as const) {
    for (const doc of await store.all(type)) docs.set(keyOf({ type, id: doc.id }), doc)
  }
  const found = new Set<string>()
  const add = (at: Key): void => {
    const doc = docs.get(keyOf(at))
    if (!doc || found.has(keyOf(at))) return
    found.add(keyOf(at))
    for (const companion of companionsOf(at.type, doc)) add(companion)
  }
  for (const [word, doc] of docs) {
    const type = word.startsWith('conversation:') ? 'conversation' : word.startsWith('item:') ? 'item' : null
    if (type && `inbox:${(doc as Doc<'item'>).inboxId}` === stream) add({ type, id: doc.id })
  }
  return [...found].sort()
}

/** What a desk holds of a stream that applied these patches from the beginning. */
function held(pulls: readonly Pull[], stream: Stream): string[] {
  const holds = new Set<string>()
  for (const { joins, leaves } of pulls) {
    for (const leave of leaves) if (leave.stream === stream) holds.delete(keyOf(leave))
    for (const join of joins) if (join.stream === stream) holds.add(keyOf(join))
  }
  return [...holds].sort()
}

describe('any history', () => {
  test('S1, I5: a desk that follows the feed holds what is due, and so does one that comes new', async () => {
    await fc.assert(
      fc.asyncProperty(history, async steps => {
        const store = memoryStore()
        const { pulls, pages } = await live(store, steps)
        for (const stream of streams) {
          const expected = await due(store, stream)
          expect(held(pulls, stream)).toEqual(expected)
          const paged = pages.flatMap(({ joins }) => joins.filter(join => join.stream === stream).map(keyOf))
          expect([...new Set(paged)].sort()).toEqual(expected)
        }
      }),
      { numRuns: 300, seed: 20_261_121 },
    )
  })

  describe('in both stores', () => {
    const made: TestDatabase[] = []
    beforeAll(async () => void made.push(await createTestDatabase()))
    afterAll(async () => {
      for (const one of made) await one.drop()
    })

    test('gives the same patches and pages, to the version', async () => {
      const database = await (made[0] as TestDatabase).open()
      const jobs = await pgBossJobs({ database })
      await fc.assert(
        fc.asyncProperty(history, async steps => {
          await database.pool.query('truncate "row", feed, stream, row_name')
          const store = await postgresStore({ database, jobs: jobs.table })
          try {
            expect(await live(store, steps)).toEqual(await live(memoryStore(), steps))
          } finally {
            await store.close()
          }
        }),
        { numRuns: 25, seed: 20_261_122 },
      )
      await jobs.stop()
    })
  })
})
