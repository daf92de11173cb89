/** From a shop to a desk: the hub's real routes, a real desk core, a shop of ours over HTTP; store and vault in memory. */
import { expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import type { ConnectorWish } from '#shared/protocol/connectors.ts'
import type { Fetch } from '../../electron/core/sync/hub-http.ts'
import { allowedBy } from '../../server/outward/allowed.ts'
import { agent } from '../../server/sync/testing.ts'
import { cable } from '../core/cuttable.ts'
import { folder, openDesk, password, people, seedSmall, signedIn, startHub } from '../core/ground.ts'
import { startSystem } from './faulty.ts'
import { shopMapping } from './systems.ts'

const SECRET = 's3cret-t0ken'

/** A shop where everybody has ordered once: what they ordered says by which address it was asked for. */
async function world(allowed = '127.0.0.1') {
  const shop = await startSystem(request => {
    if (request.headers.authorization !== `Bearer ${SECRET}`) return { status: 401, json: {} }
    const email = new URL(request.url ?? '/', 'http://shop').searchParams.get('email') ?? ''
    return { status: 200, json: { orders: [{ number: `of ${email}`, placed: '2026-11-02', total: 12.5 }] } }
  })
  const hub = await startHub({
    people: { ...people, 'ada@skein.example': 'ada' },
    async seed(tx) {
      await seedSmall(tx)
      tx.put('agent', agent('ada', ['one', 'two'], { role: 'administrator' }))
    },
    deps: { connectAllowed: allowedBy(allowed) },
  })
  const ada = await openDesk(folder())
  await ada.page.ask('signIn', { hubUrl: hub.url, email: 'ada@skein.example', password })
  await ada.page.untilSync('live')
  const wish: ConnectorWish = {
    ...{ connectorId: null, kind: 'rest', name: 'Shop', mapping: shopMapping },
    values: {
      ...{ address: `${shop.url}/orders?email={email}`, method: 'GET', missing: 'nothing' },
      ...{ auth: 'bearer', token: SECRET },
    },
  }
  return { shop, hub, ada: ada.page, wish }
}

const nobody = { email: '', phone: '', customerId: '', externalId: '' }

test('an administrator tries, saves, changes, pauses and removes a connection; no secret ever comes down, and each change is noted', async () => {
  const { ada, wish, hub, shop } = await world()
  const told: unknown[] = []
  const { name: _name, ...trial } = wish
  const tried = await ada.ask('connectorTry', { ...trial, who: { ...nobody, email: 'Li@customer.example' } })
  expect(tried).toMatchObject({ card: { groups: [{ title: 'of li@customer.example' }] }, trouble: null })
  expect(JSON.parse(tried.answers?.[0] ?? '')).toMatchObject({ orders: [{ total: 12.5 }] })
  const { connectorId } = await ada.ask('connectorSetUp', wish)
  const list = await ada.ask('connectors', {})
  expect(list.kinds.map(({ id }) => id)).toEqual(['rest', 'zoho-crm'])
  const { token: _secret, ...values } = wish.values
  expect(list.connectors).toEqual([
    {
      connectorId,
      kind: 'rest',
      name: 'Shop',
      active: true,
      values,
      secrets: ['token'],
      mapping: shopMapping,
      last: null,
    },
  ])

  // What is not typed again stays; and so it can be tried without it.
  await ada.ask('connectorSetUp', { ...wish, connectorId, name: 'Web shop', values })
  const again = await ada.ask('connectorTry', {
    ...trial,
    connectorId,
    values,
    who: { ...nobody, email: 'a@b.example' },
  })
  expect(again.trouble).toBeNull()
  // Another place is not told the secret of the one before.
  const elsewhere = { ...values, address: 'https://elsewhere.example/?email={email}' }
  const { length } = shop.asked
  for (const request of [
    ada.faultOf('connectorTry', { ...trial, connectorId, values: elsewhere, who: nobody }),
    ada.faultOf('connectorSetUp', { ...wish, connectorId, values: elsewhere }),
  ])
    expect(await request).toMatchObject({ kind: 'invalid', params: { field: 'token' } })
  expect(shop.asked).toHaveLength(length)

  await ada.ask('connectorChange', { connectorId, change: { kind: 'active', active: false } })
  told.push(await ada.ask('connectors', {}))
  await ada.ask('connectorChange', { connectorId, change: { kind: 'remove' } })
  expect((await ada.ask('connectors', {})).connectors).toEqual([])
  expect(JSON.stringify([list, tried, again, told])).not.toContain(SECRET)

  const events = (await hub.store.events(0, 1000)).filter(({ name }) => name.startsWith('connection.'))
  expect(events.map(({ name, agentId, facts }) => [name, agentId, facts])).toEqual([
    ['connection.added', 'ada', { connectionId: connectorId, kind: 'rest' }],
    ['connection.changed', 'ada', { connectionId: connectorId, kind: 'rest' }],
    ['connection.changed', 'ada', { connectionId: connectorId, active: false }],
    ['connection.removed', 'ada', { connectionId: connectorId }],
  ])
})

test('whoever is no administrator sets nothing up and learns nothing', async () => {
  const { hub, wish } = await world()
  for (const name of ['ann', 'sue'] as const) {
    const { page } = await signedIn(hub.url, name)
    const { name: _name, ...trial } = wish
    for (const request of [
      page.faultOf('connectors', {}),
      page.faultOf('connectorSetUp', wish),
      page.faultOf('connectorTry', { ...trial, who: nobody }),
      page.faultOf('connectorChange', { connectorId: 'x', change: { kind: 'remove' } }),
    ])
      expect((await request).kind).toBe('forbidden')
  }
})

test.each([
  ['address', { address: 'shop.example' }],
  ['address', { address: 'https://{email}/orders' }],
  ['address', { address: 'https://shop.example.{email}/orders' }],
  ['address', { address: 'https://user:pass@shop.example/' }],
  ['body', { method: 'POST', body: '{"email": {email}' }],
  ['token', { token: '' }],
  ['token', { token: 'a\r\nx-evil: 1' }],
  ['headerName', { auth: 'header', headerName: 'Host', headerValue: 'x' }],
  ['clientSecret', { auth: 'oauth2', tokenUrl: 'https://t.example', clientId: 'c' }],
  ['auth', { auth: 'none of these' }],
])('a form with a wrong %s is refused by its name', async (field, values) => {
  const { ada, wish } = await world()
  const fault = await ada.faultOf('connectorSetUp', { ...wish, values: { ...wish.values, ...values } })
  expect(fault).toMatchObject({ kind: 'invalid', params: { field } })
})

test('what the machine’s own network has is not asked unless it was allowed there', async () => {
  const { ada, wish, shop } = await world('')
  const { name: _name, ...trial } = wish
  const tried = await ada.ask('connectorTry', { ...trial, who: { ...nobody, email: 'a@b.example' } })
  expect(tried).toEqual({ card: null, trouble: { kind: 'not-allowed' }, answers: null })
  expect(shop.asked).toEqual([])
})

test('a desk shows what it heard at once and without a network, with its age; a failure leaves it standing', async () => {
  const { shop, hub, ada, wish } = await world()
  await ada.ask('connectorSetUp', wish)
  const line = cable()
  const state = { up: true }
  const through: Fetch = (url, init) =>
    state.up ? fetch(url, init) : Promise.reject(new TypeError('fetch failed'))
  const { page, profileDir, close } = await signedIn(hub.url, 'ann', { dial: line.dial, fetch: through })
  const cards = page.watch('cards', { customerId: 'customer' })
  await page.until(() => cards.ready)
  expect(cards.rows).toEqual([])

  await page.ask('cards', { customerId: 'customer' })
  await page.until(() => cards.rows[0]?.asking === false)
  expect(cards.rows).toMatchObject([
    { name: 'Shop', trouble: null, card: { groups: [{ title: 'of maria@customer.example' }] } },
  ])
  const told = cards.rows[0]?.at ?? 0
  expect(Math.abs(told - Date.now())).toBeLessThan(600_000)

  shop.state.fault = 'error'
  const { connectorId } = cards.rows[0]!
  await expect
    .poll(async () => {
      await page.ask('cards', { customerId: 'customer', connectorId, anew: true })
      return cards.rows[0]?.trouble?.kind
    })
    .toBe('failed')
  // The same moment, but for what the desk has learnt of the hub's clock meanwhile.
  const at = cards.rows[0]?.at ?? 0
  expect(Math.abs(at - told)).toBeLessThan(600_000)
  expect(cards.rows[0]).toMatchObject({ card: { groups: [{ title: 'of maria@customer.example' }] } })

  line.cut()
  state.up = false
  expect((await page.faultOf('cards', { customerId: 'customer' })).kind).toBe('hub-unreachable')
  expect(cards.rows[0]).toMatchObject({ at, asking: false })
  await close()

  const later = await openDesk(profileDir, { dial: line.dial, fetch: through })
  const kept = later.page.watch('cards', { customerId: 'customer' })
  await later.page.until(() => kept.ready)
  expect(kept.rows).toMatchObject([
    { name: 'Shop', at, card: { groups: [{ title: 'of maria@customer.example' }] } },
  ])
  // Somebody who was never asked for: it is known that there is something to ask.
  const other = later.page.watch('cards', { customerId: 'nobody' })
  await later.page.until(() => other.ready)
  expect(other.rows).toMatchObject([{ name: 'Shop', card: null, at: null }])
})

test('I5: a card is asked for by those addresses only that its reader may see, and of nobody else', async () => {
  const { shop, hub, ada, wish } = await world()
  await ada.ask('connectorSetUp', wish)
  // Maria has a second address, which wrote to inbox two only; Nils wrote there, too.
  await hub.store.write(async tx => {
    await tx.load([key('customer', 'customer'), key('conversation', 'd1')])
    const before = tx.get('conversation', 'd1')!
    const identity = { channel: 'email', name: '', createdAt: 1 }
    tx.put('identity', {
      ...identity,
      id: 'second',
      customerId: 'customer',
      address: 'second@customer.example',
    })
    tx.put('conversation', { ...before, identityId: 'second' })
    tx.put('customer', { ...tx.get('customer', 'customer')!, id: 'nils', name: 'Nils' })
    tx.put('identity', { ...identity, id: 'nils-mail', customerId: 'nils', address: 'nils@customer.example' })
    tx.put('conversation', { ...before, id: 'd2', customerId: 'nils', identityId: 'nils-mail' })
  })
  const titles = async (name: 'ann' | 'bo', ids: string[], customerId = 'customer') => {
    const session = await fetch(`${hub.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ email: `${name}@skein.example`, password },
        device: { id: null, name: 'x', platform: 'linux' },
      }),
    })
    const { accessToken } = (await session.json()) as { accessToken: string }
    const response = await fetch(`${hub.url}/v1/customers/${customerId}/cards`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ identityIds: ids }),
    })
    return response.ok
      ? [...(await response.text()).matchAll(/of (\w+)@/g)].map(([, who]) => who).sort()
      : response.status
  }
  const all = ['identity', 'second', 'nils-mail', 'unknown']
  expect(await titles('bo', all)).toEqual(['maria', 'second'])
  expect(await titles('ann', all)).toEqual(['maria'])
  expect(await titles('bo', ['nils-mail'], 'nils')).toEqual(['nils'])
  const { length } = shop.asked
  expect(await titles('ann', ['nils-mail'], 'nils')).toBe(404)
  expect(shop.asked).toHaveLength(length)
})

test('S26: who was merged counts, too; after the separation the card of both is gone', async () => {
  const { hub, ada, wish } = await world()
  await ada.ask('connectorSetUp', wish)
  await hub.store.write(async tx => {
    await tx.load([key('customer', 'customer'), key('conversation', 'c2')])
    const identity = { channel: 'email', name: '', createdAt: 1 }
    tx.put('customer', { ...tx.get('customer', 'customer')!, id: 'li', name: 'Li' })
    tx.put('identity', { ...identity, id: 'li-mail', customerId: 'li', address: 'li@customer.example' })
    tx.put('conversation', { ...tx.get('conversation', 'c2')!, customerId: 'li', identityId: 'li-mail' })
  })
  const { page } = await signedIn(hub.url, 'ann')
  const cards = page.watch('cards', { customerId: 'customer' })
  const titles = () => cards.rows[0]?.card?.groups.map(({ title }) => title).sort() ?? null
  await page.ask('mutate', {
    name: 'customer.merge',
    args: { id: 'li', into: 'customer', conversationId: 'c2', at: Date.now() },
  })
  await page.drained()
  await page.ask('cards', { customerId: 'customer' })
  await page.until(() => titles()?.length === 2)
  expect(titles()).toEqual(['of li@customer.example', 'of maria@customer.example'])
  await page.ask('mutate', {
    name: 'customer.unmerge',
    args: { id: 'li', into: 'customer', conversationId: 'c2', at: Date.now() },
  })
  await page.until(() => titles() === null)
  await page.drained()
  await page.ask('cards', { customerId: 'customer' })
  await page.until(() => titles() !== null)
  expect(titles()).toEqual(['of maria@customer.example'])
})
