/** What is done to many customers at once: a real desk, on a real hub (store in memory) and without one. */
import { expect, test } from 'vitest'
import type { CustomerChange, SomeCustomers } from '#shared/ipc/many.ts'
import { everybody, type Where } from '#shared/model/segment.ts'
import { signedIn, startHub } from '../core/ground.ts'
import { people, renewal, seedPeople } from './team.ts'

async function open(count: number) {
  const hub = await startHub({ seed: seedPeople(count), people })
  const { page } = await signedIn(hub.url, 'ann')
  const sent = () => page.until(() => page.state('sync')?.waiting === 0)
  const onHub = async (
    of: (customer: Awaited<ReturnType<typeof hub.store.all<'customer'>>>[number]) => boolean,
  ) => (await hub.store.all('customer')).filter(of).length
  return { hub, page, stop: hub.close, sent, onHub }
}

const listed = (conditions: Where['conditions'] = [], text = '') => ({
  filter: { where: { ...everybody, conditions }, text },
  order: 'name' as const,
  reversed: false,
})
const all = (conditions: Where['conditions'] = [], but: string[] = []): SomeCustomers => ({
  of: listed(conditions),
  all: true,
  ids: but,
})
const tier = (value: string | null): CustomerChange => ({ kind: 'field', field: 'tier', value })
const dealers = [{ field: 'tier', operator: 'is' as const, values: ['Dealer'] }]

test('a field is set for all of a segment but some, on the hub too, told while it goes, and taken back', async () => {
  const { page, sent, onHub } = await open(300)
  const before = await onHub(({ tier: now }) => now === 'Dealer')
  const result = await page.ask('customersChange', {
    attempt: 'one',
    who: all([], ['customer-0000', 'customer-0001']),
    change: tier('Dealer'),
  })
  expect(result).toEqual({ changed: 306 - before, left: 0 })
  await sent()
  expect(await onHub(({ tier: now }) => now === 'Dealer')).toBe(306)
  const told = page.events.flatMap(({ name, value }) => (name === 'customersChange' ? [value] : []))
  expect(told.length).toBeGreaterThan(3)
  expect(told.at(-1)).toEqual({ attempt: 'one', done: 306, total: 306 })

  expect(await page.ask('customersUndo', { attempt: 'one' })).toEqual({ changed: 306 - before, left: 0 })
  await sent()
  expect(await onHub(({ tier: now }) => now === 'Dealer')).toBe(before)
  expect(await onHub(({ tier: now }) => now === 'VIP')).toBe(2)
  expect((await page.faultOf('customersUndo', { attempt: 'one' })).kind).toBe('not-found')
})

test('without the hub it waits in the outbox, shown at once; what a colleague changed since is not taken back', async () => {
  const { page, stop, sent, onHub } = await open(60)
  const list = page.watch('customers', { ...listed(dealers), offset: 0, limit: 100 })
  await page.until(() => list.ready)
  const count = list.rows.length
  const ids = list.rows.map(({ customer }) => customer.id)
  await page.ask('customersChange', {
    attempt: 'date',
    who: { of: listed(), all: false, ids },
    change: { kind: 'field', field: renewal.id, value: '2027-01-31' },
  })
  await sent()
  expect(await onHub(({ attributes }) => attributes?.renewal === '2027-01-31')).toBe(count)
  // A colleague sets one of them anew.
  await page.ask('mutate', {
    name: 'customer.attribute',
    args: { id: ids[0], workspaceId: 'w', attributeId: renewal.id, value: '2028-02-02' },
  })
  await sent()
  expect(await page.ask('customersUndo', { attempt: 'date' })).toEqual({ changed: count - 1, left: 1 })
  await sent()
  expect(await onHub(({ attributes }) => attributes?.renewal !== undefined)).toBe(1)

  await stop()
  await page.until(() => page.state('sync')?.phase !== 'live')
  const done = await page.ask('customersChange', {
    attempt: 'tag',
    who: all(dealers),
    change: { kind: 'tag', tagId: 'fleet' },
  })
  expect(done).toEqual({ changed: count, left: 0 })
  await page.until(() => list.rows.every(({ customer }) => customer.tagIds?.includes('fleet')))
  expect(page.state('sync')?.waiting).toBe(count)
})

test('a value that the field does not take is refused whole, and nobody is changed', async () => {
  const { page } = await open(5)
  const fault = await page.faultOf('customersChange', {
    attempt: 'wrong',
    who: all(),
    change: { kind: 'field', field: renewal.id, value: 'soon' },
  })
  expect(fault).toMatchObject({ kind: 'invalid', params: { field: 'renewal' } })
  expect(page.state('sync')?.waiting).toBe(0)
})

test('a table comes in pieces, in the order of the list, everybody once', async () => {
  const { page } = await open(600)
  const columns = ['name', 'channel', 'address', 'open', 'renewal'].map(id => ({
    id,
    label: id.toUpperCase(),
  }))
  let text = ''
  let from: number | null = 0
  let pieces = 0
  while (from !== null) {
    const piece: { text: string; next: number | null; total: number } = await page.ask('customersCsv', {
      ...{ attempt: 'table', who: all(), columns, language: 'en', from },
    })
    text += piece.text
    from = piece.next
    pieces += 1
  }
  const lines = text.split('\r\n')
  expect(pieces).toBe(2)
  expect(lines[0]).toBe('NAME,CHANNEL,ADDRESS,OPEN,RENEWAL')
  expect(lines).toHaveLength(608 + 2)
  expect(lines).toContain('Amara Okafor,"Chat, Email","visitor 0, person0@mail.example",2,')
  const names = lines.slice(1, -1).map(line => line.split(',')[0])
  expect(names.indexOf('陈晓雨')).toBeLessThan(names.indexOf('Émile Fournier'))
  expect(names.at(-1)).toBe('赵明轩')
})
