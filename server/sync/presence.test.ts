import { describe, expect, test } from 'vitest'
import type { PresenceOf } from '#shared/protocol/down.ts'
import { type Onlooker, presenceBoard } from './presence.ts'
import { settled, smallWorkspace } from './testing.ts'

async function board() {
  const { store, clock } = await smallWorkspace()
  const timers: { at: number; run: () => void }[] = []
  const scheduler = {
    after(milliseconds: number, run: () => void) {
      const timer = { at: clock.now + milliseconds, run }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  }
  const presence = presenceBoard(store, () => clock.now, scheduler)
  const pass = async (milliseconds: number) => {
    await settled()
    const until = clock.now + milliseconds
    for (;;) {
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      timers.splice(timers.indexOf(next), 1)
      clock.now = Math.max(clock.now, next.at)
      next.run()
      await settled()
    }
    clock.now = until
  }
  const person = (agentId: string, ...inboxes: string[]): Onlooker & { told: PresenceOf['agents'][] } => {
    const told: PresenceOf['agents'][] = []
    const streams = new Set(inboxes.map(id => `inbox:${id}` as const))
    const onlooker = {
      agentId,
      streams,
      told,
      tell: (_: 'presence', message: PresenceOf) => void told.push(message.agents),
    }
    presence.joined(onlooker)
    return onlooker
  }
  return { presence, pass, person }
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
