/** The chat from both ends, on a real hub with a real PostgreSQL and real sockets: the widget's own client, and a desk. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { visitorAddress } from '../../server/channels/chat/visitor.ts'
import { memoryStorage } from '../../server/channels/chat/widget/storage.ts'
import { freePort } from '../faults/support/hub.ts'
import { type Customers, startCustomers } from '../hub/customers.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { addChatInbox, here, RawVisitor, secretWord, signed, Tab } from './visitors.ts'

const SECRET = 'a secret of the host site, 32 letters or more'
const DAY = 86_400_000

let hub: TestHub
let desk: Desk
let customers: Customers
let inboxId: string
let later = 0
const tabs: Tab[] = []
const raws: RawVisitor[] = []

beforeAll(async () => {
  customers = await startCustomers()
  hub = await startHub({ config: { port: await freePort() }, deps: { now: () => Date.now() + later } })
  inboxId = await addChatInbox(hub, 'web', { secret: SECRET })
  await addChatInbox(hub, 'only-shop', { origins: ['https://shop.example'] })
  await hub.addInbox('support@skein.example', customers.url)
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterEach(() => {
  for (const { client } of tabs.splice(0)) client.stop()
  for (const { socket } of raws.splice(0)) socket.terminate()
})
afterAll(async () => {
  await hub?.close()
  await customers?.close()
})

function tab(kept = memoryStorage(), token: string | null = null): Tab {
  const opened = new Tab(hub.url, 'web', kept, token)
  tabs.push(opened)
  return opened
}
async function raw(over: object = {}, inbox = 'web', options = {}): Promise<RawVisitor> {
  const opened = new RawVisitor(hub.url, options)
  raws.push(opened)
  await opened.hello(inbox, over)
  return opened
}
const itemOf = (text: string) => until(() => desk.all('item').find(item => item.text === text))
const conversationOf = async (text: string) => (await itemOf(text)).conversationId
const deliveryOf = (id: string) => desk.row('item', id)?.delivery?.state
const unique = (word: string): string => `${word} ${randomUUID()}`

describe('a visitor writes', () => {
  test('and is a customer, an identity and a conversation, with where they are', async () => {
    const secret = secretWord()
    const visitor = await raw({ secret })
    const text = unique('Is the blue one in stock?')
    const id = visitor.say(text, { email: 'Mara@Example.com' })
    await until(() => visitor.of('said').find(said => said.id === id))
    const item = await itemOf(text)
    const address = visitorAddress(inboxId, secret)
    expect(item).toMatchObject({ id: `${address}.${id}`, direction: 'in', channel: 'chat', seq: 1 })
    const conversation = desk.row('conversation', item.conversationId)!
    expect(conversation).toMatchObject({
      status: 'open',
      preview: text,
      visit: {
        page: here.page,
        device: 'Chrome, Windows',
        locale: 'en',
        typedEmail: 'Mara@Example.com',
        user: '',
      },
    })
    expect(desk.row('identity', conversation.identityId)).toMatchObject({ channel: 'chat', address })
    expect(desk.row('customer', conversation.customerId)).toMatchObject({
      name: `Visitor ${address.slice(8, 12)}`,
      language: 'en',
      timeZone: 'Europe/Paris',
    })
    // The secret itself is nowhere on the hub.
    expect(JSON.stringify([...desk.rows.values()])).not.toContain(secret)
  })

  test('S19: the same message on two connections at once, and later again, is there once', async () => {
    const secret = secretWord()
    const [one, other] = [await raw({ secret }), await raw({ secret })]
    const text = unique('once')
    const id = one.say(text)
    other.say(text, { id })
    await until(() => one.of('said')[0] && other.of('said')[0])
    const third = await raw({ secret })
    third.say(text, { id })
    await until(() => third.of('said')[0])
    const { conversationId } = await itemOf(text)
    third.say('after')
    await until(() => desk.timeline(conversationId).find(item => item.text === 'after'))
    expect(desk.timeline(conversationId).map(item => item.text)).toEqual([text, 'after'])
  })
})

describe('an agent answers', () => {
  test('S18: the answer is sent, delivered when the widget has it, read when it is in sight', async () => {
    const visitor = tab()
    const text = unique('hello')
    visitor.say(text)
    const conversationId = await conversationOf(text)
    visitor.client.look(false)
    const { id, outcome } = await desk.reply(conversationId, 'Good morning!')
    expect(outcome).toEqual({ kind: 'done' })
    await until(() => visitor.texts.includes('Good morning!'))
    expect(visitor.client.lines.at(-1)).toMatchObject({ mine: false, author: 'ann' })
    await until(() => deliveryOf(id) === 'delivered')
    expect(visitor.client.unread).toBe(1)
    visitor.client.look(true)
    await until(() => deliveryOf(id) === 'read')
    expect(visitor.client.unread).toBe(0)
    expect(desk.row('item', id)!.delivery!.recipients.map(({ state }) => state)).toEqual(['read'])
  })

  test('an answer to somebody who has gone is sent, and delivered when they come back', async () => {
    const kept = memoryStorage()
    const gone = tab(kept)
    const text = unique('bye')
    gone.say(text)
    const conversationId = await conversationOf(text)
    await until(() => gone.stateOf(text) === 'sent')
    gone.client.stop()
    const { id } = await desk.reply(conversationId, 'See you')
    await until(() => deliveryOf(id) === 'sent')
    const back = tab(kept)
    back.client.start()
    await until(() => deliveryOf(id) === 'delivered')
    expect(back.texts).toEqual([text, 'See you'])
  })

  test('the visitor sees that they were read, and sees it again after coming back', async () => {
    const kept = memoryStorage()
    const visitor = tab(kept)
    const text = unique('read me')
    visitor.say(text)
    const { conversationId, seq } = await itemOf(text)
    await until(() => visitor.stateOf(text) === 'sent')
    await desk.mutate('conversation.read', { conversationId, seq })
    await until(() => visitor.stateOf(text) === 'read')
    const back = tab(kept)
    back.client.start()
    await until(() => back.stateOf(text) === 'read')
  })

  test('S24: each sees the other type, and neither leaves a row', async () => {
    const visitor = tab()
    const text = unique('typing')
    visitor.say(text)
    const conversationId = await conversationOf(text)
    const events = async () => (await hub.store.events(0, 100_000)).length
    const customer = () => desk.presence.at(-1)?.customers?.[0]
    desk.send('presence', { conversationId, typing: false })
    await until(() => customer()?.here)
    const before = await events()
    visitor.client.type(true)
    await until(() => customer()?.typing)
    expect(customer()).toEqual({ conversationId, here: true, typing: true })
    visitor.client.type(false)
    await until(() => customer()?.typing === false)
    desk.send('presence', { conversationId, typing: true })
    await until(() => visitor.client.typing === 'ann')
    desk.send('presence', { conversationId, typing: false })
    await until(() => visitor.client.typing === null)
    visitor.client.stop()
    await until(() => desk.presence.at(-1)?.customers?.length === 0)
    expect(await events()).toBe(before)
    desk.send('presence', { conversationId: null, typing: false })
  })

  test('an attempt that a dying hub left open is made again: nothing was in doubt', async () => {
    const visitor = tab()
    const text = unique('crash')
    visitor.say(text)
    const { id } = await desk.reply(await conversationOf(text), 'Here I am')
    await until(() => deliveryOf(id) === 'delivered')
    await hub.store.write(async tx => {
      await tx.load([{ type: 'item', id }])
      const item = tx.get('item', id)!
      const recipients = item.delivery!.recipients.map(each => ({ ...each, state: 'queued' as const }))
      tx.put('item', { ...item, delivery: { ...item.delivery!, state: 'sending', recipients } })
      tx.job({ kind: 'deliver', key: id, at: Date.now() })
    })
    await until(() => deliveryOf(id) === 'sent')
    expect(visitor.texts).toEqual([text, 'Here I am'])
  })
})

describe('nothing lost, nothing twice', () => {
  test('a dozen messages of each side while the network comes and goes and the hub is started anew', async () => {
    const visitor = tab()
    const [word, answer] = [unique('v'), unique('a')]
    visitor.say(`${word} 0`)
    const conversationId = await conversationOf(`${word} 0`)
    const sent = [`${word} 0`]
    const write = (): void => {
      const text = `${word} ${sent.length}`
      visitor.say(text)
      sent.push(text)
    }
    for (let round = 0; round < 3; round++) {
      write()
      visitor.lose()
      write()
      write()
      await desk.reply(conversationId, `${answer} ${round}`)
      if (round === 1) {
        const restarting = hub.restart()
        visitor.find()
        write()
        await restarting
        desk = await hub.desk('ann')
      }
      visitor.find()
      write()
    }
    await until(
      () =>
        visitor.texts.length === sent.length + 3 &&
        visitor.client.lines.every(({ state }) => state !== 'waiting'),
    )
    await until(() => desk.timeline(conversationId).length === sent.length + 3)
    const own = desk.timeline(conversationId).filter(({ direction }) => direction === 'in')
    expect(own.map(({ text }) => text)).toEqual(sent)
    expect(visitor.texts.filter(text => text.startsWith(answer))).toEqual(
      [0, 1, 2].map(round => `${answer} ${round}`),
    )
    expect([...new Set(visitor.texts)]).toHaveLength(sent.length + 3)
  })

  test('what one tab wrote without a network and never said, another tab of that browser says', async () => {
    const kept = memoryStorage()
    const first = tab(kept)
    const [text, lost] = [unique('tab'), unique('lost')]
    first.say(text)
    const conversationId = await conversationOf(text)
    first.lose()
    first.say(lost)
    first.client.stop()
    const second = tab(kept)
    expect(second.stateOf(lost)).toBe('waiting')
    second.client.start()
    await until(() => second.stateOf(lost) === 'sent')
    await until(() => desk.timeline(conversationId).length === 2)
    expect(desk.timeline(conversationId).map(item => item.text)).toEqual([text, lost])
    expect(kept.keys().filter(key => key.includes(':out:'))).toEqual([])
  })

  test('two tabs show the same, whichever of them wrote', async () => {
    const kept = memoryStorage()
    const [one, two] = [tab(kept), tab(kept)]
    const text = unique('both')
    one.say(text)
    await until(() => one.stateOf(text) === 'sent')
    two.client.start()
    await until(() => two.texts.length === 1)
    two.say('from the other')
    await until(() => one.texts.length === 2)
    await until(() => JSON.stringify(one.texts) === JSON.stringify(two.texts))
    expect(one.texts).toEqual([text, 'from the other'])
  })

  test('an answer that was held and let go later is shown, also to who was not there meanwhile', async () => {
    const kept = memoryStorage()
    const visitor = tab(kept)
    const text = unique('held')
    visitor.say(text)
    const conversationId = await conversationOf(text)
    const { status, assigneeId, customerId } = desk.row('conversation', conversationId)!
    const basis = { seq: 1, status, assigneeId, inboxId, customerId, writtenAt: 0, offline: true }
    const { id, outcome } = await desk.reply(conversationId, 'too late?', { basis })
    expect(outcome.kind).toBe('held')
    visitor.say('and more')
    await until(() => visitor.stateOf('and more') === 'sent')
    expect(visitor.texts).not.toContain('too late?')
    visitor.lose()
    const now = { ...basis, seq: 3, writtenAt: Date.now(), offline: false }
    const place = { conversationId, customerId, inboxId, channel: 'chat' }
    expect(await desk.mutate('reply.release', { itemId: id, ...place, basis: now, waiting: [] })).toEqual({
      kind: 'done',
    })
    await until(() => deliveryOf(id) === 'sent')
    visitor.find()
    await until(() => visitor.texts.includes('too late?'))
  })
})

describe('nobody sees what is not for them', () => {
  test('notes, events, held and discarded answers never reach a visitor, and nothing of another one does', async () => {
    const [visitor, other] = [await raw(), await raw()]
    const [text, secret] = [unique('mine'), unique('theirs')]
    visitor.say(text)
    other.say(secret)
    const conversationId = await conversationOf(text)
    await conversationOf(secret)
    await desk.mutate('note.add', {
      id: randomUUID(),
      conversationId,
      text: 'a note',
      attachments: [],
      at: Date.now(),
    })
    await desk.mutate('conversation.claim', { conversationId, at: Date.now() } as never)
    await desk.mutate('conversation.close', { conversationId, at: Date.now() })
    const { status, assigneeId, customerId } = desk.row('conversation', conversationId)!
    const basis = { seq: 1, status, assigneeId, inboxId, customerId, writtenAt: 0, offline: true }
    const held = await desk.reply(conversationId, 'a held answer', { basis })
    expect(held.outcome.kind).toBe('held')
    await desk.reply(await conversationOf(secret), 'for the other')
    await until(() =>
      other.of('messages').some(({ messages }) => messages.some(each => each.text === 'for the other')),
    )
    const again = await raw({ secret: secretWord() })
    again.say('x')
    await until(() => again.of('said')[0])
    const seen = [...visitor.frames, ...again.frames].join('\n')
    for (const word of ['a note', 'a held answer', 'for the other', secret, 'support@', 'skein.example'])
      expect(seen).not.toContain(word)
    expect(seen).toContain(text)
  })

  test('a socket that is no chat is closed, and the hub goes on', async () => {
    const wrong = async (frames: unknown[], over?: object) => {
      const visitor = over ? await raw(over) : new RawVisitor(hub.url)
      raws.push(visitor)
      await until(() => visitor.socket.readyState > 0)
      for (const frame of frames) visitor.socket.send(frame as string)
      return until(() => visitor.closed)
    }
    expect(await wrong(['{'])).toBe(1008)
    expect(await wrong(['{"t":"say"}'])).toBe(1008)
    expect(await wrong([Buffer.from([1, 2])])).toBe(1003)
    expect(await wrong(['x'.repeat(70_000)], {})).toBe(1009)
    expect((await raw({ secret: 'guess' })).of('bye')).toMatchObject([{ why: 'not-understood' }])
    expect((await raw({ v: 0 })).of('bye')).toMatchObject([{ why: 'outdated', again: null }])
    expect((await raw({}, 'nothing')).of('bye')).toMatchObject([{ why: 'no-inbox' }])
    expect((await raw({}, 'support@skein.example')).of('bye')).toMatchObject([{ why: 'no-inbox' }])
    const visitor = await raw()
    visitor.say('   ')
    await until(() => visitor.of('unsaid')[0])
    visitor.say('0\0\r\n\ud800\u202e', { name: 'a\nb\u202e' })
    await until(() => visitor.of('said')[0])
    const item = await until(() => desk.all('item').find(each => each.text.startsWith('0\n')))
    expect(item.text).toBe('0\n\ufffd\u202e')
  })

  test('a site that is not named may not show the widget', async () => {
    expect((await raw({}, 'only-shop')).of('bye')).toMatchObject([{ why: 'not-allowed' }])
    expect((await raw({}, 'only-shop', { origin: 'https://evil.example' })).of('bye')).toHaveLength(1)
    expect((await raw({}, 'only-shop', { origin: 'https://shop.example' })).of('welcome')).toHaveLength(1)
    const config = (origin: string) =>
      fetch(`${hub.url}/v1/channels/chat/config?inbox=only-shop`, { headers: { origin } })
    expect((await config('https://evil.example')).status).toBe(403)
    const settings = await (await config('https://shop.example')).json()
    expect(JSON.stringify(settings)).not.toContain(SECRET)
  })
})

describe('Identity: what is typed proves nothing, what the host site signed does', () => {
  const email = 'known@customer.example'
  async function known() {
    await hub.store.write(async tx => {
      if ((await tx.named(`address:email:${email}`)).length > 0) return
      const base = {
        company: '',
        language: '',
        timeZone: '',
        tier: '',
        note: '',
        mergedInto: null,
        createdAt: 1,
      }
      tx.put('customer', { id: 'customer-known', name: 'Kim Known', ...base })
      tx.put('identity', {
        id: 'identity-known',
        customerId: 'customer-known',
        channel: 'email',
        address: email,
        name: 'Kim',
        createdAt: 1,
      })
      tx.name(`address:email:${email}`, { type: 'identity', id: 'identity-known' })
    })
  }

  test('a typed address or name makes nobody somebody', async () => {
    await known()
    const visitor = await raw()
    const text = unique('it is me')
    visitor.say(text, { email, name: 'Kim Known' })
    const { customerId } = await itemOf(text)
    expect(customerId).not.toBe('customer-known')
  })

  test('a signed token joins the customer, and is the same person in another browser', async () => {
    await known()
    const token = await signed({ sub: 'user 7', name: 'Kim', email: 'Known@Customer.example' }, SECRET)
    const text = unique('signed')
    const first = tab(memoryStorage(), token)
    first.say(text)
    const item = await itemOf(text)
    expect(item.customerId).toBe('customer-known')
    expect(desk.row('conversation', item.conversationId)?.visit?.user).toBe('user 7')
    await until(() => first.client.known === 'Kim')
    const elsewhere = tab(memoryStorage(), token)
    elsewhere.client.start()
    await until(() => elsewhere.texts.includes(text))
  })

  test('who wrote a mail and chats signed in is one customer, answered on each channel', async () => {
    const address = 'both@customer.example'
    const [mail, text] = [unique('by mail'), unique('by chat')]
    await customers.write(hub.smtp, {
      from: `Bo Both <${address}>`,
      to: 'support@skein.example',
      subject: 'A matter',
      text: mail,
    })
    const letter = await itemOf(mail)
    const visitor = tab(memoryStorage(), await signed({ sub: 'bo', name: 'Bo', email: address }, SECRET))
    visitor.say(text)
    const line = await itemOf(text)
    expect(line.customerId).toBe(letter.customerId)
    expect(line.conversationId).not.toBe(letter.conversationId)
    const [toMail, toChat] = [unique('to the mail'), unique('to the chat')]
    const replies = [
      await desk.reply(letter.conversationId, toMail),
      await desk.reply(line.conversationId, toChat),
    ]
    for (const { id } of replies)
      await until(() => ['sent', 'delivered', 'read'].includes(deliveryOf(id) ?? ''))
    await until(() => visitor.texts.includes(toChat))
    expect(visitor.texts).toEqual([text, toChat])
    expect(customers.arrived.map(each => each.text?.includes(toMail))).toEqual([true])
  })

  test('a token of another secret, without an end, run out, or not signed at all is refused', async () => {
    const none = `${btoa('{"alg":"none"}').replace(/=/g, '')}.${btoa('{"sub":"user 7","exp":99999999999}').replace(/=/g, '')}.`
    const tokens = [
      await signed({ sub: 'user 7' }, `${SECRET}!`),
      await signed({ sub: 'user 7' }, SECRET, null),
      await signed({ sub: 'user 7' }, SECRET, '-5m'),
      await signed({ name: 'nobody' }, SECRET),
      none,
      'x.y.z',
    ]
    for (const token of tokens)
      expect((await raw({ token })).of('bye'), token).toMatchObject([{ why: 'bad-token', again: null }])
  })
})

test('with nobody there the message of the form arrives in the same conversation', async () => {
  const visitor = tab()
  const text = unique('before')
  visitor.say(text)
  const conversationId = await conversationOf(text)
  expect(visitor.client.attended).toBe(true)
  desk.close()
  await until(() => !visitor.client.attended)
  visitor.say('please write to me', true)
  await until(() => visitor.stateOf('please write to me') === 'sent')
  desk = await hub.desk('ann')
  await until(() => visitor.client.attended)
  expect(desk.timeline(conversationId).map(item => item.text)).toEqual([text, 'please write to me'])
})

// Last: the hub's clock goes forward and stays there.
test('a closed conversation opens again when its visitor writes; long after it was closed a new one begins', async () => {
  const visitor = tab()
  const [first, second, third] = ['first', 'second', 'third'].map(unique) as [string, string, string]
  visitor.say(first)
  const conversationId = await conversationOf(first)
  await desk.mutate('conversation.close', { conversationId, at: Date.now() })
  visitor.say(second)
  expect(await conversationOf(second)).toBe(conversationId)
  await until(() => desk.row('conversation', conversationId)?.status === 'open')
  later += 30 * DAY
  // Still open: however long nobody wrote, it goes on.
  visitor.say('still here?')
  await until(() => desk.timeline(conversationId).find(item => item.text === 'still here?'))
  await desk.mutate('conversation.close', { conversationId, at: Date.now() })
  later += 8 * DAY
  visitor.say(third)
  expect(await conversationOf(third)).not.toBe(conversationId)
  await until(() => visitor.texts.length === 4)
})
