/** What every connector keeps to, over real HTTP: the other system is ours, and fails in every way we know of. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CardTroubleKind } from '#shared/model/card.ts'
import { type CardsLimits, createCards } from '../../server/connectors/cards.ts'
import type { Connection } from '../../server/connectors/connections.ts'
import type { Subject as Who } from '../../server/connectors/connector.ts'
import { allowedBy } from '../../server/outward/allowed.ts'
import type { FaultName } from './faulty.ts'
import { maria, oauthShop, type Subject, secrets, shop, zoho } from './systems.ts'

const who = (email: string, more: Partial<Who> = {}): Who => ({
  ...{ customerId: 'c', emails: [email], phones: [], externalIds: [] },
  ...more,
})

async function open(start: () => Promise<Subject>, limits: Partial<CardsLimits> = {}) {
  const subject = await start()
  let now = Date.now()
  const lines: unknown[] = []
  const { manifest } = subject.connector
  const cards = createCards({
    connectors: new Map([[manifest.id, subject.connector]]),
    allowed: allowedBy('127.0.0.1'),
    now: () => now,
    log: {
      info: (...line) => lines.push(line),
      warn: (...line) => lines.push(line),
      error: (...line) => lines.push(line),
    },
    limits,
  })
  const connection: Connection = {
    ...{ id: 'x', kind: manifest.id, name: 'X', active: true, revision: '1' },
    ...{ values: subject.values, mapping: subject.mapping },
  }
  const told: unknown[] = []
  onTestFinished(() => {
    // Whatever happened: no secret in what is told, nor in the log.
    for (const secret of secrets) expect(JSON.stringify([told, lines])).not.toContain(secret)
  })
  return {
    ...subject,
    async ask(whom = who(maria), anew = false) {
      const answer = await cards.ask(connection, whom, anew)
      told.push(answer)
      return answer
    },
    change: (to: Partial<Connection>) => Object.assign(connection, to),
    later: (milliseconds: number) => {
      now += milliseconds
    },
    get now() {
      return now
    },
  }
}

const failures: [FaultName, CardTroubleKind, Partial<CardsLimits>?][] = [
  ['silent', 'slow', { time: 1000 }],
  ['large', 'too-large'],
  ['said large', 'too-large'],
  ['long headers', 'too-large'],
  ['cut', 'unreachable'],
  ['cut without a length', 'unreachable'],
  ['malformed', 'not-understood'],
  ['page', 'not-understood'],
  ['packed', 'not-understood'],
  ['error', 'failed'],
  ['forbidden', 'refused-login'],
  ['busy', 'limited'],
  ['moved away', 'not-allowed'],
  ['moved inside', 'not-allowed'],
  ['moved round', 'not-allowed'],
]

describe.each([
  ['REST with a token', shop],
  ['REST with OAuth 2, by POST', oauthShop],
  ['Zoho CRM', zoho],
])('%s', (_name, start) => {
  test('who is known there has a card', async () => {
    const { ask, title } = await open(start)
    const { card, trouble } = await ask()
    expect(trouble).toBeNull()
    expect(card?.groups[0]?.title).toBe(title)
    expect(card?.groups).toHaveLength(2)
    expect(card?.groups[0]?.date?.startsWith('2026-11')).toBe(true)
  })

  test('who is not known there has an empty one, which is no failure', async () => {
    const { ask } = await open(start)
    const { card, trouble } = await ask(who('nobody@customer.example'))
    expect([trouble, card?.groups]).toEqual([null, []])
  })

  test('of two addresses each is asked for, and the card is of both', async () => {
    const { ask, title } = await open(start)
    const { card } = await ask(who('', { emails: ['nobody@customer.example', maria] }))
    expect(card?.groups[0]?.title).toBe(title)
  })

  test('without anything to ask by nobody is asked', async () => {
    const { ask, system } = await open(start)
    expect((await ask(who('', { emails: [] }))).trouble).toEqual({ kind: 'no-key' })
    expect(system.asked).toEqual([])
  })

  test.each(failures)(
    'when it is %s, that is told as %s, and it is well again afterwards',
    async (fault, kind, limits) => {
      const { ask, system, later, title } = await open(start, limits)
      // The first time is not the matter here: an access token is there.
      await ask()
      later(61_000)
      system.state.fault = fault
      const { card, trouble } = await ask()
      expect(card).toBeNull()
      expect(trouble?.kind).toBe(kind)
      system.state.fault = null
      later(61_000)
      expect((await ask()).card?.groups[0]?.title).toBe(title)
    },
  )

  test('when it is gone, that is told', async () => {
    const { ask, system } = await open(start)
    system.close()
    expect((await ask()).trouble).toEqual({ kind: 'unreachable' })
  })

  test('it is asked once for all who ask, and not again for a minute; a person may sooner', async () => {
    const { ask, system, later } = await open(start)
    await Promise.all([ask(), ask(), ask(who(maria), true)])
    const { calls } = system
    await ask()
    expect(system.calls).toBe(calls)
    later(10_000)
    await ask(who(maria), true)
    expect(system.calls).toBeGreaterThan(calls)
    const anew = system.calls
    later(61_000)
    await ask()
    expect(system.calls).toBeGreaterThan(anew)
  })

  test('when it does not want to be asked it is not, by nobody and for nobody, until it said', async () => {
    const { ask, system, later, now } = await open(start)
    system.state.fault = 'busy'
    expect((await ask()).trouble).toMatchObject({ kind: 'limited', retryAt: now + 30_000 })
    const { calls } = system
    system.state.fault = null
    later(20_000)
    expect((await ask(who('somebody@customer.example'), true)).trouble?.kind).toBe('limited')
    expect(system.calls).toBe(calls)
    later(11_000)
    expect((await ask()).trouble).toBeNull()
  })

  test('four are asked for at a time; who would wait behind too many is told so', async () => {
    const { ask, system } = await open(start, { waiting: 3 })
    let letGo = (): void => {}
    system.state.gate = new Promise(resolve => {
      letGo = resolve
    })
    const all = Array.from({ length: 9 }, (_, each) => ask(who(`p${each}@customer.example`)))
    // The last two found no room and answer at once.
    expect((await Promise.all(all.slice(7))).map(({ trouble }) => trouble?.kind)).toEqual(['busy', 'busy'])
    expect(system.asked.length).toBeLessThanOrEqual(4)
    letGo()
    for (const { trouble } of await Promise.all(all.slice(0, 7))) expect(trouble).toBeNull()
  })

  test('settings that changed count at once', async () => {
    const { ask, system, change } = await open(start)
    await ask()
    const { calls } = system
    change({ revision: '2' })
    await ask()
    expect(system.calls).toBeGreaterThan(calls)
  })
})

describe.each([
  ['REST with OAuth 2', oauthShop],
  ['Zoho CRM', zoho],
])('access tokens of %s', (_name, start) => {
  test('one is fetched however many ask, and kept for its hour', async () => {
    const { ask, granted, later } = await open(start)
    await Promise.all(['a', 'b', maria].map(email => ask(who(email))))
    later(3_000_000)
    await ask()
    expect(granted?.()).toBe(1)
    later(600_000)
    await ask()
    expect(granted?.()).toBe(2)
  })

  test('one that is refused before its time is renewed once, unseen', async () => {
    const { ask, expire, granted, later, title } = await open(start)
    await ask()
    expire?.()
    later(61_000)
    expect((await ask()).card?.groups[0]?.title).toBe(title)
    expect(granted?.()).toBe(2)
  })

  test('a secret that is no longer good is told as such, and not tried again for a minute', async () => {
    const { ask, system, change, values } = await open(start)
    change({ values: { ...values, clientSecret: 'wrong' }, revision: '2' })
    expect((await ask()).trouble?.kind).toBe('refused-login')
    const { length } = system.asked
    expect((await ask(who('b@customer.example'))).trouble?.kind).toBe('refused-login')
    expect(system.asked).toHaveLength(length)
  })
})

test('Zoho: missing scopes are told as such', async () => {
  const { ask, system, later } = await open(zoho)
  await ask()
  later(61_000)
  system.state.answer = () => ({
    status: 401,
    json: { code: 'OAUTH_SCOPE_MISMATCH', details: {}, message: 'invalid oauth scope', status: 'error' },
  })
  expect((await ask()).trouble).toEqual({ kind: 'scope', status: 401 })
})

test('Zoho: a token is sent to no address but Zoho’s, whatever came with it', async () => {
  const { ask, system } = await open(zoho)
  const elsewhere = {
    access_token: 't',
    api_domain: 'https://www.zohoapis.eu.evil.example',
    expires_in: 3600,
  }
  system.state.answer = () => ({ status: 200, json: elsewhere })
  expect((await ask()).trouble).toEqual({ kind: 'not-allowed' })
  expect(system.calls).toBe(0)
})

test('Zoho: its own word for when to come back counts', async () => {
  const { ask, system, now } = await open(zoho)
  await ask()
  const reset = now + 90_000
  system.state.answer = () => ({
    status: 400,
    headers: { 'x-ratelimit-reset': String(reset) },
    json: { code: 'LIMIT_EXCEEDED', details: {}, message: 'limit', status: 'error' },
  })
  expect((await ask(who(maria, { customerId: 'd' }))).trouble).toEqual({
    kind: 'limited',
    status: 429,
    retryAt: reset,
  })
})

test('a customer’s words fill an address and never lead it elsewhere', async () => {
  const { ask, system } = await open(shop)
  const hostile = ['a/../../admin@x', 'a?b=c@x', 'a#b@x', 'a%2f@x', '"@x', '@evil.example/']
  for (const email of hostile) await ask(who(email))
  for (const { path } of system.asked) expect(path).toMatch(/^\/customers\/[^/?#]+\/orders$/)
  expect((await ask(who('..'))).trouble?.kind).toBe('no-key')
})
