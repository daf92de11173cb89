import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { key } from '#shared/model/row.ts'
import { conversation, message } from '../../server/sync/testing.ts'
import { type Desk, startHub, type TestHub } from './hub.ts'
import { until } from './until.ts'

let hub: TestHub
let support: string
let sales: string
beforeAll(async () => {
  hub = await startHub({ config: { session: { firstPageRows: 40, pageRows: 40 } } })
  support = await hub.addInbox('support@skein.example')
  sales = await hub.addInbox('sales@skein.example')
  await hub.addAgent('ann', 'agent', [support])
  await hub.addAgent('bo', 'agent', [support, sales])
  await hub.addAgent('cy', 'agent', [support])
  await hub.store.write(async tx => {
    tx.put('customer', {
      id: 'customer',
      name: 'Maria',
      company: '',
      language: '',
      timeZone: '',
      tier: '',
      note: '',
      mergedInto: null,
      createdAt: Date.now(),
    })
    tx.put('identity', {
      id: 'identity',
      customerId: 'customer',
      channel: 'email',
      address: 'maria@customer.example',
      name: 'Maria',
      createdAt: Date.now(),
    })
  })
})
afterAll(() => hub?.close())

async function newConversation(inboxId: string, items = 1): Promise<string> {
  const id = uuidv7()
  const each = conversation(id, inboxId, { lastSeq: items, activityAt: Date.now(), createdAt: Date.now() })
  await hub.store.write(async tx => {
    for (let seq = 1; seq <= items; seq++)
      tx.put('item', message(`${id}-${seq}`, each, seq, { at: Date.now() }))
    tx.put('conversation', each)
  })
  return id
}

const note = (conversationId: string, text: string) => ({
  id: uuidv7(),
  conversationId,
  text,
  attachments: [],
  at: Date.now(),
})
const has = (desk: Desk, type: string, id: string) => until(() => desk.rows.has(`${type}:${id}`))

describe('over a real socket, on PostgreSQL', () => {
  test('a note of one desk is on the other without asking, and acknowledged on its own only', async () => {
    const [ann, bo] = [await hub.desk('ann'), await hub.desk('bo')]
    const id = await newConversation(support)
    await has(ann, 'conversation', id)
    const words = note(id, 'Call her back')
    expect(await ann.mutate('note.add', words)).toEqual({ kind: 'done' })
    await has(bo, 'item', words.id)
    expect(bo.row('item', words.id)?.text).toBe('Call her back')
    expect(bo.acknowledged.size).toBe(0)
    expect(ann.row('conversation', id)?.lastSeq).toBe(bo.row('conversation', id)?.lastSeq)
  })

  test('I5: an agent without the inbox gets none of its rows and may change none', async () => {
    const [ann, bo] = [await hub.desk('ann'), await hub.desk('bo')]
    const secret = await newConversation(sales)
    await has(bo, 'conversation', secret)
    // Something in a shared inbox after it proves that ann's desk is past that point.
    const shared = await newConversation(support)
    await has(ann, 'conversation', shared)
    expect(ann.rows.has(`conversation:${secret}`)).toBe(false)
    expect([...ann.rows.values()].some(row => JSON.stringify(row.doc).includes(secret))).toBe(false)
    expect(await ann.mutate('note.add', note(secret, 'x'))).toEqual({ kind: 'refused', code: 'not-found' })
    expect(await ann.mutate('conversation.claim', { conversationId: secret, at: Date.now() })).toMatchObject({
      code: 'not-found',
    })
    ann.send('older', { request: 1, conversationId: secret, beforeSeq: 5 })
    const answer = await until(() => ann.patches.find(patch => patch.answers === 1))
    expect(answer.rows).toEqual([])
  })

  test('S15: of two who claim at once one has it, and the other is told who', async () => {
    const [ann, bo] = [await hub.desk('ann'), await hub.desk('bo')]
    for (let round = 0; round < 5; round++) {
      const id = await newConversation(support)
      await Promise.all([has(ann, 'conversation', id), has(bo, 'conversation', id)])
      const claim = { conversationId: id, at: Date.now() }
      const outcomes = await Promise.all([
        ann.mutate('conversation.claim', claim),
        bo.mutate('conversation.claim', claim),
      ])
      const [row] = await hub.store.read('conversation', [id])
      const winner = row?.assigneeId
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused'])
      expect(outcomes.find(({ kind }) => kind === 'refused')).toEqual({
        kind: 'refused',
        code: 'taken',
        params: { agentId: winner },
      })
    }
  })

  test('S12: a gap, a copied profile and another epoch are told, and nothing of the push is done', async () => {
    const desk = await hub.desk('ann')
    const id = await newConversation(support)
    const push = (n: number, mutationId: string, deviceEpoch = 1) =>
      desk.send('push', {
        deviceEpoch,
        mutations: [{ n, id: mutationId, name: 'note.add', args: note(id, 'x') }],
      })
    push(2, 'gap')
    push(1, 'first')
    await until(() => desk.acknowledged.get('first'))
    push(1, 'another')
    push(2, 'old-epoch', 7)
    await until(() => desk.refusals.length === 3)
    expect(desk.refusals).toEqual([
      { kind: 'gap', expected: 1 },
      { kind: 'copied', expected: 2 },
      { kind: 'wrong-epoch', expected: 2 },
    ])
    expect((await hub.store.read('conversation', [id]))[0]?.lastSeq).toBe(2)
  })

  test('I1: what was acknowledged, or only run, is there after a reconnect, once', async () => {
    const first = await hub.desk('ann')
    const id = await newConversation(support)
    await has(first, 'conversation', id)
    first.stores = false
    const mutations = [1, 2, 3].map(n => ({
      n: first.n + n,
      id: uuidv7(),
      name: 'note.add',
      args: note(id, `note ${n}`),
    }))
    first.send('push', { deviceEpoch: 1, mutations })
    await until(async () => (await hub.store.read('conversation', [id]))[0]?.lastSeq === 4)
    first.close()

    const again = hub.socket(first.session)
    again.hello({ cursors: [...first.cursors.values()], deviceEpoch: 1, confirmed: 0 })
    await again.live()
    expect(again.welcome?.lastN).toBe(3)
    again.send('push', { deviceEpoch: 1, mutations })
    const last = await again.mutate('note.add', note(id, 'after'))
    expect(last).toEqual({ kind: 'done' })
    expect(mutations.map(mutation => again.acknowledged.get(mutation.id)?.outcome)).toEqual([
      { kind: 'done' },
      { kind: 'done' },
      { kind: 'done' },
    ])
    expect((await hub.store.read('conversation', [id]))[0]?.lastSeq).toBe(5)
  })

  test('S6: first sync comes in pages and goes on where it was cut', async () => {
    const ids = []
    for (let index = 0; index < 30; index++) ids.push(await newConversation(support, 5))
    const session = await hub.signIn('cy')
    const first = hub.socket(session)
    first.stores = false // so that the hub stops after a few pages
    first.hello()
    await until(() => first.patches.length === 4)
    first.close()
    const second = hub.socket(session)
    second.hello({
      cursors: [...first.cursors.values()],
      pages: [...first.pages].map(([stream, token]) => ({ stream, token })),
    })
    await second.live()
    const got = new Set([...first.rows.keys(), ...second.rows.keys()])
    for (const id of ids) {
      expect(got).toContain(`conversation:${id}`)
      for (let seq = 1; seq <= 5; seq++) expect(got).toContain(`item:${id}-${seq}`)
    }
    const twice = [...first.rows.keys()].filter(name => name.startsWith('item:') && second.rows.has(name))
    expect(twice).toEqual([])
  })

  test('S9: an inbox that is given comes, one that is taken ends, while the desk is connected', async () => {
    await hub.addAgent('dee', 'agent', [support])
    const desk = await hub.desk('dee')
    const secret = await newConversation(sales)
    const grant = async (inboxIds: string[]) =>
      hub.store.write(async tx => {
        await tx.load([key('agent', desk.session.agentId)])
        tx.put('agent', { ...tx.get('agent', desk.session.agentId)!, inboxIds })
      })
    await grant([support, sales])
    await has(desk, 'conversation', secret)
    await grant([sales])
    await until(
      () => desk.welcome?.streams,
      streams => !streams.includes(`inbox:${support}`),
    )
    const after = await newConversation(support)
    const proof = await newConversation(sales)
    await has(desk, 'conversation', proof)
    expect(desk.rows.has(`conversation:${after}`)).toBe(false)
  })

  test('S24: who looks and who types is told to those who share the inbox, and ends with the connection', async () => {
    const [ann, bo] = [await hub.desk('ann'), await hub.desk('bo')]
    const [shared, secret] = [await newConversation(support), await newConversation(sales)]
    const seenBy = (desk: Desk, agentId: string) =>
      desk.presence.flatMap(({ agents }) => agents).findLast(entry => entry.agentId === agentId)
    bo.send('presence', { conversationId: shared, typing: true })
    const seen = await until(() => seenBy(ann, bo.session.agentId))
    expect(seen).toEqual({ agentId: bo.session.agentId, conversationId: shared, typing: true })
    bo.send('presence', { conversationId: secret, typing: true })
    await until(() => seenBy(ann, bo.session.agentId)?.conversationId === null)
    bo.send('presence', { conversationId: shared, typing: false })
    await until(() => seenBy(ann, bo.session.agentId)?.conversationId === shared)
    bo.close()
    await until(() => seenBy(ann, bo.session.agentId)?.conversationId === null)
    expect(JSON.stringify(ann.presence)).not.toContain(secret)
  })

  test('S25: a live hub beats; a second connection of a device ends the first', async () => {
    const desk = await hub.desk('ann')
    await until(() => desk.heartbeats.length > 0)
    const twin = hub.socket(desk.session)
    twin.hello()
    await twin.live()
    expect((await until(() => desk.goodbye)).kind).toBe('hub-busy')
    expect(twin.goodbye).toBeUndefined()
  })

  test('through a proxy the same comes compressed', async () => {
    const beside = await hub.desk('ann')
    const away = hub.socket(await hub.signIn('ann'), { 'x-forwarded-for': '203.0.113.9' })
    away.hello()
    await away.live()
    const extensions = ({ socket }: Desk) =>
      (socket.io.engine.transport as unknown as { ws: { extensions: string } }).ws.extensions
    expect([extensions(beside), extensions(away)]).toEqual(['', 'permessage-deflate'])
    expect([...away.rows.keys()].toSorted()).toEqual([...beside.rows.keys()].toSorted())
  })

  test('what is not a message ends the connection and says which field does not fit', async () => {
    const desk = await hub.desk('ann')
    desk.socket.emit('push', { deviceEpoch: 1, mutations: 'all of them' })
    expect(await until(() => desk.goodbye)).toMatchObject({
      kind: 'invalid',
      params: { field: 'push.mutations' },
    })
    const other = await hub.desk('ann')
    other.socket.emit('stored', { patch: 999_999, confirmed: 0 })
    expect((await until(() => other.goodbye)).kind).toBe('invalid')
  })
})
