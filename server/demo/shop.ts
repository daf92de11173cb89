/**
 * The shop of the demonstration's company: a real HTTP server on this machine that is asked for orders as any shop would be, so that the
 * cards in the panel are fetched, mapped and kept by the hub's and the desk's own code.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CardMapping, noMapping } from '#shared/model/card-mapping.ts'
import { connectionsOf, saveConnection } from '../connectors/connections.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'
import { random } from './random.ts'

const CONNECTION = 'demo-shop'
const DAY = 86_400_000

const bikes = [
  { name: 'Longtail L2 长尾车 L2', price: 3_890 },
  { name: 'Box bike B1 前箱车 B1', price: 4_650 },
  { name: 'Cargo trike T3 三轮货运车 T3', price: 6_120 },
]
const parts = [
  { name: 'Battery 750 Wh 电池 750 Wh', price: 640 },
  { name: 'Rain cover 雨罩', price: 129 },
  { name: 'Child seat 儿童座椅', price: 189 },
  { name: 'Brake pads 刹车片', price: 24 },
  { name: 'Frame lock 车架锁', price: 79 },
]
const carriers = ['DHL Freight', 'GLS', '顺丰速运']

interface Order {
  number: string
  state: string
  placed: string
  total: number
  currency: string
  carrier?: string
  tracking?: string
  lines: { name: string; count: number; price: number }[]
}

/** The same for the same address, at any start; one in five has bought nothing yet. */
export function ordersOf(email: string, now: number): { customer: object; orders: Order[] } | null {
  const digest = createHash('sha256').update(email).digest()
  const chance = random(digest.readUInt32BE(0))
  const count = [0, 1, 1, 2, 2, 3, 3, 4, 6, 9][digest[4]! % 10]!
  if (count === 0) return null
  const chinese = /\.cn$/.test(email)
  const currency = chinese ? 'CNY' : 'EUR'
  const rate = chinese ? 7.8 : 1
  let at = now - chance.between(2 * DAY, 40 * DAY)
  const orders = Array.from({ length: count }, (_, index) => {
    const lines = (index === count - 1 ? bikes : parts)
      .slice(0, chance.between(1, 2))
      .map(({ name, price }) => ({ name, count: chance.between(1, 3), price: Math.round(price * rate) }))
    const age = (now - at) / DAY
    const state =
      age < 4 ? 'preparing' : age < 12 ? 'shipped' : chance.between(0, 11) === 0 ? 'refunded' : 'delivered'
    const number = `VF-${20_000 + (digest.readUInt16BE(6) % 9_000) - index * 37}`
    const order: Order = {
      ...{ number, state, placed: new Date(at).toISOString(), currency, lines },
      total: lines.reduce((sum, line) => sum + line.count * line.price, 0),
      ...(state === 'preparing'
        ? {}
        : {
            carrier: carriers[digest[5]! % carriers.length]!,
            tracking: `https://shop.veloform.example/track/${number}`,
          }),
    }
    at -= chance.between(20 * DAY, 160 * DAY)
    return order
  })
  const spent = orders.reduce((sum, { total }) => sum + total, 0)
  return { customer: { spent, currency, since: orders.at(-1)!.placed }, orders }
}

/** What an administrator would have set up in the settings. */
export const shopMapping: CardMapping = {
  ...noMapping,
  list: 'orders',
  title: 'number',
  link: 'https://shop.veloform.example/admin/orders/{number}',
  status: 'state',
  tones: { ok: ['delivered'], warn: ['preparing'], bad: ['refunded'] },
  date: 'placed',
  amount: 'total',
  currency: 'currency',
  lines: [
    { label: 'Carrier 承运', path: 'carrier', kind: 'text' },
    { label: 'Tracking 跟踪', path: 'tracking', kind: 'link' },
  ],
  items: 'lines',
  itemText: 'name',
  itemQuantity: 'count',
  itemAmount: 'price',
  summary: [{ label: 'Since 首单', path: 'customer.since', kind: 'date' }],
  most: 5,
}

export interface Shop {
  /** `127.0.0.1:49152`: what the hub must be allowed to ask. */
  address: string
  close(): Promise<void>
}

/** Opens the shop and connects the workspace to it. Its port is another one at each start, so the connection is written anew. */
export async function openShop(ground: Ground): Promise<Shop> {
  const token = randomBytes(18).toString('base64url')
  const server = createServer((request, response) => {
    const answer = (status: number, json: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    }
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { error: 'unauthorized' })
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop')
    const found = pathname === '/orders' && ordersOf(searchParams.get('email') ?? '', Date.now())
    return found ? answer(200, found) : answer(404, { error: 'not found' })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const deps = { vault: ground.vault, secrets: await secretsOf((await workspaceOf(ground)).id) }
  const before = (await connectionsOf(deps)).find(({ id }) => id === CONNECTION)?.connection
  await saveConnection(deps, CONNECTION, {
    kind: 'rest',
    name: before?.name ?? 'Veloform shop 商城',
    active: before?.active ?? true,
    values: {
      ...{ address: `http://${address}/orders?email={email}`, method: 'GET' },
      ...{ auth: 'bearer', token, missing: 'nothing' },
    },
    mapping: before?.mapping ?? shopMapping,
  })
  return {
    address,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
