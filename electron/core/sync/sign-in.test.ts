import { expect, test } from 'vitest'
import { realGround } from '../ground.ts'
import { openReplica } from '../replica/open.ts'
import type { StoredSession } from '../replica/settings.ts'
import { hubAddress, signIn } from './sign-in.ts'
import { createTokens } from './tokens.ts'

test.each([
  ['hub.example.com', 'https://hub.example.com'],
  ['  https://hub.example.com/some/path?x#y ', 'https://hub.example.com'],
  ['HTTPS://Hub.Example.com:8443', 'https://hub.example.com:8443'],
  ['localhost:4600', 'http://localhost:4600'],
  ['127.0.0.1:4600', 'http://127.0.0.1:4600'],
  ['http://127.0.0.1:4600/', 'http://127.0.0.1:4600'],
  ['[::1]:4600', 'http://[::1]:4600'],
  ['服务.example', 'https://xn--zfr188b.example'],
])('the address %j is used as %s', (typed, used) => {
  expect(hubAddress(typed)).toEqual({ ok: true, value: used })
})

test.each([
  '',
  'not an address',
  'ftp://hub.example',
  'javascript:alert(1)',
  'http://hub.example.com',
  'https://me:secret@hub.example.com',
  'https://',
  'file:///etc/passwd',
])('the address %j is refused', typed => {
  expect(hubAddress(typed)).toMatchObject({ ok: false, fault: { kind: 'hub-address-invalid' } })
})

const answering = (status: number, body: string) => async () => new Response(body, { status })
const given = {
  hubUrl: 'https://hub.example',
  email: 'Ann@Skein.Example ',
  password: 'x',
  device: { id: null, name: '', platform: '' },
}
const hello = (current: number, oldest = current) =>
  JSON.stringify({ product: 'skein-hub', version: '1', protocol: { current, oldest }, workspace: 'W' })

test.each([
  ['a web site', answering(200, '<html>'), 'not-a-hub'],
  ['a page that is not found', answering(404, 'nothing'), 'not-a-hub'],
  ['another product', answering(200, '{"product":"other"}'), 'not-a-hub'],
  ['a gateway whose hub is down', answering(502, 'bad gateway'), 'hub-busy'],
  ['a hub that is much newer', answering(200, hello(9, 8)), 'desk-too-old'],
  ['a hub that is older', answering(200, hello(0)), 'hub-too-old'],
  [
    'a hub that says what is wrong',
    answering(429, '{"fault":{"kind":"too-many-attempts","retryable":true}}'),
    'too-many-attempts',
  ],
  [
    'nobody',
    async () => {
      throw new TypeError('fetch failed')
    },
    'hub-unreachable',
  ],
])('signing in where %s answers', async (_who, fetch, kind) => {
  expect(await signIn(fetch, given)).toMatchObject({ ok: false, fault: { kind } })
})

const session: StoredSession = {
  agentId: 'ann',
  deviceId: 'desk',
  accessToken: 'a0',
  accessExpiresAt: 0,
  refreshToken: 'r0',
  hubUrl: 'https://hub.example',
  email: 'ann@skein.example',
}

test('a refresh token is used once, however many ask at a time, and its successor is on disk before it is used', async () => {
  const replica = openReplica(':memory:', new Uint8Array(32))
  replica.settings.set('session', session)
  const used: string[] = []
  const fetch = async (_url: string, init?: RequestInit) => {
    const { refreshToken } = JSON.parse(String(init?.body))
    used.push(refreshToken)
    const { agentId, deviceId } = session
    return Response.json({
      agentId,
      deviceId,
      accessToken: 'a1',
      accessExpiresAt: Date.now() + 600_000,
      refreshToken: 'r1',
    })
  }
  const tokens = createTokens(replica, realGround, fetch)
  const answers = await Promise.all([tokens.fresh(), tokens.fresh(), tokens.fresh()])
  expect(used).toEqual(['r0'])
  expect(answers.map(answer => answer.ok && answer.value.accessToken)).toEqual(['a1', 'a1', 'a1'])
  expect(replica.settings.get('session')?.refreshToken).toBe('r1')
  tokens.spoilt()
  await tokens.fresh()
  expect(used).toEqual(['r0', 'r1'])
  replica.close()
})
