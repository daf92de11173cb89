/** What a visitor thinks of a conversation that was closed, from the widget's own client to a desk, on a real hub. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { memoryStorage } from '../../server/channels/chat/widget/storage.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { addChatInbox, RawVisitor, Tab } from './visitors.ts'

let hub: TestHub
let desk: Desk
const tabs: Tab[] = []
const raws: RawVisitor[] = []

beforeAll(async () => {
  hub = await startHub()
  await addChatInbox(hub, 'web')
  await addChatInbox(hub, 'quiet', { survey: false })
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterEach(() => {
  for (const { client } of tabs.splice(0)) client.stop()
  for (const { socket } of raws.splice(0)) socket.terminate()
})
afterAll(() => hub?.close())

const tab = (inbox = 'web', kept = memoryStorage()): Tab => {
  const opened = new Tab(hub.url, inbox, kept)
  tabs.push(opened)
  return opened
}

/** A visitor who asked, and was answered. */
async function answered(opened: Tab): Promise<string> {
  const text = `Is it in stock? ${randomUUID()}`
  opened.say(text)
  const { conversationId } = await until(() => desk.all('item').find(item => item.text === text))
  await desk.reply(conversationId, 'It is.')
  await until(() => opened.texts.includes('It is.'))
  return conversationId
}
const close = (conversationId: string) =>
  desk.mutate('conversation.close', { conversationId, at: Date.now() })
const conversation = (id: string) => desk.row('conversation', id)!
const ratings = (conversationId: string) =>
  desk.all('item').filter(item => item.conversationId === conversationId && item.score !== undefined)

test('is asked for when somebody had answered and it is closed, and stands in the conversation and its timeline', async () => {
  const visitor = tab()
  const id = await answered(visitor)
  expect(visitor.client.rating).toBeUndefined()
  await close(id)
  await until(() => visitor.client.rating)
  expect(visitor.client.rating).toEqual({ conversation: id, score: null })
  const before = conversation(id)

  visitor.client.rate(4, '')
  await until(() => conversation(id).rating)
  visitor.client.rate(5, ' It came\r\nthe next day. ')
  await until(() => conversation(id).rating?.score === 5)
  const [item, ...others] = ratings(id)
  expect(others).toEqual([])
  expect(item).toMatchObject({
    kind: 'event',
    score: 5,
    text: 'It came\nthe next day.',
    direction: 'internal',
  })
  expect(item!.author).toEqual({ kind: 'customer', identityId: before.identityId })
  // Nothing is opened by it, and nobody waits.
  const { status, waitingSince, lastInbound, activityAt, preview } = before
  expect(conversation(id)).toMatchObject({ status, waitingSince, lastInbound, activityAt, preview })
  expect(conversation(id).rating).toMatchObject({ score: 5, itemId: item!.id })
})

test('is kept without a network, also over a reload, and then said once', async () => {
  const kept = memoryStorage()
  const visitor = tab('web', kept)
  const id = await answered(visitor)
  await close(id)
  await until(() => visitor.client.rating)
  visitor.lose()
  await until(() => !visitor.client.connected)
  visitor.client.rate(2, 'too slow')
  expect(visitor.client.rating).toEqual({ conversation: id, score: 2 })
  visitor.client.stop()

  const later = tab('web', kept)
  later.client.start()
  await until(() => conversation(id).rating?.score === 2)
  await until(() => kept.keys().every(key => !key.endsWith(':rate')))
  expect(ratings(id).map(({ text }) => text)).toEqual(['too slow'])
})

test('goes when the conversation goes on, and is asked for anew when it is closed again', async () => {
  const visitor = tab()
  const id = await answered(visitor)
  await close(id)
  await until(() => visitor.client.rating)
  visitor.client.rate(1, '')
  await until(() => conversation(id).rating)
  visitor.say('One more thing')
  await until(() => visitor.client.rating === undefined)
  await close(id)
  await until(() => visitor.client.rating)
  expect(visitor.client.rating?.score).toBeNull()
  visitor.client.rate(5, '')
  await until(() => conversation(id).rating?.score === 5)
  expect(
    ratings(id)
      .map(({ score }) => score)
      .sort(),
  ).toEqual([1, 5])
})

test('is nobody else’s to give, and none while the conversation is open or where nobody is asked', async () => {
  const visitor = tab()
  const id = await answered(visitor)
  const stranger = new RawVisitor(hub.url)
  raws.push(stranger)
  await stranger.hello('web')
  const word = randomUUID()
  stranger.send({ t: 'rate', id: word, conversation: id, score: 1, words: 'mine' })
  await until(() => stranger.of('rated').find(rated => rated.id === word))
  expect(stranger.of('end')).toEqual([])
  visitor.client.rate(3, '') // it is open: nothing was asked
  expect(visitor.frames.filter(frame => frame.includes('"rate"'))).toEqual([])

  await close(id)
  await until(() => visitor.client.rating)
  stranger.send({ t: 'rate', id: randomUUID(), conversation: id, score: 1, words: 'mine' })
  await until(() => stranger.of('rated').length === 2)
  expect(conversation(id).rating).toBeUndefined()

  const quiet = tab('quiet')
  const other = await answered(quiet)
  await close(other)
  quiet.say('thanks')
  await until(() => conversation(other).status === 'open')
  expect(quiet.client.rating).toBeUndefined()
})
