import { describe, expect, test } from 'vitest'
import type { PresenceOf } from '#shared/protocol/down.ts'
import { type Onlooker, type PresenceBoard, presenceBoard } from './presence.ts'
import { settled, smallWorkspace } from './testing.ts'

async function board(hubs = 1) {
  const { store, clock } = await smallWorkspace()
  let timers: { at: number; run: () => void }[] = []
  const scheduler = {
    after(milliseconds: number, run: () => void) {
      const timer = { at: clock.now + milliseconds, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(each => each !== timer)
      }
    },
  }
  /** What one hub says is not heard by others while it is among these. */
  const deaf = new Set<number>()
  const boards = Array.from({ length: hubs }, (_, index) =>
    presenceBoard(
      {
        store: {
          ...store,
          onTold: listener => store.onTold(words => deaf.has(index) || listener(words)),
        },
        now: () => clock.now,
        newId: () => `hub-${index}`,
      },
      scheduler,
    ),
  )
  const presence = boards[0]!
  const pass = async (milliseconds: number) => {
    await settled()
    const until = clock.now + milliseconds
    for (;;) {
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      timers = timers.filter(each => each !== next)
      clock.now = Math.max(clock.now, next.at)
      next.run()
      await settled()
    }
    clock.now = until
  }
  const personAt = (
    at: PresenceBoard,
    agentId: string,
    ...inboxes: string[]
  ): Onlooker & { told: PresenceOf['agents'][] } => {
    const told: PresenceOf['agents'][] = []
    const streams = new Set(inboxes.map(id => `inbox:${id}` as const))
    const onlooker = {
      agentId,
      streams,
      told,
      tell: (_: 'presence', message: PresenceOf) => void told.push(message.agents),
    }
    at.joined(onlooker)
    return onlooker
  }
  const person = (agentId: string, ...inboxes: string[]) => personAt(presence, agentId, ...inboxes)
  return { presence, boards, deaf, pass, person, personAt }
}

describe('S24: presence', () => {
  test('is told to those who share the inbox, and to nobody else', async () => {
    const { presence, pass, person } = await board()
    const [ann, bo, eve] = [person('ann', 'one'), person('bo', 'one', 'two'), person('eve', 'two')]
    await presence.set(ann, { conversationId: 'c1', typing: false })
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: false }])
    expect(eve.told).toEqual([])
    expect(ann.told).toEqual([])
  })

  test('I5: looking at what one may not see is not told', async () => {
    const { presence, pass, person } = await board()
    const [ann, eve] = [person('ann', 'one'), person('eve', 'two')]
    await presence.set(ann, { conversationId: 'c2', typing: true })
    await pass(1_000)
    expect(eve.told).toEqual([])
  })

  test('typing ends by itself, looking with the connection', async () => {
    const { presence, pass, person } = await board()
    const [ann, bo] = [person('ann', 'one'), person('bo', 'one')]
    await presence.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: true }])
    await pass(10_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: false }])
    presence.left(ann)
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: null, typing: false }])
  })

  test('who comes later is told what is', async () => {
    const { presence, pass, person } = await board()
    const ann = person('ann', 'one')
    await presence.set(ann, { conversationId: 'c1', typing: false })
    await pass(1_000)
    const bo = person('bo', 'one')
    await pass(1_000)
    expect(bo.told).toEqual([[{ agentId: 'ann', conversationId: 'c1', typing: false }]])
  })

  test('each typing ends at its own time, in whatever stream', async () => {
    const { presence, pass, person } = await board()
    const [ann, bo, sue] = [person('ann', 'one'), person('bo', 'two'), person('sue', 'one', 'two')]
    await presence.set(ann, { conversationId: 'c1', typing: true })
    await pass(3_000)
    await presence.set(bo, { conversationId: 'c2', typing: true })
    await pass(6_000)
    const typing = () => sue.told.at(-1)?.map(({ agentId, typing }) => [agentId, typing])
    expect(typing()).toEqual([
      ['ann', false],
      ['bo', true],
    ])
    await pass(6_000)
    expect(typing()).toEqual([
      ['ann', false],
      ['bo', false],
    ])
  })

  test('nobody is told again what concerns others', async () => {
    const { presence, pass, person } = await board()
    const [ann, bo, eve] = [person('ann', 'one'), person('bo', 'one'), person('eve', 'two')]
    const other = person('fay', 'two')
    await presence.set(other, { conversationId: 'c2', typing: false })
    await presence.set(ann, { conversationId: 'c1', typing: false })
    await pass(1_000)
    const before = eve.told.length
    await presence.set(ann, { conversationId: null, typing: false })
    await pass(1_000)
    expect(eve.told).toHaveLength(before)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: null, typing: false }])
  })

  test('a customer who is connected is told to who looks at their conversation, and to nobody else', async () => {
    const { presence, pass, person } = await board()
    const [ann, bo] = [person('ann', 'one'), person('bo', 'one')]
    const customers = new Map<object, unknown>()
    for (const one of [ann, bo]) {
      const tell = one.tell
      one.tell = (name, message) => {
        customers.set(one, message.customers)
        tell(name, message)
      }
    }
    await presence.set(ann, { conversationId: 'c1', typing: false })
    const tab = {}
    presence.visit(tab, { conversationId: 'c1', inboxId: 'one' }, true)
    await pass(1_000)
    expect(customers.get(ann)).toEqual([{ conversationId: 'c1', here: true, typing: true }])
    expect(customers.get(bo)).toBeUndefined()
    // Typing ends by itself; a second tab that goes leaves the first.
    const other = {}
    presence.visit(other, { conversationId: 'c1', inboxId: 'one' }, false)
    await pass(20_000)
    expect(customers.get(ann)).toEqual([{ conversationId: 'c1', here: true, typing: false }])
    presence.visit(other, null, false)
    await pass(1_000)
    expect(customers.get(ann)).toEqual([{ conversationId: 'c1', here: true, typing: false }])
    presence.visit(tab, null, false)
    await pass(1_000)
    expect(customers.get(ann)).toEqual([])
  })

  test('who watches a conversation hears of the agents who type in it, once a change', async () => {
    const { presence, pass, person } = await board()
    const ann = person('ann', 'one')
    const heard: (readonly string[])[] = []
    const stop = presence.watch('c1', typing => heard.push(typing))
    await presence.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    await presence.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    expect(heard).toEqual([['ann']])
    await pass(20_000)
    expect(heard).toEqual([['ann'], []])
    stop()
    await presence.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    expect(heard).toHaveLength(2)
  })
})

describe('S24, S30: presence over several hubs', () => {
  const two = async () => {
    const made = await board(2)
    const [here, there] = made.boards as [PresenceBoard, PresenceBoard]
    return { ...made, here, there }
  }

  test('is told at the other hub as at this one, and to nobody without the inbox', async () => {
    const { here, there, pass, personAt } = await two()
    const [ann, bo, eve] = [
      personAt(here, 'ann', 'one'),
      personAt(there, 'bo', 'one'),
      personAt(there, 'eve', 'two'),
    ]
    await here.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: true }])
    await pass(10_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: false }])
    here.left(ann)
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: null, typing: false }])
    expect(eve.told).toEqual([])
  })

  test('a customer at one hub is told to the agent at the other, and to their chat who types', async () => {
    const { here, there, pass, personAt } = await two()
    const ann = personAt(here, 'ann', 'one')
    const customers: unknown[] = []
    ann.tell = (_, message) => void customers.push(message.customers)
    const typing: (readonly string[])[] = []
    there.visit({}, { conversationId: 'c1', inboxId: 'one' }, true)
    there.watch('c1', agents => typing.push(agents))
    await here.set(ann, { conversationId: 'c1', typing: true })
    await pass(1_000)
    expect(customers.at(-1)).toEqual([{ conversationId: 'c1', here: true, typing: true }])
    expect(typing).toEqual([['ann']])
  })

  test('a hub that starts later is told who is where', async () => {
    const { store, clock } = await smallWorkspace()
    const timers: (() => void)[] = []
    const scheduler = {
      after(_: number, run: () => void) {
        timers.push(run)
        return () => {}
      },
    }
    const made = (id: string) => presenceBoard({ store, now: () => clock.now, newId: () => id }, scheduler)
    const here = made('hub-0')
    const ann = { agentId: 'ann', streams: new Set(['inbox:one' as const]), tell() {} }
    here.joined(ann)
    await here.set(ann, { conversationId: 'c1', typing: false })
    for (const run of timers.splice(0)) run()
    const there = made('hub-1')
    await settled()
    const told: PresenceOf['agents'][] = []
    there.joined({
      agentId: 'bo',
      streams: new Set(['inbox:one' as const]),
      tell: (_, message) => void told.push(message.agents),
    })
    for (const run of timers.splice(0)) run()
    expect(told).toEqual([[{ agentId: 'ann', conversationId: 'c1', typing: false }]])
  })

  test('what was missed is asked for; of a hub that went or fell silent nobody is believed to be anywhere', async () => {
    const { here, there, deaf, pass, personAt } = await two()
    const [ann, bo] = [personAt(here, 'ann', 'one'), personAt(there, 'bo', 'one')]
    await pass(1_000)
    deaf.add(1)
    await here.set(ann, { conversationId: 'c1', typing: false })
    await pass(1_000)
    expect(bo.told).toEqual([])
    deaf.delete(1)
    here.beat()
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: false }])
    // Silent: killed, or cut off.
    await pass(60_000)
    there.beat()
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: null, typing: false }])
    // It was only cut off.
    here.beat()
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: 'c1', typing: false }])
    here.close()
    await pass(1_000)
    expect(bo.told.at(-1)).toEqual([{ agentId: 'ann', conversationId: null, typing: false }])
  })

  test('more than the database carries at once is told in parts, and words that are none are passed over', async () => {
    const { store, clock } = await smallWorkspace()
    const said: string[] = []
    store.onTold(words => said.push(words))
    const scheduler = {
      after(milliseconds: number, run: () => void) {
        if (milliseconds < 1_000) queueMicrotask(run)
        return () => {}
      },
    }
    const [here, there] = ['hub-0', 'hub-1'].map(id =>
      presenceBoard({ store, now: () => clock.now, newId: () => id }, scheduler),
    ) as [PresenceBoard, PresenceBoard]
    for (let n = 0; n < 200; n += 1) {
      const agent = { agentId: 'a'.repeat(36), streams: new Set(['inbox:one' as const]), tell() {} }
      here.joined(agent)
      here.visit({}, { conversationId: 'c'.repeat(36), inboxId: 'i'.repeat(36) }, true)
    }
    await settled()
    expect(said.length).toBeGreaterThan(8)
    expect(Math.max(...said.map(words => words.length))).toBeLessThan(7_000)
    store.tellHubs('{')
    store.tellHubs('{"hub":"x","n":1,"moves":[[1,{"agentId":"a"}]]}')
    await settled()
    here.close()
    there.close()
  })
})
