import { expect, test } from 'vitest'
import { identityWith } from '#shared/model/testing.ts'
import type { CardsStep } from '#shared/protocol/connectors.ts'
import { ok } from '#shared/protocol/fault.ts'
import { createCards } from './cards.ts'
import { FaultError } from './fault-error.ts'
import { createCardStore } from './replica/cards.ts'
import { cards as answers } from './replica/queries/cards.ts'
import { conversationRow, customerRow, NOW, patchOf, row, TestDesk } from './testing.ts'

const card = (title: string) => ({
  lines: [],
  more: 0,
  groups: [
    {
      ...{ sort: null, title, link: null, status: null, date: null, amount: null },
      ...{ lines: [], items: [], moreItems: 0 },
    },
  ],
})

/** A desk with a hub that is played: it answers with the steps that are given to it, and tells who asked for whom. */
function open() {
  const desk = new TestDesk()
  const asked: { customerId: string; identityIds: string[] }[] = []
  const timers: { at: number; run(): void }[] = []
  let now = desk.now
  let connected = true
  let steps: (body: { identityIds: string[] }) => CardsStep[] = () => []
  const connections = [{ connectorId: 'shop', name: 'Shop' }]
  const told =
    (title: string, connectorId = 'shop') =>
    (body: { identityIds: string[] }): CardsStep[] => [
      { t: 'connections', connections, identityIds: body.identityIds },
      { t: 'card', connectorId, at: now + 5_000, card: card(title), trouble: null },
    ]
  const cards = createCards({
    replica: desk.replica,
    ground: {
      ...{ now: () => now, newId: desk.newId, random: () => 0, soon: setImmediate },
      after(milliseconds, run) {
        const timer = { at: now + milliseconds, run }
        timers.push(timer)
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
      },
    },
    tokens: {
      fresh: async () => ok({ hubUrl: 'http://hub', accessToken: 't' } as never),
      spoilt: () => {},
      giveUp: () => {},
    },
    async fetch(url, init) {
      if (!connected) throw new TypeError('fetch failed')
      const { identityIds } = JSON.parse(String(init?.body)) as { identityIds: string[] }
      asked.push({ customerId: url.split('/')[5] ?? '', identityIds })
      return new Response(
        steps({ identityIds })
          .map(step => `${JSON.stringify(step)}\n`)
          .join('\n'),
      )
    },
    connected: () => connected,
    hubNow: () => now + 5_000,
    changed: () => {},
    failed: error => {
      throw error
    },
  })
  const context = {
    ...{ replica: desk.replica, agentId: () => 'ann', connected: () => true, asking: cards.asking },
    loadingOlder: () => new Set<string>(),
  }
  const rows = (customerId = 'maria') =>
    answers(context)
      .cards.run({ customerId })
      .map(entry => entry.row())
  return {
    ...{ desk, cards, asked, rows, told },
    count: () => desk.replica.db.prepare('select count(*) from card').pluck().get(),
    title: (customerId?: string) => rows(customerId)[0]?.card?.groups[0]?.title ?? null,
    answer: (next: typeof steps) => {
      steps = next
    },
    cut: () => {
      connected = false
    },
    /** So many were asked for, and nothing is on its way. */
    settled: (many: number) =>
      expect.poll(() => [asked.length, timers.some(({ at }) => at - now >= 2_000)]).toEqual([many, true]),
    /** What is due runs, and what follows from it. */
    async later(milliseconds: number) {
      now += milliseconds
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1)
        timer.run()
      }
      await new Promise(resolve => setTimeout(resolve))
    },
  }
}

test('what was told is kept with its age by this desk’s clock; a failure is noted beside it', async () => {
  const { cards, rows, answer, told, later, desk } = open()
  answer(told('VF-1'))
  await cards.ask({ customerId: 'maria' })
  const { at } = rows()[0]!
  expect(at).toBe(desk.now)
  await later(60_000)
  answer(({ identityIds }) => [
    { t: 'connections', connections: [{ connectorId: 'shop', name: 'Web shop' }], identityIds },
    { t: 'card', connectorId: 'shop', at: NOW, card: null, trouble: { kind: 'slow' } },
  ])
  await cards.ask({ customerId: 'maria' })
  expect(rows()).toMatchObject([
    { name: 'Web shop', at, card: { groups: [{ title: 'VF-1' }] }, trouble: { kind: 'slow' }, asking: false },
  ])
  answer(told('VF-2'))
  await cards.ask({ customerId: 'maria' })
  expect(rows()).toMatchObject([{ card: { groups: [{ title: 'VF-2' }] }, trouble: null }])
})

test('without the hub what is kept stays, and whoever asks hears why', async () => {
  const { cards, cut, title, answer, told } = open()
  answer(told('VF-1'))
  await cards.ask({ customerId: 'maria' })
  cut()
  await expect(cards.ask({ customerId: 'maria' })).rejects.toBeInstanceOf(FaultError)
  expect(title()).toBe('VF-1')
})

test('an answer that breaks off is none, and what came of it is kept', async () => {
  const { cards, rows, answer } = open()
  answer(({ identityIds }) => [
    {
      t: 'connections',
      connections: ['shop', 'crm'].map(connectorId => ({ connectorId, name: connectorId })),
      identityIds,
    },
    { t: 'card', connectorId: 'crm', at: NOW, card: card('Deal'), trouble: null },
  ])
  await expect(cards.ask({ customerId: 'maria' })).rejects.toMatchObject({
    fault: { kind: 'hub-unreachable' },
  })
  expect(
    rows().map(({ connectorId, card, asking }) => [connectorId, card?.groups[0]?.title, asking]),
  ).toEqual([
    ['shop', undefined, false],
    ['crm', 'Deal', false],
  ])
})

test('it goes with the customer, and with an identity that it was asked by', async () => {
  const { desk, cards, answer, told, count } = open()
  answer(told('VF-1'))
  const stream = 'inbox:one' as const
  const second = identityWith({ id: 'second', customerId: 'maria' })
  desk.apply(patchOf([row('identity', 1, second)]))
  await cards.ask({ customerId: 'maria' })
  expect(count()).toBe(1)
  desk.apply(patchOf([], { leaves: [{ stream, type: 'identity', id: 'second' }] }))
  expect(count()).toBe(0)

  await cards.ask({ customerId: 'maria' })
  expect(count()).toBe(1)
  desk.replica.transaction(() => desk.replica.tables.remove('customer', 'maria'))
  expect(count()).toBe(0)
  expect(desk.replica.db.prepare('select count(*) from card_identity').pluck().get()).toBe(0)
})

test('what comes for somebody who left meanwhile is not kept', async () => {
  const { desk, cards, answer, told, count } = open()
  answer(body => {
    desk.replica.transaction(() => desk.replica.tables.remove('customer', 'maria'))
    return told('VF-1')(body)
  })
  await cards.ask({ customerId: 'maria' })
  expect(count()).toBe(0)
})

test('S26: everybody who was merged is asked for, and after a separation the card of both is not shown', async () => {
  const { desk, cards, answer, told, asked, title } = open()
  const li = (rev: number, mergedInto: string | null) =>
    row('customer', rev, customerRow('li', { mergedInto }))
  const mail = row('identity', 1, identityWith({ id: 'li-mail', customerId: 'li' }))
  desk.apply(patchOf([li(1, 'maria'), mail]))
  answer(told('Both'))
  await cards.ask({ customerId: 'maria' })
  expect(asked[0]?.identityIds.toSorted()).toEqual(['li-mail', 'maria-mail'])
  expect(title()).toBe('Both')
  desk.apply(patchOf([li(2, null)]))
  expect(title()).toBeNull()
  answer(told('Hers'))
  await cards.ask({ customerId: 'maria' })
  expect(title()).toBe('Hers')
})

test('cards of a connection that is gone go', async () => {
  const { cards, answer, told, count, rows, later } = open()
  answer(told('VF-1'))
  await cards.ask({ customerId: 'maria' })
  answer(({ identityIds }) => [{ t: 'connections', connections: [], identityIds }])
  await cards.ask({ customerId: 'maria' })
  expect(rows()).toEqual([])
  await later(100)
  expect(count()).toBe(0)
})

test('a hub without connections is not asked for every customer, until one was made here or some time has passed', async () => {
  const { cards, answer, asked, told, title, later } = open()
  answer(({ identityIds }) => [{ t: 'connections', connections: [], identityIds }])
  await cards.ask({ customerId: 'maria' })
  await cards.ask({ customerId: 'maria' })
  expect(asked).toHaveLength(1)
  await later(600_000)
  await cards.ask({ customerId: 'maria' })
  expect(asked).toHaveLength(2)
  answer(told('VF-1'))
  cards.connectionsChanged()
  await cards.ask({ customerId: 'maria' })
  expect(title()).toBe('VF-1')
})

test('of so many customers at most two thousand are kept, the latest asked for', () => {
  const { desk } = open()
  const store = createCardStore(desk.replica.db)
  desk.replica.transaction(() => {
    for (let each = 0; each < 2_100; each += 1)
      store.put(`c${each}`, 'shop', [`i${each}`], { card: card('x'), at: each, trouble: null }, NOW + each)
  })
  const kept = desk.replica.db.prepare('select count(*) from card').pluck().get() as number
  expect(kept).toBeLessThanOrEqual(2_000)
  expect(kept).toBeGreaterThanOrEqual(1_900)
  // Of a connection that is gone they go a hundred at a time.
  expect(store.dropOthers(['crm'])).toBe(true)
  expect(desk.replica.db.prepare('select count(*) from card').pluck().get()).toBe(kept - 100)
  expect(store.dropOthers(['shop'])).toBe(false)
  expect(store.askedAt('c0')).toBeNull()
  expect(store.askedAt('c2099')).toBe(NOW + 2_099)
  expect(desk.replica.db.prepare('select count(*) from card_identity').pluck().get()).toBe(kept)
})

test('own open conversations are asked for ahead, one by one, once an hour; never before there is a connection', async () => {
  const { desk, cards, answer, told, asked, later, settled } = open()
  const mine = (id: string, customerId: string, status: 'open' | 'closed' = 'open') => [
    row('customer', 1, customerRow(customerId)),
    row('identity', 1, identityWith({ id: `${customerId}-mail`, customerId })),
    row('conversation', 1, conversationRow(id, { customerId, assigneeId: 'ann', status })),
  ]
  desk.apply(patchOf([...mine('o1', 'nils'), ...mine('o2', 'olga'), ...mine('o3', 'paul', 'closed')]))
  answer(told('x'))
  cards.ahead()
  await later(0)
  expect(asked).toEqual([])

  await cards.ask({ customerId: 'maria' })
  cards.ahead()
  await later(0)
  await settled(2)
  await later(2_000)
  await settled(3)
  expect(asked.map(({ customerId }) => customerId).toSorted()).toEqual(['maria', 'nils', 'olga'])
  await later(2_000)
  await later(600_000)
  expect(asked).toHaveLength(3)
  await later(3_600_000)
  await settled(4)
  await later(2_000)
  await settled(5)
  cards.stop()
})
