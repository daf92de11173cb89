/** Where the chat becomes mail: what is left while nobody is there, and the transcript. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { memoryStorage } from '../../server/channels/chat/widget/storage.ts'
import { type Customers, startCustomers } from '../hub/customers.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { addChatInbox, filesUrl, here, secretWord, signed, Tab } from './visitors.ts'

const SECRET = 'a secret of the host site, 32 letters or more'
let hub: TestHub
let desk: Desk
let customers: Customers
let support: string
const tabs: Tab[] = []

beforeAll(async () => {
  customers = await startCustomers()
  hub = await startHub()
  support = await hub.addInbox('support@skein.example', customers.url)
  await hub.addInbox('other@skein.example', customers.url)
  await addChatInbox(hub, 'web', { secret: SECRET })
  await addChatInbox(hub, 'lost', { mailbox: 'nobody@skein.example' })
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterEach(() => {
  for (const { client } of tabs.splice(0)) client.stop()
})
afterAll(async () => {
  await hub?.close()
  await customers?.close()
})

function tab(token: string | null = null, inbox = 'web', kept = memoryStorage()): Tab {
  const opened = new Tab(hub.url, inbox, kept, token)
  tabs.push(opened)
  return opened
}
const unique = (word: string): string => `${word} ${randomUUID()}`
const address = (): string => `${randomUUID()}@customer.example`
const itemOf = (text: string) => until(() => desk.all('item').find(item => item.text === text))
const mailsTo = (to: string) => customers.arrived.filter(({ recipients }) => recipients.includes(to))
/** A file for that letter, from a browser that did not write it. */
async function bringWith(letter: string, email: string): Promise<number> {
  const say = { t: 'say', id: randomUUID(), text: '', writtenAt: 1, name: '', email, form: true, at: here }
  const head = JSON.stringify({ inbox: 'web', secret: secretWord(), say, name: 'd.csv', letter })
  const body = new Blob([head, '\n', 'd'])
  return (await fetch(`${filesUrl(hub.url)}file`, { method: 'POST', body })).status
}
const lineOf = (of: Tab, text: string) => of.client.lines.find(line => line.text === text)

describe('a message that was left with an address', () => {
  test('is a letter from there, answered by mail, and its answer joins it', async () => {
    const kept = memoryStorage()
    const visitor = tab(null, 'web', kept)
    const [text, to] = [unique('Is the blue one in stock?'), address()]
    visitor.say(text, true, to.toUpperCase())
    const item = await itemOf(text)
    const conversation = desk.row('conversation', item.conversationId)!
    expect(item).toMatchObject({
      channel: 'email',
      inboxId: support,
      mail: { from: { address: to }, automatic: 'no', sender: 'unverified' },
    })
    expect(conversation).toMatchObject({
      status: 'open',
      visit: { title: 'Bikes', typedEmail: to.toUpperCase() },
    })
    expect(conversation.subject).toMatch(/^Message from the website: Is the blue one in stock\?/)
    expect(desk.row('identity', conversation.identityId)).toMatchObject({ channel: 'email', address: to })

    await desk.reply(item.conversationId, 'Yes, four of them.')
    const [answer] = await until(() => (mailsTo(to).length > 0 ? mailsTo(to) : undefined))
    expect(answer!.subject).toMatch(/^(Re: )?Message from the website/)
    const thanks = unique('Thanks')
    await customers.write(hub.smtp, {
      from: to,
      to: 'support@skein.example',
      subject: `Re: ${answer!.subject}`,
      inReplyTo: answer!.messageId!,
      text: thanks,
    })
    const more = await until(() => desk.all('item').find(each => each.text.includes(thanks)))
    expect(more.conversationId).toBe(item.conversationId)

    // The page says where the answer comes to, also after it was loaded anew, and the chat itself holds nothing of it.
    await until(() => lineOf(visitor, text)?.mailed === to)
    const back = tab(null, 'web', kept)
    expect(lineOf(back, text)).toMatchObject({ state: 'sent', mailed: to })
    expect(desk.all('item').filter(each => each.text === text)).toHaveLength(1)
  })

  test('S19: said again after a break it is there once', async () => {
    const visitor = tab()
    const [text, to] = [unique('twice'), address()]
    const id = visitor.say(text, true, to)
    await itemOf(text)
    const frame = visitor.frames.find(each => each.includes(id))!
    await until(() => lineOf(visitor, text)?.mailed)
    visitor.sockets.at(-1)!.send(frame)
    const after = unique('after')
    visitor.say(after, true, to)
    await itemOf(after)
    expect(desk.all('item').filter(each => each.text === text)).toHaveLength(1)
  })

  test('has its files, once, also when the line was cut meanwhile, and the browser goes on naming them', async () => {
    const kept = memoryStorage()
    const visitor = tab(null, 'web', kept)
    const content = Buffer.from(randomUUID())
    const [text, to] = [unique('With two files'), address()]
    visitor.lose()
    const id = visitor.leave(text, to, [new File([content], '照片 1.png.txt'), new File(['b'], 'b.csv')])
    visitor.find()
    const item = await itemOf(text)
    const files = await until(
      () => desk.row('item', item.id)?.attachments,
      attachments => attachments?.length === 2,
    )
    expect(files).toMatchObject([{ name: '照片 1.png.txt', size: content.length }, { name: 'b.csv' }])
    expect(await readFile(hub.blobs.path(files![0]!.sha256))).toEqual(content)

    const names = (of: Tab) => of.client.lines.flatMap(({ going }) => (going ? [going.file.name] : []))
    await until(() => visitor.client.files.all.length === 0)
    expect(names(visitor)).toEqual(['照片 1.png.txt', 'b.csv'])
    expect(names(tab(null, 'web', kept))).toEqual(['照片 1.png.txt', 'b.csv'])
    // In no chat, and no message without words.
    expect(
      desk.all('item').filter(({ conversationId }) => conversationId === item.conversationId),
    ).toHaveLength(1)
    expect(desk.all('item').filter(({ attachments }) => attachments.length > 0)).toHaveLength(1)

    // S27: of the letter of another browser, whatever it was said with, nothing is known.
    expect(await bringWith(id, to)).toBe(429)
    expect(desk.row('item', item.id)?.attachments).toHaveLength(2)
  })

  test('that cannot be one, for there is no inbox for it, is a chat with its files', async () => {
    const visitor = tab(null, 'lost')
    const text = unique('lost with a file')
    visitor.leave(text, address(), [new File(['b'], `${text}.csv`)])
    const item = await itemOf(text)
    const file = await until(() =>
      desk.all('item').find(({ attachments }) => attachments[0]?.name === `${text}.csv`),
    )
    expect(file).toMatchObject({ channel: 'chat', conversationId: item.conversationId })
  })

  test('makes nobody a known customer: the chat of who typed the address stays somebody else', async () => {
    const to = address()
    await customers.write(hub.smtp, {
      from: to,
      to: 'support@skein.example',
      subject: 'Hello',
      text: unique('mail'),
    })
    const known = await until(() => desk.all('identity').find(each => each.address === to))
    const visitor = tab()
    const [chatted, left] = [unique('chat'), unique('letter')]
    visitor.say(chatted, false, to)
    const chat = await itemOf(chatted)
    await until(() => lineOf(visitor, chatted)?.state === 'sent')
    visitor.say(left, true, to)
    const letter = await itemOf(left)
    expect(letter.customerId).toBe(known.customerId)
    expect(letter.mail?.sender).toBe('unverified')
    expect(chat.customerId).not.toBe(known.customerId)
  })

  test('from somebody the host site signed for is verified, and goes to the address that was signed', async () => {
    const to = address()
    const visitor = tab(await signed({ sub: 'u1', name: 'Mara', email: to }, SECRET))
    const text = unique('signed')
    visitor.say(text, true, 'else@customer.example')
    expect((await itemOf(text)).mail).toMatchObject({
      from: { name: 'Mara', address: to },
      sender: 'verified',
    })
  })

  test('without an address, with none that is one, or where no inbox answers mail, stays in the chat', async () => {
    const [plain, strange, lost] = [unique('plain'), unique('strange'), unique('lost')]
    tab().say(plain, true)
    tab().say(strange, true, 'x@y.example\nBcc: all@evil.example')
    tab(null, 'lost').say(lost, true, address())
    for (const text of [plain, strange, lost]) expect((await itemOf(text)).channel).toBe('chat')
  })
})

describe('a transcript', () => {
  async function talk(visitor: Tab, words: string): Promise<string> {
    const text = unique(words)
    visitor.say(text)
    const { conversationId } = await itemOf(text)
    await desk.reply(conversationId, 'Yes, <b>four</b> of them.\nShall I keep one?')
    await until(() => visitor.texts.some(each => each.startsWith('Yes, ')))
    return conversationId
  }

  test('sent by an agent goes where they say, once, in the visitor’s language, with a line in the timeline', async () => {
    const visitor = tab()
    const [text, answer, to] = [unique('Is it blue?'), unique('It is.'), address()]
    visitor.say(text)
    const { conversationId } = await itemOf(text)
    const ask = (id: string, over: object = {}) =>
      desk.mutate('conversation.transcript', {
        ...{ id, conversationId, channel: 'chat', to: { name: '', address: to.toUpperCase() } },
        ...{ locale: 'zh-CN', timeZone: 'Asia/Shanghai', at: Date.now() },
        ...over,
      })
    // Of what nobody has answered there is nothing to send; mail is no chat.
    expect(await ask(randomUUID())).toMatchObject({ kind: 'refused', code: 'not-possible' })
    await desk.reply(conversationId, answer)
    await until(() => lineOf(visitor, answer))
    expect(await ask(randomUUID(), { channel: 'email' })).toMatchObject({ kind: 'refused', code: 'invalid' })
    const id = randomUUID()
    expect(await ask(id)).toEqual({ kind: 'done' })
    expect(await ask(id)).toMatchObject({ kind: 'refused', code: 'exists' })

    const [mail] = await until(() => (mailsTo(to).length > 0 ? mailsTo(to) : undefined))
    expect(mail!.subject).toBe('Your chat with Website')
    expect(mail!.text).toContain(answer)
    expect(mail!.text).toContain('Website sent you this copy of your chat.')
    const letter = await until(() =>
      desk.all('item').find(item => item.mail?.to[0]?.address === to && item.delivery?.state === 'sent'),
    )
    expect(letter).toMatchObject({ inboxId: support, author: { kind: 'agent' } })
    expect(desk.row('item', id)).toMatchObject({
      kind: 'event',
      event: null,
      transcript: { to: { address: to } },
    })
    expect(mailsTo(to)).toHaveLength(1)
    // Its visitor sees nothing of it.
    expect(visitor.texts).toEqual([text, answer])
  })

  test('leaves once, by the inbox for mail, with words and times of both, and no notes', async () => {
    const visitor = tab()
    const conversationId = await talk(visitor, 'Blue?')
    const note = { id: randomUUID(), conversationId, text: 'internal word', attachments: [], at: Date.now() }
    await desk.mutate('note.add', note)
    const to = address()
    expect(await visitor.client.transcript(to)).toBe('asked')
    const [mail] = await until(() => (mailsTo(to).length > 0 ? mailsTo(to) : undefined))
    expect(mail).toMatchObject({
      from: { address: 'support@skein.example' },
      subject: 'Your chat with Website',
      to: [{ address: to }],
    })
    for (const body of [mail!.text!, mail!.html!]) {
      expect(body).toContain('Blue?')
      expect(body).toContain('Europe/Paris')
      expect(body).not.toContain('internal word')
    }
    expect(mail!.text).toContain('Yes, <b>four</b> of them.\nShall I keep one?')
    expect(mail!.html).toContain('&lt;b&gt;four&lt;/b&gt;')
    // At the desk it is a letter to that address like any other, over, and of nobody's chat.
    const sent = await until(() =>
      desk.all('item').find(each => each.mail?.to[0]?.address === to && each.delivery?.state === 'sent'),
    )
    const { status, customerId } = desk.row('conversation', sent.conversationId)!
    expect(status).toBe('closed')
    expect(customerId).not.toBe(desk.row('conversation', conversationId)!.customerId)
    expect(sent.author).toEqual({ kind: 'system' })
  })

  test('asked for twice with one id it leaves once, also when the answer to the first was lost', async () => {
    const visitor = tab()
    await talk(visitor, 'twice?')
    const to = address()
    const first = visitor.client.transcript(to)
    const frame = await until(() => visitor.frames.find(each => each.includes('"transcript"')))
    visitor.sockets.at(-1)!.send(frame)
    expect(await first).toBe('asked')
    const last = address()
    expect(await visitor.client.transcript(last)).toBe('asked')
    await until(() => mailsTo(last).length > 0)
    const items = desk.all('item').filter(each => each.mail?.to[0]?.address === to)
    expect(items).toHaveLength(1)
    await until(() => mailsTo(to).length > 0)
  })

  test('is of one’s own conversation only, and of one that was answered', async () => {
    const [answered, silent] = [tab(), tab()]
    await talk(answered, 'mine')
    const text = unique('nobody answers')
    silent.say(text)
    await itemOf(text)
    const to = address()
    expect(await silent.client.transcript(to)).toBe('nothing')
    expect(await tab().client.transcript(to)).toBe('later')
  })

  test('leaves in the visitor’s own number a few times an hour, and where there is an inbox for it', async () => {
    const visitor = tab()
    await talk(visitor, 'often')
    const outcomes: string[] = []
    for (let at = 0; at < 4; at++) outcomes.push(await visitor.client.transcript(address()))
    expect(outcomes).toEqual(['asked', 'asked', 'asked', 'later'])
    const lost = tab(null, 'lost')
    lost.say(unique('lost'))
    await until(() => lost.client.connected)
    expect(await lost.client.transcript(address())).toBe('no-way')
  })
})
