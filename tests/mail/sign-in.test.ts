import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../../server/channels/email/sign-in.ts'
import { freePorts } from './support/dovecot.ts'
import { startTokenServer } from './support/token-server.ts'

let tokens: Awaited<ReturnType<typeof startTokenServer>>
beforeAll(async () => {
  tokens = await startTokenServer('support@skein.example')
})
afterAll(() => tokens?.close())

/** Signs in; answers what came of it, what the person was told, and how long was waited, in seconds. */
async function tried(over: object = {}) {
  const told: string[] = []
  const waits: number[] = []
  const outcome = await signIn(
    { ...tokens.device('skein'), ...over },
    ({ address, word }) => told.push(`${address} ${word}`),
    async milliseconds => waits.push(milliseconds / 1000),
  ).catch(error => error)
  return { outcome, told, waits }
}

test('RFC 8628: a person types a word at the provider’s page, and the hub has its refresh token', async () => {
  tokens.devices.push('authorization_pending', 'slow_down', 'authorization_pending')
  const { outcome, told, waits } = await tried()
  expect(told).toEqual(['https://provider.example/device ABCD-EFGH'])
  // Asked too often, it asks less often.
  expect(waits).toEqual([5, 5, 10, 10])
  expect(outcome).toMatchObject({
    clientId: 'skein',
    refreshToken: 'refresh-1',
    scope: 'offline_access mail',
  })
})

test('a no, a person who never comes and a place that is none are told apart', async () => {
  tokens.devices.push('access_denied')
  expect((await tried()).outcome).toMatchObject({ kind: 'oauth-refused', detail: 'access_denied' })
  tokens.devices.push(...Array(50).fill('authorization_pending'))
  const { outcome, waits } = await tried()
  expect(outcome).toMatchObject({ kind: 'silent' })
  expect(waits).toHaveLength(20)
  tokens.devices.length = 0
  const [closed] = await freePorts(1)
  expect((await tried({ deviceUrl: tokens.oauth().tokenUrl })).outcome).toMatchObject({
    kind: 'oauth-refused',
  })
  expect((await tried({ deviceUrl: `http://127.0.0.1:${closed}/device` })).outcome).toMatchObject({
    kind: 'no-route',
  })
  expect((await tried({ deviceUrl: 'http://provider.example/device' })).outcome).toMatchObject({
    kind: 'no-tls',
  })
})
