/** S27 in the chat: files come and go byte for byte, each to whom they are for and to nobody else. */
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Channel } from '../../server/channels/channel.ts'
import { fileBytes } from '../../server/channels/chat/file-types.ts'
import { chat } from '../../server/channels/chat/index.ts'
import { type ChatLimits, defaultLimits } from '../../server/channels/chat/limits.ts'
import { receiveChat } from '../../server/channels/chat/receive.ts'
import { memoryStorage } from '../../server/channels/chat/widget/storage.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { upload } from '../hub/upload.ts'
import { addChatInbox, filesUrl, here, secretWord, signed, Tab } from './visitors.ts'

const SECRET = 'a secret of the host site, 32 letters or more'
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const bytes = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size))
const hash = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex')

let hub: TestHub
let desk: Desk
const tabs: Tab[] = []

beforeAll(async () => {
  const limits: ChatLimits = { ...defaultLimits, fileBytesOfVisitor: { burst: 300_000, perSecond: 1 } }
  const strict: Channel = {
    ...(chat as Channel),
    receive: (host, options) => receiveChat(host, options, limits),
  }
  hub = await startHub({ deps: { channels: new Map([['chat', strict]]) } })
  await addChatInbox(hub, 'web', { secret: SECRET })
  await addChatInbox(hub, 'no-files', { files: false })
  await addChatInbox(hub, 'only-shop', { origins: ['https://shop.example'] })
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterEach(() => {
  for (const { client } of tabs.splice(0)) client.stop()
})
afterAll(() => hub?.close())

function tab(kept = memoryStorage(), token: string | null = null): Tab {
  const opened = new Tab(hub.url, 'web', kept, token)
  tabs.push(opened)
  return opened
}
const itemWith = (name: string) =>
  until(() => desk.all('item').find(item => item.attachments.some(file => file.name === name)))
const lineOf = (of: Tab, name: string) =>
  of.client.lines.find(line => line.files.some(file => file.name === name))
const shows = (of: Tab, name: string) => until(() => lineOf(of, name))
const fetched = async (of: Tab, name: string): Promise<Buffer | null> => {
  const line = await shows(of, name)
  const blob = await of.client.files.fetch(line.item, line.id, line.files[0]!)
  return blob && Buffer.from(await blob.arrayBuffer())
}

/** A request as anybody can make it. */
async function bring(over: {
  inbox?: string
  name?: string
  body?: Uint8Array<ArrayBuffer>
  origin?: string
  head?: string
  token?: string
}): Promise<{ status: number; why: string }> {
  const say = {
    t: 'say',
    id: crypto.randomUUID(),
    text: '',
    writtenAt: Date.now(),
    name: '',
    email: '',
    form: false,
    at: here,
  }
  const { inbox = 'web', name = 'a.txt', body = bytes(10), token } = over
  const head =
    over.head ?? JSON.stringify({ inbox, secret: secretWord(), ...(token ? { token } : {}), say, name })
  const answer = await fetch(`${filesUrl(hub.url)}file`, {
    method: 'POST',
    body: new Blob([head, '\n', body]),
    headers: over.origin ? { origin: over.origin } : {},
  })
  const { why = '' } = (await answer.json()) as { why?: string }
  return { status: answer.status, why }
}

describe('a visitor sends a file', () => {
  test('and it is a message with an attachment, once, byte for byte, also when it was brought without an answer', async () => {
    const visitor = tab()
    const content = bytes(120_000)
    visitor.say('Here is the log.')
    visitor.bring('../../etc/Übersicht 照片.txt', content)
    const item = await itemWith('Übersicht 照片.txt')
    expect(item).toMatchObject({
      direction: 'in',
      channel: 'chat',
      text: '',
      attachments: [{ type: 'text/plain', size: content.length, sha256: hash(content), contentId: null }],
    })
    expect(await hub.blobs.size(hash(content))).toBe(content.length)
    const line = await shows(visitor, 'Übersicht 照片.txt')
    expect(line).toMatchObject({ mine: true, state: 'sent' })
    await until(() => visitor.client.files.all.length === 0)
    expect(desk.row('conversation', item.conversationId)?.preview).toBe('Übersicht 照片.txt')
  })

  test('chosen without a network it waits, with what was chosen, and goes when there is one', async () => {
    const visitor = tab()
    visitor.client.start()
    await until(() => visitor.client.connected)
    visitor.lose()
    visitor.bring('later.txt', bytes(500))
    await until(() => visitor.client.lines.some(({ going, state }) => going && state === 'waiting'))
    visitor.find()
    await itemWith('later.txt')
    await shows(visitor, 'later.txt')
    expect(desk.all('item').filter(item => item.attachments[0]?.name === 'later.txt')).toHaveLength(1)
  })

  test('a picture is one by its bytes, and what only calls itself so is octets', async () => {
    const visitor = tab()
    visitor.bring('dot.png', new Uint8Array(PNG))
    visitor.bring('page.png', new TextEncoder().encode('<svg onload=alert(1)>'))
    expect((await itemWith('dot.png')).attachments[0]?.type).toBe('image/png')
    expect((await itemWith('page.png')).attachments[0]?.type).toBe('application/octet-stream')
  })

  test('what is not taken says why, and the choice stays to be tried or thrown away', async () => {
    const visitor = tab()
    const id = visitor.bring('page.html', bytes(5))
    const refused = () => visitor.client.lines.find(line => line.id === id && line.state === 'refused')
    await until(refused)
    expect(refused()?.going).toMatchObject({ why: 'wrong-type', file: { name: 'page.html' } })
    visitor.client.discard(id)
    expect(refused()).toBeUndefined()
  })

  test('kinds, sizes, sites, tokens and switches are looked at here, whatever the widget said before', async () => {
    expect(await bring({ name: 'x.svg' })).toEqual({ status: 415, why: 'wrong-type' })
    expect(await bring({ name: 'x.exe' })).toEqual({ status: 415, why: 'wrong-type' })
    expect(await bring({ name: 'constructor' })).toEqual({ status: 415, why: 'wrong-type' })
    expect(await bring({ body: new Uint8Array(0) })).toEqual({ status: 415, why: 'wrong-type' })
    expect(await bring({ body: new Uint8Array(fileBytes + 1) })).toEqual({ status: 413, why: 'too-large' })
    expect(await bring({ inbox: 'no-files' })).toEqual({ status: 403, why: 'not-allowed' })
    expect(await bring({ inbox: 'only-shop', origin: 'https://evil.example' })).toEqual({
      status: 403,
      why: 'not-allowed',
    })
    expect(await bring({ inbox: 'nowhere' })).toEqual({ status: 404, why: 'no-inbox' })
    expect(await bring({ token: 'nonsense' })).toEqual({ status: 401, why: 'bad-token' })
    for (const head of ['', '{}', '{"say":1}', 'x'.repeat(20_000)])
      expect(await bring({ head })).toEqual({ status: 400, why: 'not-understood' })
  })

  test('so many bytes of one visitor and no more; another one is not held up', async () => {
    const greedy = tab()
    for (const name of ['1.txt', '2.txt', '3.txt']) greedy.bring(name, bytes(140_000))
    await itemWith('2.txt')
    await until(() =>
      greedy.client.lines.some(({ going, state }) => going?.file.name === '3.txt' && state === 'waiting'),
    )
    tab().bring('calm.txt', bytes(1_000))
    await itemWith('calm.txt')
    expect(desk.all('item').some(item => item.attachments[0]?.name === '3.txt')).toBe(false)
  })
})

describe('an agent sends a file', () => {
  async function answered(visitor: Tab, name: string, content: Uint8Array<ArrayBuffer>) {
    const question = `Do you have ${name}?`
    visitor.say(question)
    const asked = await until(() => desk.all('item').find(({ text }) => text === question))
    const file = await upload(hub, desk, name, 'application/pdf', content)
    const { outcome } = await desk.reply(asked.conversationId, 'Here it is.', { attachments: [file] })
    expect(outcome).toEqual({ kind: 'done' })
    return { file, conversationId: asked.conversationId }
  }

  test('and its visitor gets it, in every tab and after coming back, as octets to be kept', async () => {
    const kept = memoryStorage()
    const visitor = tab(kept)
    const content = bytes(50_000)
    const { file } = await answered(visitor, 'offer.pdf', content)
    expect(await fetched(visitor, 'offer.pdf')).toEqual(Buffer.from(content))
    visitor.client.stop()
    const back = tab(kept)
    back.client.start()
    const line = await shows(back, 'offer.pdf')
    expect(line.text).toBe('Here it is.')
    expect(await fetched(back, 'offer.pdf')).toEqual(Buffer.from(content))
    const secret = kept.get('skein-chat:web:secret')
    const answer = await fetch(`${filesUrl(hub.url)}file/of`, {
      method: 'POST',
      body: JSON.stringify({ inbox: 'web', secret, item: line.item, sha256: file.sha256 }),
    })
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-length': String(content.length),
    })
  })

  test('knowing its address gives another visitor nothing, and neither does knowing its hash', async () => {
    const visitor = tab()
    const { file, conversationId } = await answered(visitor, 'secret.pdf', bytes(1_000))
    const line = await shows(visitor, 'secret.pdf')
    const other = tab()
    other.say('I am somebody else')
    const own = await until(() => other.client.lines.find(({ item }) => item !== ''))
    expect(await other.client.files.fetch(line.item, line.id, line.files[0]!)).toBeNull()
    expect(await other.client.files.fetch(own.item, own.id, line.files[0]!)).toBeNull()
    const asSomebody = tab(memoryStorage(), await signed({ sub: 'user-7' }, SECRET))
    expect(await asSomebody.client.files.fetch(line.item, line.id, line.files[0]!)).toBeNull()
    // A note's file is for colleagues, whoever asks.
    const note = crypto.randomUUID()
    await desk.mutate('note.add', {
      id: note,
      conversationId,
      text: 'n',
      attachments: [file],
      at: Date.now(),
    })
    await until(() => desk.row('item', note))
    expect(await visitor.client.files.fetch(note, '', line.files[0]!)).toBeNull()
    expect(await visitor.client.files.fetch(line.item, line.id, line.files[0]!)).not.toBeNull()
  })
})
