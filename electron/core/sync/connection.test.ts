import { expect, test } from 'vitest'
import type { Down } from '#shared/protocol/down.ts'
import { type Fault, failed, fault, ok } from '#shared/protocol/fault.ts'
import type { Up } from '#shared/protocol/up.ts'
import type { Ground } from '../ground.ts'
import type { StoredSession } from '../replica/settings.ts'
import {
  conversationRow,
  done,
  emptyPatch,
  itemRow,
  NOW,
  patchOf,
  replyTo,
  row,
  TestDesk,
} from '../testing.ts'
import { createConnection } from './connection.ts'
import type { LinkListener } from './link.ts'

const session: StoredSession = {
  agentId: 'ann',
  deviceId: 'desk',
  accessToken: 'token',
  accessExpiresAt: Number.MAX_SAFE_INTEGER,
  refreshToken: 'refresh',
  hubUrl: 'http://hub',
  email: 'ann@skein.example',
}

/** A connection whose hub is played by the test, with a clock that stands until it is moved. */
class Play {
  readonly desk = new TestDesk()
  readonly sent: { name: keyof Up; message: unknown }[] = []
  readonly ended: Fault[] = []
  listener: LinkListener | undefined
  dials = 0
  spoilt = 0
  gaveUp = 0
  /** Whether something takes connections at the hub's address. */
  reached = true
  tokens: 'fine' | Fault = 'fine'
  #now = NOW
  #timers: { at: number; run(): void }[] = []
  readonly ground: Ground = {
    now: () => this.#now,
    newId: this.desk.newId,
    random: () => 0.5,
    after: (milliseconds, run) => {
      const timer = { at: this.#now + milliseconds, run }
      this.#timers.push(timer)
      return () => {
        this.#timers = this.#timers.filter(each => each !== timer)
      }
    },
    soon: run => void setImmediate(run),
  }
  readonly connection

  constructor() {
    const { replica } = this.desk
    replica.transaction(() => {
      replica.settings.set('session', session)
      for (const stream of ['workspace', 'inbox:one', 'agent:ann']) {
        replica.sql.stream.cursor.run(stream, 1, 5)
        replica.sql.stream.page.run(null, stream)
      }
    })
    this.connection = createConnection({
      replica,
      ground: this.ground,
      dial: (_to, listener) => {
        this.dials += 1
        this.listener = listener
        return {
          send: (name, message) => void this.sent.push({ name, message: structuredClone(message) }),
          close: () => {},
        }
      },
      tokens: {
        fresh: async () => (this.tokens === 'fine' ? ok(session) : failed(this.tokens.kind)),
        spoilt: () => {
          this.spoilt += 1
        },
        giveUp: () => {
          this.gaveUp += 1
        },
      },
      reach: async () => this.reached,
      changed: () => {},
      applied: () => {},
      presence: () => {},
      ended: reason => this.ended.push(reason),
      damaged: error => {
        throw error
      },
    })
  }

  /** Lets everything run that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter(each => each !== next)
      this.#now = next.at
      next.run()
      await this.settle()
    }
    this.#now = until
    await this.settle()
  }

  /** The machine sleeps: the clock goes on, nothing runs. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds
  }

  async say<N extends keyof Down>(name: N, message: Down[N]): Promise<void> {
    this.listener?.message(name, message)
    await this.settle()
  }

  async open(welcome: Partial<Down['welcome']> = {}): Promise<void> {
    this.connection.start()
    await this.settle()
    this.listener?.opened()
    await this.say('welcome', {
      protocol: 1,
      agentId: 'ann',
      now: NOW,
      streams: ['workspace', 'inbox:one', 'agent:ann'],
      resync: [],
      deviceEpoch: 1,
      lastN: 0,
      expected: 0,
      ...welcome,
    })
  }

  async live(welcome: Partial<Down['welcome']> = {}): Promise<void> {
    await this.open(welcome)
    await this.say('patch', emptyPatch)
  }

  /** The connection ends, and so many attempts after it come to nothing at once. */
  async fail(attempts: number): Promise<void> {
    for (let made = 0; made <= attempts; made += 1) {
      if (made > 0) await this.pass(this.connection.standing.retryAt! - this.#now)
      this.listener?.ended(undefined)
      await this.settle()
    }
  }

  last<N extends keyof Up>(name: N): Up[N] {
    return this.sent.findLast(each => each.name === name)?.message as Up[N]
  }

  /** Numbers and names that were pushed, push by push. */
  get pushed(): string[][] {
    return this.sent.flatMap(({ name, message }) =>
      name === 'push' ? [(message as Up['push']).mutations.map(({ n, name: what }) => `${n} ${what}`)] : [],
    )
  }

  get phase(): string {
    return this.connection.standing.phase
  }

  close(): void {
    this.connection.stop()
    this.desk.replica.close()
  }
}

const claim = (conversationId: string) => ({ conversationId, at: 1 })

test('S11: numbers are on disk before the push leaves, and are the same after a break', async () => {
  const play = new Play()
  play.desk.do('conversation.claim', claim('c1'))
  await play.live()
  play.desk.do('conversation.claim', claim('c2'))
  play.connection.push()
  expect(play.pushed).toEqual([['1 conversation.claim'], ['2 conversation.claim']])
  expect(play.desk.replica.sql.outbox.all.all(9).map(({ n }) => n)).toEqual([1, 2])

  play.sent.length = 0
  play.listener?.ended(undefined)
  await play.pass(60_000)
  play.listener?.opened()
  await play.live()
  expect(play.pushed).toEqual([['1 conversation.claim', '2 conversation.claim']])
  play.close()
})

test('S24: after a break the hub is told again where one looks, and not that one still types', async () => {
  const play = new Play()
  await play.live()
  play.connection.presence({ conversationId: 'c1', typing: true })
  play.listener?.ended(undefined)
  play.sent.length = 0
  await play.pass(60_000)
  await play.open()
  expect(play.last('presence')).toEqual({ conversationId: 'c1', typing: false })
  play.close()
})

test('S12: what the hub has run already is not pushed again; its outcome comes by the patch', async () => {
  const play = new Play()
  const id = play.desk.do('conversation.claim', claim('c1'))
  play.desk.do('conversation.claim', claim('c2'))
  await play.live()
  play.listener?.ended(undefined)
  play.sent.length = 0
  await play.pass(60_000)
  await play.open({ lastN: 1 })
  expect(play.pushed).toEqual([['2 conversation.claim']])
  await play.say('patch', { ...emptyPatch, acknowledged: [{ n: 1, id, outcome: done }] })
  expect(play.last('stored')).toEqual({ patch: 1, confirmed: 1 })
  expect(play.desk.waiting).toHaveLength(1)
  play.close()
})

test('S5: a hub restored from a backup has the outbox numbered anew and drops nothing of it', async () => {
  const play = new Play()
  play.desk.do('conversation.claim', claim('c1'))
  await play.live()
  play.listener?.ended(undefined)
  play.sent.length = 0
  await play.pass(60_000)
  await play.live({ deviceEpoch: 2, lastN: 40 })
  expect(play.pushed).toEqual([['41 conversation.claim']])
  expect(play.last('push').deviceEpoch).toBe(2)
  expect(play.last('push').mutations[0]).toMatchObject({ again: true })
  play.close()
})

test('S4: a stream to be fetched again is emptied first; what waits for it stays and shows again', async () => {
  const play = new Play()
  play.desk.do('conversation.tag', { conversationId: 'c1', tagId: 'refund' })
  await play.open({ resync: ['inbox:one'] })
  expect(play.desk.get('conversation', 'c1')).toBeUndefined()
  expect(play.desk.get('customer', 'maria')).toBeUndefined()
  expect(play.desk.get('tag', 'refund')).toBeDefined()
  // With a lower revision than before: the hub came from a backup.
  await play.say('patch', {
    ...patchOf([row('conversation', 1, conversationRow('c1')), row('item', 1, itemRow('c1-1', 'c1', 1))]),
    cursors: [{ stream: 'inbox:one', epoch: 2, version: 1 }],
    pages: [{ stream: 'inbox:one', token: null }],
  })
  expect(play.desk.get('conversation', 'c1')?.tagIds).toEqual(['refund'])
  expect(play.phase).toBe('live')
  play.close()
})

test('S9: a lost stream is hidden, then gone; a cut in between finishes later', async () => {
  const play = new Play()
  await play.open({ streams: ['workspace', 'agent:ann'] })
  expect(play.desk.get('conversation', 'c1')).toBeUndefined()
  expect(play.desk.get('item', 'c1-1')).toBeUndefined()
  expect(play.desk.replica.sql.stream.all.all().map(({ stream }) => stream)).toEqual([
    'agent:ann',
    'workspace',
  ])
  play.close()
})

test('S6: a first sync that was cut goes on after its last page', async () => {
  const play = new Play()
  await play.open({ streams: ['workspace', 'agent:ann', 'inbox:one', 'inbox:two'] })
  await play.say('patch', {
    ...emptyPatch,
    cursors: [{ stream: 'inbox:two', epoch: 1, version: 9 }],
    pages: [{ stream: 'inbox:two', token: 'after-page-1' }],
    remaining: 50,
  })
  expect(play.phase).toBe('catching-up')
  play.listener?.ended(undefined)
  await play.pass(60_000)
  play.listener?.opened()
  expect(play.last('hello').pages).toEqual([{ stream: 'inbox:two', token: 'after-page-1' }])
  expect(play.last('hello').cursors).toContainEqual({ stream: 'inbox:two', epoch: 1, version: 9 })
  play.close()
})

test('S6: a conversation that comes by the feed without its past is fetched whole', async () => {
  const play = new Play()
  await play.live()
  await play.say('patch', {
    ...patchOf([
      row('conversation', 1, conversationRow('old', { lastSeq: 7 })),
      row('item', 1, itemRow('old-7', 'old', 7)),
    ]),
    patch: 2,
  })
  const { request, ...asked } = play.last('older')
  expect(asked).toEqual({ conversationId: 'old', beforeSeq: 7 })
  await play.say('patch', {
    ...patchOf([row('item', 1, itemRow('old-1', 'old', 1))]),
    patch: 3,
    coverage: [{ conversationId: 'old', fromSeq: 1 }],
    answers: request,
  })
  expect(play.desk.replica.sql.coverage.read.get('old')).toBe(1)
  expect(play.connection.older.loading().size).toBe(0)
  play.close()
})

test('S12: a gap is filled from the number that is expected', async () => {
  const play = new Play()
  for (const id of ['c1', 'c2']) play.desk.do('conversation.claim', claim(id))
  await play.live()
  play.sent.length = 0
  await play.say('pushRefused', { kind: 'gap', expected: 2 })
  expect(play.pushed).toEqual([['2 conversation.claim']])
  play.close()
})

test('S12: a number that another copy of this desk has used makes it number its outbox anew', async () => {
  const play = new Play()
  play.desk.do('conversation.claim', claim('c1'))
  await play.live()
  play.sent.length = 0
  await play.say('pushRefused', { kind: 'copied', expected: 9 })
  expect(play.pushed).toEqual([['9 conversation.claim']])
  play.close()
})

test('an aged token is renewed once; when that does not help a person must sign in', async () => {
  const play = new Play()
  await play.live()
  await play.say('goodbye', fault('session-expired'))
  expect({ spoilt: play.spoilt, dials: play.dials }).toEqual({ spoilt: 1, dials: 2 })
  play.tokens = fault('session-expired')
  play.listener?.ended(undefined)
  await play.pass(60_000)
  expect(play.phase).toBe('blocked')
  expect(play.connection.standing).toMatchObject({ fault: { kind: 'session-expired' }, retryAt: null })
  expect(play.ended).toHaveLength(1)
  play.close()
})

test('S25: silence is no connection, whatever the socket believes', async () => {
  const play = new Play()
  await play.live()
  await play.pass(10_000)
  await play.say('heartbeat', { now: NOW })
  await play.pass(10_000)
  expect(play.phase).toBe('live')
  await play.pass(10_000)
  expect(play.phase).not.toBe('live')
  expect(play.connection.standing.offlineSince).toBe(NOW + 10_000)
  play.close()
})

test('S25: who wakes after a night holds no old connection for live, and asks for a new one before anything else', async () => {
  const play = new Play()
  await play.live()
  const slept = play.ground.now()
  play.sleep(8 * 3_600_000)
  play.connection.wake()
  await play.settle()
  expect(play.connection.standing).toMatchObject({
    phase: 'connecting',
    offlineSince: slept,
    currentAt: slept,
    retryAt: null,
  })
  expect({ dials: play.dials, gaveUp: play.gaveUp }).toEqual({ dials: 2, gaveUp: 1 })
  play.close()
})

test('a connection that was quiet for a moment only must prove itself after waking', async () => {
  const play = new Play()
  await play.live()
  await play.pass(4_000)
  play.connection.wake()
  await play.pass(3_000)
  await play.say('heartbeat', { now: NOW })
  await play.pass(9_000)
  expect({ phase: play.phase, dials: play.dials }).toEqual({ phase: 'live', dials: 1 })
  play.connection.wake()
  await play.say('heartbeat', { now: NOW })
  play.connection.wake()
  await play.pass(6_000)
  expect(play.dials).toBe(2)
  play.close()
})

test('an attempt that hangs since before the network came back is begun anew; a young one is left alone', async () => {
  const play = new Play()
  play.connection.start()
  await play.settle()
  play.connection.wake()
  await play.settle()
  expect(play.dials).toBe(1)
  await play.pass(10_000)
  play.connection.wake()
  await play.settle()
  expect(play.dials).toBe(2)
  play.close()
})

test('a network that is back is used at once, however far apart the attempts are', async () => {
  const play = new Play()
  await play.live()
  play.reached = false
  await play.fail(12)
  await play.pass(2_000)
  const dials = play.dials
  expect(play.connection.standing.retryAt).toBeGreaterThan(play.ground.now() + 2_000)
  play.reached = true
  await play.pass(1_500)
  expect(play.dials).toBe(dials + 1)
  await play.live()
  await play.say('heartbeat', { now: NOW })
  await play.pass(3_000)
  expect(play.phase).toBe('live')
  play.close()
})

test('a hub that takes connections and refuses is not asked more often because of that', async () => {
  const play = new Play()
  await play.live()
  await play.fail(12)
  const { retryAt } = play.connection.standing
  await play.pass(4_000)
  expect(play.connection.standing.retryAt).toBe(retryAt)
  play.close()
})

test('S25: what is shown is as old as the last moment at which all had come, also while the hub is being heard', async () => {
  const play = new Play()
  const { standing } = play.connection
  expect(standing.currentAt).toBeNull()
  await play.open({ expected: 2 })
  await play.say('patch', { ...emptyPatch, remaining: 1 })
  await play.pass(1000)
  await play.say('patch', { ...emptyPatch, patch: 2, remaining: 1 })
  // The first sync was cut: nothing was ever whole, however lately the hub was heard.
  play.listener?.ended(undefined)
  await play.settle()
  expect(play.connection.standing).toMatchObject({ currentAt: null, lastContactAt: NOW + 1000 })
  await play.pass(60_000)
  play.listener?.opened()
  await play.live()
  const live = play.ground.now()
  expect(play.connection.standing.currentAt).toBe(live)
  expect(play.desk.replica.settings.get('currentAt')).toBe(live)
  await play.pass(2000)
  await play.say('heartbeat', { now: NOW })
  const heard = play.ground.now()
  expect(play.connection.standing.currentAt).toBe(heard)

  play.listener?.ended(undefined)
  await play.pass(60_000)
  await play.open({ expected: 5 })
  await play.say('patch', { ...emptyPatch, remaining: 4 })
  expect(play.phase).toBe('catching-up')
  expect(play.connection.standing.lastContactAt).toBeGreaterThan(heard)
  expect(play.connection.standing.currentAt).toBe(heard)
  play.close()
})

test('S29: attempts go on, ever more seldom, and say when the next one is', async () => {
  const play = new Play()
  play.connection.start()
  await play.settle()
  const pauses: number[] = []
  for (let attempt = 0; attempt < 9; attempt += 1) {
    play.listener?.ended(undefined)
    const { retryAt, phase } = play.connection.standing
    expect(phase).toBe('offline')
    pauses.push(retryAt! - play.ground.now())
    await play.pass(pauses.at(-1)!)
  }
  expect(play.dials).toBe(10)
  expect(pauses.slice(0, 3)).toEqual([375, 750, 1500])
  expect(pauses.at(-1)).toBe(11_250)
  play.close()
})

test('what does not parse ends the connection instead of reaching the replica', async () => {
  const play = new Play()
  await play.live()
  play.listener?.message('patch', { patch: 'one' })
  await play.settle()
  expect(play.connection.standing).toMatchObject({ phase: 'blocked', fault: { kind: 'internal' } })
  play.close()
})

test('S21: a reply that waited for a connection is pushed as written offline', async () => {
  const play = new Play()
  play.desk.now = NOW - 60_000
  play.desk.do('reply.send', replyTo(play.desk.get('conversation', 'c1')!, 'reply'))
  await play.live()
  play.desk.now = NOW + 60_000
  play.desk.do('reply.send', replyTo(play.desk.get('conversation', 'c2')!, 'reply-2'))
  play.connection.push()
  const bases = play.sent.flatMap(({ name, message }) =>
    name === 'push'
      ? (message as Up['push']).mutations.map(
          ({ args }) => (args as { basis: { offline: boolean } }).basis.offline,
        )
      : [],
  )
  expect(bases).toEqual([true, false])
  play.close()
})
