/** Phone and social networks in the demonstration's past, as a hub keeps them and a desk sees them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgent } from '../../server/admin/people.ts'
import { everybody } from '../../server/demo/background.ts'
import { dialogueThreads } from '../../server/demo/dialogue-threads.ts'
import { elsewhere, type Place } from '../../server/demo/elsewhere.ts'
import { playOver } from '../../server/demo/play.ts'
import { random } from '../../server/demo/random.ts'
import { agents, inboxes, website } from '../../server/demo/script.ts'
import { addChatInbox } from '../chat/visitors.ts'
import { type Desk, password, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'

/** Some calls, and a talk on each network. */
const threads = (() => {
  const all = dialogueThreads(300, everybody(random(20_261_121)), random(20_261_123))
  const of = (place: Place, count: number) => all.filter(thread => thread.place === place).slice(0, count)
  return [...of('phone', 3), ...of('whatsapp', 1), ...of('wechat', 1), ...of('instagram', 1)]
})()
let hub: TestHub
let desk: Desk

beforeAll(async () => {
  hub = await startHub()
  for (const { address } of Object.values(inboxes)) await hub.addInbox(address)
  await addChatInbox(hub, website.address)
  const { database, vault, folder, secrets } = hub.parts
  const ground = { data: folder, database, store: hub.store, vault, close: async () => undefined }
  const inboxIds = (await hub.store.all('inbox')).map(({ id }) => id)
  for (const agent of Object.values(agents)) await addAgent(ground, { ...agent, password, inboxIds })
  const stage = { ...ground, secrets, blobs: hub.blobs, takeDeliveries: () => [] }
  const keep = { begun: 0, save: async () => undefined, rest: async () => true }
  const ends = Date.now() - 86_400_000
  await playOver(
    stage,
    threads.map(thread => ({ thread, ends })),
    keep,
  )
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterAll(() => hub?.close())

const places = new Set(elsewhere.map(({ manifest }) => manifest.id))

test('is there, closed, with nobody waiting, each call and comment as it was', async () => {
  await until(() => desk.all('conversation').length === threads.length)
  const conversations = desk.all('conversation')
  expect(new Set(conversations.map(({ channel }) => channel))).toEqual(places)
  for (const conversation of conversations) {
    expect(conversation).toMatchObject({ status: 'closed', waitingSince: null })
    const messages = desk.timeline(conversation.id).filter(({ kind }) => kind === 'message')
    expect(messages.length).toBeGreaterThan(0)
    for (const { call, delivery } of messages) {
      expect(call !== undefined).toBe(conversation.channel === 'phone')
      expect(delivery).toBeNull()
    }
  }
  const spoken = desk.all('item').filter(({ call }) => call?.outcome === 'answered')
  const colleagues = new Set(desk.all('agent').map(({ id }) => id))
  for (const { call } of spoken) expect(colleagues.has(call!.agentId!)).toBe(true)
})

test('cannot be answered there: a reply is refused before anything of it is kept', async () => {
  const [conversation] = desk.all('conversation')
  const { id, outcome } = await desk.reply(conversation!.id, 'Hello?')
  expect(outcome).toMatchObject({ kind: 'refused', code: 'invalid' })
  expect(await hub.store.read('item', [id])).toEqual([])
})
