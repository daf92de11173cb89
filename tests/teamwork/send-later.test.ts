// What a hub does with messages that wait for their time, on both stores, by a clock of the test's own.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { afterRestore } from '../../server/effects/restored.ts'
import { stores, T, type TeamHub } from './hub.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

describe.each(Object.keys(stores))('on %s', name => {
  let hub: TeamHub
  beforeEach(async () => {
    hub = await stores[name]!()
  })
  afterEach(() => hub.close())

  const stateOf = async (id: string) => (await hub.item(id))?.delivery?.state
  const held = async (id: string) => (await hub.item(id))?.holdReasons.map(({ kind }) => kind)

  test('it stays until its time, then it leaves, goes to the end and has answered', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    await hub.does('bo', 'note.add', { id: 'n1', conversationId: 'c1', text: 'n', attachments: [], at: T })
    await hub.comes('r1', T + HOUR - 1)
    expect(hub.left).toEqual([])
    expect((await hub.conversation()).lastReply).toBeNull()

    await hub.comes('r1', T + HOUR)
    expect(hub.left.map(({ itemId }) => itemId)).toEqual(['r1'])
    expect(await hub.item('r1')).toMatchObject({ seq: 3, at: T + HOUR, delivery: { state: 'sent' } })
    expect((await hub.item('r1'))?.delivery?.later).toBeUndefined()
    expect(await hub.conversation()).toMatchObject({
      lastSeq: 3,
      waitingSince: null,
      lastReply: { seq: 3, agentId: 'ann' },
    })
  })

  test('I2: two hubs that find it due at once send it once', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    await hub.comes('r1', T + HOUR, 2)
    expect(hub.left).toHaveLength(1)
  })

  test('I2: a hub that dies while it leaves makes it uncertain, never sent twice', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    const dies = new Promise<void>(() => undefined)
    const begun = new Promise<void>(resolve => {
      hub.onSend(() => {
        resolve()
        return dies
      })
    })
    void hub.comes('r1', T + HOUR)
    await begun
    hub.onSend(async () => undefined)
    await hub.comes('r1', T + HOUR + MINUTE)
    expect(await stateOf('r1')).toBe('uncertain')
    expect(hub.left).toHaveLength(1)
  })

  const overtaken: [string, string, () => Promise<unknown>][] = [
    ['the customer wrote again', 'wrote-again', () => hub.customerWrites()],
    ['a colleague answered', 'answered', () => hub.send('bo', 'b1')],
    [
      'a colleague resolved it',
      'closed',
      () => hub.does('bo', 'conversation.close', { conversationId: 'c1', at: T }),
    ],
    [
      'a colleague has it',
      'reassigned',
      () => hub.does('bo', 'conversation.claim', { conversationId: 'c1', at: T }),
    ],
    [
      'the customer is another one',
      'merged',
      () =>
        hub.store.write(async tx => {
          await tx.load([key('customer', 'customer')])
          const customer = tx.get('customer', 'customer')!
          tx.put('customer', { ...customer, id: 'other' })
          tx.put('customer', { ...customer, mergedInto: 'other' })
        }),
    ],
  ]
  test.each(overtaken)('S21: it is held at its time when %s', async (_, reason, happens) => {
    await hub.plan('ann', 'r1', T + HOUR)
    await happens()
    await hub.comes('r1', T + HOUR)
    expect(await held('r1')).toEqual([reason])
    expect(hub.left).toEqual([])
    expect((await hub.conversation()).held).toMatchObject([{ itemId: 'r1', agentId: 'ann' }])
  })

  test('S22: it waits behind an earlier reply of its author that is held', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    await hub.plan('ann', 'r2', T + 2 * HOUR)
    await hub.customerWrites()
    await hub.comes('r1', T + HOUR)
    await hub.comes('r2', T + 2 * HOUR)
    expect(await held('r2')).toEqual(['earlier-held'])
  })

  test('S21: one that a hub was away for is sent a little late, and held when it is much too late', async () => {
    await hub.plan('ann', 'little', T + HOUR)
    await hub.comes('little', T + HOUR + 59 * MINUTE)
    expect(await stateOf('little')).toBe('sent')
    await hub.plan('ann', 'much', hub.clock.now + HOUR)
    await hub.comes('much', hub.clock.now + HOUR + 61 * MINUTE)
    expect(await held('much')).toEqual(['too-old'])
  })

  test('undo: what is taken back in time never leaves, and is a draft again', async () => {
    await hub.send('ann', 'r1', { undoSeconds: 10 })
    expect(await hub.cancel('ann', 'r1')).toEqual({ kind: 'done' })
    await hub.comes('r1', T + 10_000)
    expect(hub.left).toEqual([])
    expect(await hub.item('r1')).toBeUndefined()
    expect(await hub.read('draft', 'ann.c1.reply')).toMatchObject({ text: 'r1', agentId: 'ann' })
  })

  test('undo: once it is on its way it stays sent, and its author is told', async () => {
    await hub.send('ann', 'r1', { undoSeconds: 10 })
    let outcome: unknown
    hub.onSend(async () => {
      outcome = await hub.cancel('ann', 'r1')
    })
    await hub.comes('r1', T + 10_000)
    expect(outcome).toMatchObject({ kind: 'refused', code: 'on-its-way' })
    expect(await stateOf('r1')).toBe('sent')
    expect(await hub.read('draft', 'ann.c1.reply')).toBeUndefined()
  })

  test('undo: a customer who writes within the seconds does not hold it, as they would not have a moment earlier', async () => {
    await hub.send('ann', 'r1', { undoSeconds: 10 })
    await hub.customerWrites()
    await hub.comes('r1', T + 10_000)
    expect(await stateOf('r1')).toBe('sent')
  })

  const given = [
    ['handed over with a word', 'ann', 'conversation.hand-over', { summary: 'Wants to know when.' }, 'sent'],
    ['assigned', 'ann', 'conversation.assign', {}, 'sent'],
    ['assigned by somebody else', 'sue', 'conversation.assign', {}, 'held'],
  ] as const
  test.each(given)('undo: what was written before it was %s', async (_, who, name, more, state) => {
    await hub.send('ann', 'r1', { undoSeconds: 10 })
    const args = { conversationId: 'c1', agentId: 'bo', from: null, at: T, ...more }
    expect(await hub.does(who, name, args as never)).toEqual({ kind: 'done' })
    await hub.comes('r1', T + 10_000)
    expect(await stateOf('r1')).toBe(state)
  })

  test('send now, and another time, replace the time that was chosen', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    const at = async (sendAt: number) =>
      hub.does('ann', 'reply.reschedule', {
        itemId: 'r1',
        conversationId: 'c1',
        customerId: 'customer',
        inboxId: 'one',
        channel: 'email',
        sendAt,
        basis: await hub.basis(),
      })
    await at(T + 3 * HOUR)
    await hub.comes('r1', T + HOUR)
    expect(hub.left).toEqual([])
    await at(hub.clock.now)
    await hub.comes('r1', hub.clock.now)
    expect(await stateOf('r1')).toBe('sent')
  })

  test('S5: a hub that was restored from a backup asks a person about what waited', async () => {
    await hub.plan('ann', 'r1', T + HOUR)
    await afterRestore(hub.store, T + MINUTE)
    await hub.comes('r1', T + HOUR)
    expect(await stateOf('r1')).toBe('uncertain')
    expect(hub.left).toEqual([])
  })
})
