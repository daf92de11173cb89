/** Where the hub lets itself be sent by an administrator's words, and what it takes from there: real HTTP, real name resolution. */
import { lookup } from 'node:dns'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { allowedBy } from '../../server/outward/allowed.ts'
import { type Call, call } from '../../server/outward/call.ts'

vi.mock('node:dns', async real => {
  const own = await real<typeof import('node:dns')>()
  return { ...own, lookup: vi.fn(own.lookup) }
})

const asked: { path: string; method: string; authorization: string | undefined; body: string }[] = []
const pages: Record<string, (response: ServerResponse) => unknown> = {
  '/a': response => response.end('{"a":1}'),
  '/same': response => response.writeHead(302, { location: '/a' }).end(),
  '/kept': response => response.writeHead(307, { location: '/a' }).end(),
  '/metadata': response =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/other-port': response => response.writeHead(302, { location: 'http://127.0.0.1:1/a' }).end(),
  '/other-name': response => response.writeHead(302, { location: 'http://localhost/a' }).end(),
  '/file': response => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
}
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { url = '', method = '', headers } = request
  asked.push({ path: url, method, authorization: headers.authorization, body })
  const page = pages[url]
  if (page) page(response)
  else response.writeHead(404).end()
})
let port = 0
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
afterEach(() => {
  asked.length = 0
  vi.mocked(lookup).mockReset()
})

const get = (url: string, allowed = '', more: Partial<Call> = {}) =>
  call(
    { url, method: 'GET', headers: { authorization: 'Bearer secret' }, ...more },
    allowedBy(allowed),
    AbortSignal.timeout(5_000),
  )
const refused = { ok: false, trouble: 'not-allowed' }

test.each([
  'https://127.0.0.1/',
  'https://127.8.9.10:8443/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://168.63.129.16/',
  'https://100.100.100.200/',
  'https://0.0.0.0/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a00:1]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fc00::1]/',
  'https://[2002:7f00:1::]/',
  'https://[64:ff9b::7f00:1]/',
  // As a URL reads them, these are addresses, too.
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://localhost/',
])('%s is not gone to', async url => {
  expect(await get(url)).toEqual(refused)
})

test.each([
  'http://shop.example/',
  'http://93.184.216.34/',
  'ftp://shop.example/',
  'https://user:pass@shop.example/',
  'no address',
])('%s is not a way to ask', async url => {
  expect(await get(url)).toEqual(refused)
})

type Lookup = (host: string, options: object, done: (...args: unknown[]) => void) => void

describe('a name', () => {
  const resolves = (...found: string[][]) => {
    let time = 0
    vi.mocked(lookup as unknown as Lookup).mockImplementation((_host, _options, done) => {
      const addresses = found[Math.min(time, found.length - 1)] ?? []
      time += 1
      done(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    })
    return () => time
  }

  test('that any of its addresses makes private is not gone to', async () => {
    resolves(['93.184.216.34', '10.0.0.1'])
    expect(await get('https://shop.example/')).toEqual(refused)
  })

  test('is resolved once, and the connection goes to what was looked at: there is no second answer to rebind to', async () => {
    const times = resolves(['127.0.0.1'], ['169.254.169.254'])
    const answer = await get(`http://localhost:${port}/a`, `localhost:${port}`)
    expect(answer).toMatchObject({ ok: true, answer: { text: '{"a":1}' } })
    expect(times()).toBe(1)
  })

  test('that was allowed and leads to a cloud’s metadata is not gone to', async () => {
    resolves(['169.254.169.254'])
    expect(await get('https://crm.intern/', 'crm.intern')).toEqual(refused)
  })

  test('beside one that was allowed is not', async () => {
    resolves(['10.0.0.1'])
    expect(await get('https://other.intern/', 'crm.intern')).toEqual(refused)
  })

  test('that is allowed with another port is not', async () => {
    resolves(['10.0.0.1'])
    expect(await get('https://crm.intern:8443/', 'crm.intern:9443')).toEqual(refused)
  })
})

describe('what whoever runs the machine has named', () => {
  test.each(['127.0.0.1', '127.0.0.0/8', '10.0.0.0/8, 127.0.0.1', '::1 127.0.0.1'])(
    '%s lets this machine be asked',
    async allowed => {
      expect(await get(`http://127.0.0.1:${port}/a`, allowed)).toMatchObject({ ok: true })
    },
  )

  test('a net does not let others in', async () => {
    expect(await get(`http://127.0.0.1:${port}/a`, '10.0.0.0/8')).toEqual(refused)
  })

  test('metadata stays out of reach even within a net', async () => {
    expect(await get('https://169.254.169.254/', '0.0.0.0/0')).toEqual(refused)
  })

  test('what is neither host nor net is an error at the start', () => {
    expect(() => allowedBy('10.0.0.0/99')).toThrow('10.0.0.0/99')
    expect(() => allowedBy('https://crm.intern')).toThrow('https://crm.intern')
  })
})

describe('a redirect', () => {
  const here = (path: string, more: Partial<Call> = {}) =>
    get(`http://127.0.0.1:${port}${path}`, '127.0.0.1 localhost', more)

  test('within the origin is followed, with its secret', async () => {
    expect(await here('/same')).toMatchObject({ ok: true })
    expect(asked.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/same', 'Bearer secret'],
      ['/a', 'Bearer secret'],
    ])
  })

  test('of a question that was sent asks it again where it must, and otherwise only looks', async () => {
    await here('/kept', { method: 'POST', body: '{}' })
    await here('/same', { method: 'POST', body: '{}' })
    expect(asked.map(({ path, method, body }) => `${method} ${path} ${body}`)).toEqual([
      'POST /kept {}',
      'POST /a {}',
      'POST /same {}',
      'GET /a ',
    ])
  })

  test.each(['/metadata', '/other-port', '/other-name', '/file'])(
    'to %s is not followed, so nobody else is told the secret',
    async path => {
      expect(await here(path)).toEqual(refused)
      expect(asked).toHaveLength(1)
    },
  )
})
