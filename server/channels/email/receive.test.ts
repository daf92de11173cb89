import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { ReceiveHost, Receiver } from '../channel.ts'
import { receiveMail } from './receive.ts'
import { account, deliverRaw, mailOf, rememberingHost, smtpClient } from './testing.ts'

const support = account('support@skein.example')
const sales = account('sales@skein.example')
const MAIL = mailOf(
  'From: Ann <ann@customer.example>',
  'Subject: Hello',
  'Message-ID: <1@customer.example>',
  '',
  'Good day',
  '',
)

const running: Receiver[] = []
afterEach(async () => {
  for (const receiver of running.splice(0)) await receiver.close()
})

async function start(host: ReceiveHost, mailBytes?: number): Promise<number> {
  const receiver = await receiveMail(host, { listen: { host: '127.0.0.1', port: 0 } }, mailBytes)
  running.push(receiver)
  return receiver.address!.port
}

test('an address that is no inbox is refused with 550, so the hub is never a relay', async () => {
  const hub = rememberingHost([support])
  const port = await start(hub.host)
  for (const to of ['victim@elsewhere.example', 'support@elsewhere.example', 'nobody@skein.example']) {
    expect((await deliverRaw(port, [to], MAIL)).code).toBe(550)
  }
  expect(hub.taken).toEqual([])
})

test('the domain and name of an inbox are found in any case, and with a +tag', async () => {
  const hub = rememberingHost([support])
  const port = await start(hub.host)
  expect((await deliverRaw(port, ['Support+order-7@Skein.Example'], MAIL)).code).toBe(250)
  expect(hub.taken[0]).toMatchObject({
    inboxId: support.id,
    identity: { address: 'ann@customer.example', name: 'Ann' },
  })
})

test('S19: 250 is answered only after the commit', async () => {
  const order: string[] = []
  const commit = Promise.withResolvers<void>()
  const hub = rememberingHost([support], async () => {
    order.push('deliver')
    await commit.promise
    order.push('committed')
    return null
  })
  const answer = deliverRaw(await start(hub.host), [support.address], MAIL).then(({ code }) =>
    order.push(String(code)),
  )
  await expect.poll(() => order).toEqual(['deliver'])
  commit.resolve()
  await answer
  expect(order).toEqual(['deliver', 'committed', '250'])
})

test('451 when the store cannot commit, by its word or by an exception; brought again it is taken', async () => {
  const answers = [
    async () => ({ ok: false, retryable: true, detail: 'disk full' }) as const,
    async () => {
      throw new Error('connection to the database lost')
    },
  ]
  const hub = rememberingHost([support], async () => (await answers.shift()?.()) ?? null)
  const client = await smtpClient(await start(hub.host))
  const codes = []
  for (let i = 0; i < 3; i++) codes.push((await client.deliver([support.address], MAIL)).code)
  client.close()
  expect(codes).toEqual([451, 451, 250])
  expect(hub.taken.length).toBe(1)
  expect(hub.reports).toEqual(['smtp-failed'])
})

test('a mail that can never be stored is refused with 554, and the next one is taken', async () => {
  const hub = rememberingHost([support], async inbound =>
    inbound.subject === 'Hello' ? { ok: false, retryable: false, detail: 'invalid' } : null,
  )
  const client = await smtpClient(await start(hub.host))
  expect((await client.deliver([support.address], MAIL)).code).toBe(554)
  expect(
    (await client.deliver([support.address], mailOf('From: a@b.example', 'Subject: Next', '', 'x', ''))).code,
  ).toBe(250)
  client.close()
})

test('a mail to two inboxes arrives in both, and once in each when one of them failed at first', async () => {
  let broken = true
  const hub = rememberingHost([support, sales], async inbound => {
    if (inbound.inboxId !== sales.id || !broken) return null
    broken = false
    return { ok: false, retryable: true, detail: 'busy' }
  })
  const port = await start(hub.host)
  expect((await deliverRaw(port, [support.address, sales.address], MAIL)).code).toBe(451)
  expect((await deliverRaw(port, [support.address, sales.address], MAIL)).code).toBe(250)
  expect(hub.taken.map(inbound => inbound.inboxId)).toEqual([support.id, sales.id])
})

test('mails that differ are never taken for one, not even with the same Message-ID', async () => {
  const hub = rememberingHost([support])
  const client = await smtpClient(await start(hub.host))
  await client.deliver([support.address], MAIL)
  await client.deliver([support.address], Buffer.concat([MAIL, Buffer.from('PS: and one more thing\r\n')]))
  client.close()
  expect(hub.taken.length).toBe(2)
})

test('a mail above the size limit is refused with 552, announced or not, and nothing of it is kept', async () => {
  const hub = rememberingHost([support])
  const port = await start(hub.host, 10_000)
  const large = Buffer.concat([MAIL, Buffer.alloc(50_000, 'x\r\n')])
  expect((await deliverRaw(port, [support.address], large)).code).toBe(552)
  expect(hub.taken).toEqual([])
  expect((await deliverRaw(port, [support.address], MAIL)).code).toBe(250)
})

/** A socket to write to by hand: each `say` waits until the server has answered. */
async function byHand(port: number) {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', data => {
    heard += data
  })
  await expect.poll(() => heard).toContain('220')
  return {
    socket,
    heard: () => heard,
    async say(text: string) {
      const before = heard.length
      socket.write(text)
      await expect.poll(() => heard.length).toBeGreaterThan(before)
    },
  }
}

test('a connection that dies within DATA leaves nothing, and the hub goes on', async () => {
  const hub = rememberingHost([support])
  const port = await start(hub.host)
  const hand = await byHand(port)
  await hand.say('EHLO a.example\r\n')
  await hand.say('MAIL FROM:<a@b.example>\r\n')
  await hand.say(`RCPT TO:<${support.address}>\r\n`)
  await hand.say('DATA\r\n')
  hand.socket.write('From: a@b.example\r\nSubject: half\r\n\r\nhalf a mai')
  hand.socket.destroy()
  expect((await deliverRaw(port, [support.address], MAIL)).code).toBe(250)
  expect(hub.taken.map(inbound => inbound.subject)).toEqual(['Hello'])
})

test.for(['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n'])(
  'a second mail smuggled behind %j stays text of the first',
  async end => {
    const hub = rememberingHost([support])
    const hand = await byHand(await start(hub.host))
    const inner = `MAIL FROM:<boss@b.example>\r\nRCPT TO:<${support.address}>\r\nDATA\r\nSubject: inner\r\n\r\nx`
    await hand.say('EHLO a.example\r\n')
    await hand.say('MAIL FROM:<a@b.example>\r\n')
    await hand.say(`RCPT TO:<${support.address}>\r\n`)
    await hand.say('DATA\r\n')
    await hand.say(`From: a@b.example\r\nSubject: outer\r\n\r\nfirst${end}${inner}\r\n.\r\n`)
    await hand.say('QUIT\r\n')
    expect(hand.heard()).toContain('221')
    expect(hub.taken.map(inbound => inbound.subject)).toEqual(['outer'])
  },
)

test('an envelope without a sender and a mail without From still become a message with an identity of its own', async () => {
  const hub = rememberingHost([support])
  const client = await smtpClient(await start(hub.host))
  await client.deliver([support.address], mailOf('Subject: who am I', '', 'one', ''), '')
  await client.deliver([support.address], mailOf('Subject: who am I', '', 'two', ''), '')
  await client.deliver(
    [support.address],
    mailOf('Subject: by envelope', '', 'three', ''),
    'Env@Customer.Example',
  )
  client.close()
  const [one, two, three] = hub.taken.map(inbound => inbound.identity.address)
  expect(one).toMatch(/^unknown-[0-9a-f]{16}@sender\.invalid$/)
  expect(two).not.toBe(one)
  expect(three).toBe('env@customer.example')
  expect(hub.taken[0]!.mail!.problems).toContain('no-sender')
})

test('a web form that writes From a robot is answered to the person in Reply-To', async () => {
  const hub = rememberingHost([support])
  const port = await start(hub.host)
  await deliverRaw(
    port,
    [support.address],
    mailOf(
      'From: Shop <no-reply@shop.example>',
      'Reply-To: Ann <ann@customer.example>',
      'Subject: Form',
      '',
      'Where is my order?',
      '',
    ),
  )
  expect(hub.taken[0]!.identity).toEqual({ channel: 'email', address: 'ann@customer.example', name: 'Ann' })
})
