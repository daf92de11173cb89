/** Pictures that a mail names, by way of the hub: a real HTTP server, the hub's real route, and where it never goes. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '#shared/protocol/fault.ts'
import type { FaultError } from '../../electron/core/fault-error.ts'
import { createImages } from '../../electron/core/images.ts'
import { fetchImage } from '../../server/images/fetch-image.ts'
import { isPublic, type Reach } from '../../server/outward/reach.ts'
import { startCustomers } from '../hub/customers.ts'
import type { TestHub } from '../hub/hub.ts'
import { startHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** The loopback may be reached here and nowhere else: no setting of a hub leads to this. */
const here: Reach = { mayConnect: address => address === '127.0.0.1', mayUse: () => true }

const asked: IncomingMessage[] = []
const pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  '/a.png': response => response.end(png),
  '/svg': response => response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  '/html-as-png': response =>
    response.setHeader('content-type', 'image/png').end('<script>alert(1)</script>'),
  '/moved': response => response.writeHead(302, { location: '/a.png' }).end(),
  '/inside': response => response.writeHead(302, { location: 'http://127.0.0.2/a.png' }).end(),
  '/file': response => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/round': response => response.writeHead(302, { location: '/round' }).end(),
  '/said-large': response => response.writeHead(200, { 'content-length': 1e9 }).write(png),
  '/large': response => {
    response.write(png)
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  },
  '/zip': response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(png),
  '/silent': response => response.writeHead(200).write(png),
  '/gone': response => response.writeHead(404).end(png),
}
const server = createServer((request, response) => {
  asked.push(request)
  const page = pages[request.url ?? '']
  if (page) page(response, request)
  else response.writeHead(404).end()
})
const at = (path: string): string => `http://127.0.0.1:${(server.address() as { port: number }).port}${path}`

beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('only addresses of the public internet are public', () => {
  for (const address of [
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '168.63.129.16', '192.0.2.1', '198.18.0.1'],
    ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.0.0.192'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      'fe80::1',
      'fc00::1',
    ],
    ...[
      'fd00:ec2::254',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      '3fff::1',
      'fec0::1',
      'nonsense',
      '',
    ],
  ])
    expect([address, isPublic(address)]).toEqual([address, false])
  for (const address of [
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '192.169.0.1',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])
    expect([address, isPublic(address)]).toEqual([address, true])
})

test('as a hub is set up it goes neither to this machine nor to a network of its own, however that is written', async () => {
  const { port } = server.address() as { port: number }
  asked.length = 0
  for (const address of [
    ...[at('/a.png'), 'http://127.0.0.1/a.png', 'http://localhost/a.png', 'http://localhost./a.png'],
    ...['http://127.1/a.png', 'http://0x7f.0.0.1/a.png', 'http://2130706433/a.png', 'http://0/a.png'],
    ...['http://[::1]/a.png', 'http://[::ffff:7f00:1]/a.png', 'http://169.254.169.254/latest/meta-data/'],
    ...['http://user:password@8.8.8.8/a.png', 'ftp://8.8.8.8/a.png', 'file:///etc/passwd', 'nonsense'],
    ...[`http://8.8.8.8:${port}/a.png`, 'http://8.8.8.8:25/', 'https://8.8.8.8:6379/'],
  ])
    expect([address, await fetchImage(address)]).toMatchObject([
      address,
      { ok: false, fault: { kind: 'not-found' } },
    ])
  expect(asked).toEqual([])
})

test('a picture comes as what it is, and whoever serves it learns nothing about who looks', async () => {
  asked.length = 0
  expect(await fetchImage(at('/a.png'), here)).toEqual(ok({ type: 'image/png', bytes: png }))
  const { headers } = asked[0]!
  expect(Object.keys(headers).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
  expect(await fetchImage(at('/moved'), here)).toMatchObject({ ok: true })
})

test.for([
  ['a drawing that can hold scripts', '/svg', 'not-found'],
  ['a page that calls itself a picture', '/html-as-png', 'not-found'],
  ['a way that leads inside', '/inside', 'not-found'],
  ['a way that leads to a file', '/file', 'not-found'],
  ['a way that leads in a circle', '/round', 'not-found'],
  ['one that says that it is too large', '/said-large', 'too-large'],
  ['one that never ends', '/large', 'too-large'],
  ['one that is packed', '/zip', 'not-found'],
  ['one that is not there', '/gone', 'not-found'],
] as const)('refused: %s', async ([, path, kind]) => {
  expect(await fetchImage(at(path), here, { bytes: 300_000 })).toMatchObject({ ok: false, fault: { kind } })
})

test('refused: one whose server falls silent', async () => {
  expect(await fetchImage(at('/silent'), here, { time: 300 })).toMatchObject({ fault: { kind: 'not-found' } })
})

test('a name counts by every address it has', async () => {
  const nowhere: Reach = { mayConnect: () => false, mayUse: () => true }
  expect(await fetchImage(at('/a.png').replace('127.0.0.1', 'localhost'), nowhere)).toMatchObject({
    ok: false,
  })
})

test('by the hub: for those who may read the mail, and not more often than a person looks', async () => {
  const customers = await startCustomers()
  let hub: TestHub | undefined
  try {
    hub = await startHub({ deps: { imageReach: here } })
    await hub.addInbox('support@skein.example', customers.url)
    await hub.addInbox('sales@skein.example', customers.url)
    const [support, sales] = (await hub.store.all('inbox')).toSorted((a, b) =>
      b.address.localeCompare(a.address),
    )
    await hub.addAgent('ann', 'agent', [support!.id])
    await hub.addAgent('bob', 'agent', [sales!.id])
    await customers.write(hub.smtp, {
      from: 'eve@customer.example',
      to: 'support@skein.example',
      subject: 'A picture',
      text: 'See',
      html: `<p>See</p><img src="${at('/a.png')}">`,
    })
    const desk = await hub.desk('ann')
    const { id: itemId } = await until(() => desk.all('item').find(({ subject }) => subject === 'A picture'))
    const as = async (name: string) => {
      const session = { ...(await hub!.signIn(name)), hubUrl: hub!.url, email: `${name}@skein.example` }
      const tokens = { fresh: async () => ok(session), spoilt: () => undefined, giveUp: () => undefined }
      return createImages({ tokens: () => tokens, fetch: (url, init) => fetch(url, init) })
    }
    const kindOf = (work: Promise<unknown>) =>
      work.then(
        () => 'there',
        error => (error as FaultError).fault.kind,
      )
    const ann = await as('ann')
    asked.length = 0
    expect(await ann({ itemId, url: at('/a.png') })).toEqual({
      type: 'image/png',
      bytes: new Uint8Array(png),
    })
    // Looking again asks nobody.
    await ann({ itemId, url: at('/a.png') })
    expect(asked).toHaveLength(1)
    expect(await kindOf(ann({ itemId, url: at('/svg') }))).toBe('not-found')
    expect(await kindOf(ann({ itemId: uuidv7(), url: at('/moved') }))).toBe('not-found')
    expect(await kindOf((await as('bob'))({ itemId, url: at('/a.png') }))).toBe('not-found')
    expect(await hub.post(`/v1/items/${itemId}/images`, { url: at('/a.png') })).toMatchObject({ status: 401 })
    expect(asked).toHaveLength(2)
    const { accessToken } = await hub.signIn('ann')
    const kinds = new Set<number>()
    for (let turn = 0; turn < 260; turn++)
      kinds.add((await hub.post(`/v1/items/${itemId}/images`, { url: at('/gone') }, accessToken)).status)
    expect(kinds).toEqual(new Set([404, 429]))
  } finally {
    await hub?.close()
    await customers.close()
  }
})
