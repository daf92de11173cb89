/** Who sends too much is slowed down, loses nothing of what they meant, and holds up nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Channel } from '../../server/channels/channel.ts'
import { chat } from '../../server/channels/chat/index.ts'
import { type ChatLimits, defaultLimits } from '../../server/channels/chat/limits.ts'
import { receiveChat } from '../../server/channels/chat/receive.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { addChatInbox, RawVisitor, secretWord, Tab } from './visitors.ts'

const limits: ChatLimits = {
  ...defaultLimits,
  messages: { burst: 4, perSecond: 4 },
  frames: { burst: 30, perSecond: 100 },
  socketsByAddress: 6,
}
let hub: TestHub
let desk: Desk
const raws: RawVisitor[] = []

beforeAll(async () => {
  const strict: Channel = {
    ...(chat as Channel),
    receive: (host, options) => receiveChat(host, options, limits),
  }
  hub = await startHub({ deps: { channels: new Map([['chat', strict]]) } })
  await addChatInbox(hub, 'web')
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterAll(async () => {
  for (const { socket } of raws) socket.terminate()
  await hub?.close()
})

async function raw(over: object = {}): Promise<RawVisitor> {
  const visitor = new RawVisitor(hub.url)
  raws.push(visitor)
  await visitor.hello('web', over)
  return visitor
}

test('a widget that has much to say says it slower: all of it, once, in order', async () => {
  const tab = new Tab(hub.url, 'web')
  const texts = Array.from({ length: 14 }, (_, index) => `line ${index}`)
  for (const text of texts) tab.say(text)
  await until(() => desk.all('item').length === texts.length)
  const [first] = desk.all('item')
  expect(desk.timeline(first!.conversationId).map(({ text }) => text)).toEqual(texts)
  await until(() => tab.client.lines.every(({ state }) => state === 'sent'))
  expect(tab.sockets.length).toBeGreaterThan(1)
  tab.client.stop()
})

test('a socket that only makes noise is closed, and another visitor writes on', async () => {
  const noisy = await raw()
  for (let at = 0; at < 200; at++) noisy.send({ t: 'typing', on: at % 2 === 0 })
  await until(() => noisy.of('bye')[0])
  expect(noisy.of('bye')[0]).toMatchObject({ why: 'busy' })
  const calm = await raw()
  const id = calm.say('still served')
  await until(() => calm.of('said').some(said => said.id === id))
  calm.socket.terminate()
})

test('one address holds so many sockets and no more; who goes makes room', async () => {
  for (const { socket } of raws.splice(0)) socket.terminate()
  const secret = secretWord()
  const all = await until(async () => {
    for (const { socket } of raws.splice(0)) socket.terminate()
    const opened: RawVisitor[] = []
    for (let at = 0; at < limits.socketsByAddress + 1; at++) opened.push(await raw({ secret }))
    const welcome = opened.filter(each => each.of('welcome').length > 0).length
    return welcome === limits.socketsByAddress ? opened : undefined
  })
  expect(all.at(-1)?.of('bye')).toMatchObject([{ why: 'busy', again: 15_000 }])
})
