import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password, startHub, type TestHub } from './hub.ts'
import { until } from './until.ts'

let hub: TestHub
let now = 0
beforeAll(async () => {
  hub = await startHub({ deps: { now: () => Date.now() + now } })
  await hub.addInbox('support@skein.example')
  for (const name of ['ann', 'bo', 'cy', 'eve']) await hub.addAgent(name)
})
afterAll(() => hub?.close())

const device = { id: null, name: 'test', platform: 'linux' }
const tryWith = (name: string, word: string) =>
  hub.post('/v1/session', { email: `${name}@skein.example`, password: word, device })

describe('signing in', () => {
  test('the right password gives a session, whatever the case of the address', async () => {
    const answer = await hub.post('/v1/session', { email: ' Ann@Skein.Example ', password, device })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ accessToken: expect.any(String), refreshToken: expect.any(String) })
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await tryWith('bo', 'not it')
    const unknown = await tryWith('nobody', 'not it')
    expect(wrong).toEqual({ status: 401, body: { fault: { kind: 'wrong-credentials', retryable: false } } })
    expect(unknown).toEqual(wrong)
  })

  test('five wrong passwords make everybody at that address wait, the right one too, and then it works', async () => {
    const answers = []
    for (let attempt = 0; attempt < 5; attempt++) answers.push(await tryWith('cy', 'not it'))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429])
    const right = await tryWith('cy', password)
    expect(right).toMatchObject({
      status: 429,
      body: { fault: { kind: 'too-many-attempts', retryable: true, params: { seconds: 60 } } },
    })
    expect((await tryWith('ann', password)).status).toBe(200)
    now += 61_000
    expect((await tryWith('cy', password)).status).toBe(200)
  })

  test('what is not a request says which field does not fit', async () => {
    const answer = await hub.post('/v1/session', { email: 'ann@skein.example', password: '', device })
    expect(answer).toMatchObject({
      status: 400,
      body: { fault: { kind: 'invalid', params: { field: 'password' } } },
    })
    const garbage = await fetch(`${hub.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect(await garbage.json()).toMatchObject({ fault: { kind: 'invalid' } })
    const large = await hub.post('/v1/session', { email: 'x'.repeat(200_000) })
    expect(large).toMatchObject({ status: 413, body: { fault: { kind: 'too-large' } } })
    expect(await (await fetch(`${hub.url}/v1/nothing`)).json()).toMatchObject({
      fault: { kind: 'not-found' },
    })
  })

  test('a device keeps its id, and nobody gets the device of another agent', async () => {
    const first = await hub.signIn('ann')
    expect((await hub.signIn('ann', first.deviceId)).deviceId).toBe(first.deviceId)
    expect((await hub.signIn('bo', first.deviceId)).deviceId).not.toBe(first.deviceId)
  })
})

describe('staying signed in', () => {
  test('a refresh token works once; the answer that got lost can be asked for again', async () => {
    const session = await hub.signIn('ann')
    const lost = await hub.post('/v1/session/refresh', { refreshToken: session.refreshToken })
    const again = await hub.post('/v1/session/refresh', { refreshToken: session.refreshToken })
    expect([lost.status, again.status]).toEqual([200, 200])
  })

  test('a token used after its successor was used is stolen: the device ends, and its connection with it', async () => {
    const session = await hub.signIn('eve')
    const desk = hub.socket(session)
    desk.hello()
    await desk.live()
    const next = await hub.post('/v1/session/refresh', { refreshToken: session.refreshToken })
    const { refreshToken } = next.body as { refreshToken: string }
    expect((await hub.post('/v1/session/refresh', { refreshToken })).status).toBe(200)
    const stolen = await hub.post('/v1/session/refresh', { refreshToken: session.refreshToken })
    expect(stolen).toMatchObject({ status: 401, body: { fault: { kind: 'device-revoked' } } })
    expect((await until(() => desk.goodbye)).kind).toBe('device-revoked')
    const late = hub.socket(session)
    expect(await until(() => late.connectError)).toMatchObject({
      data: { fault: { kind: 'device-revoked' } },
    })
  })

  test('signing out ends the session', async () => {
    const session = await hub.signIn('ann')
    expect((await hub.post('/v1/session/end', {}, session.accessToken)).status).toBe(204)
    const after = await hub.post('/v1/session/refresh', { refreshToken: session.refreshToken })
    expect(after).toMatchObject({ status: 401, body: { fault: { kind: 'session-expired' } } })
  })

  test('a socket with a token that is forged or too old is not let in, and hears why', async () => {
    const session = await hub.signIn('ann')
    const forged = hub.socket({ ...session, accessToken: `${session.accessToken}x` })
    const error = await until(() => forged.connectError)
    expect((error as Error & { data: unknown }).data).toMatchObject({ fault: { kind: 'session-expired' } })
    now += 11 * 60_000
    const old = hub.socket(session)
    await until(() => old.connectError)
  })
})
