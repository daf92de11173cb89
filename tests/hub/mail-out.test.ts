// What leaves a real hub by a real SMTP server, besides the plain answer: blind copies, forwards, formatting.
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RichText } from '#shared/model/rich-text.ts'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { type Customers, startCustomers } from './customers.ts'
import { type Desk, startHub, type TestHub } from './hub.ts'
import { until } from './until.ts'

let hub: TestHub
let customers: Customers
let desk: Desk
beforeAll(async () => {
  customers = await startCustomers()
  hub = await startHub({ config: { retryAfter: [200, 200] } })
  await hub.addInbox('support@skein.example', customers.url)
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterAll(async () => {
  await hub?.close()
  await customers?.close()
})

const support = 'support@skein.example'
const warehouse = 'warehouse@utrecht.example'

let count = 0
/** A new customer writes; answers what the desk has of it. */
async function newMail(over: object = {}) {
  const address = `maria${++count}@customer.example`
  const messageId = `<first-${count}@customer.example>`
  await customers.write(hub.smtp, {
    from: `Maria <${address}>`,
    to: support,
    subject: `Battery ${count}`,
    text: 'The battery is flat.\n\nMaria',
    messageId,
    ...over,
  })
  const identity = await until(() => desk.all('identity').find(each => each.address === address))
  const conversation = await until(() =>
    desk.all('conversation').find(each => each.identityId === identity.id),
  )
  const [item] = await until(
    () => desk.timeline(conversation.id),
    items => items.length > 0,
  )
  return { address, messageId, identity, conversationId: conversation.id, item: item! }
}

const conversationOf = (id: string) => desk.row('conversation', id)!
const arrivedFor = (address: string, text: string) =>
  until(() => customers.arrived.find(mail => mail.recipients.includes(address) && mail.text?.includes(text)))
const sent = (id: string) =>
  until(
    () => desk.row('item', id),
    item => item?.delivery?.state === 'sent',
  )

async function forward(
  mail: { conversationId: string; item: { id: string } },
  over: Partial<MutationArgs<'mail.forward'>> = {},
) {
  const { customerId, inboxId, channel, ...now } = conversationOf(mail.conversationId)
  const id = uuidv7()
  const outcome = await desk.mutate('mail.forward', {
    id,
    conversationId: mail.conversationId,
    customerId,
    inboxId,
    channel,
    text: 'Do we have two of these?',
    subject: 'Fwd: Battery',
    to: [{ name: 'Warehouse', address: warehouse }],
    cc: [],
    attachments: [],
    forwards: mail.item.id,
    heading: '---------- Forwarded message ----------\nFrom: Maria',
    basis: {
      seq: now.lastSeq,
      status: now.status,
      assigneeId: now.assigneeId,
      inboxId,
      customerId,
      writtenAt: Date.now(),
      offline: false,
    },
    ...over,
  })
  return { id, outcome }
}

test('a mail that is forwarded keeps its layout and the pictures in it; nothing in it that runs goes on', async () => {
  const picture = Buffer.from('89504e470d0a1a0a', 'hex')
  const mail = await newMail({
    text: 'Price list',
    html:
      '<style>td{padding:4px}</style><table bgcolor="#eef"><tr><td onclick="x()">Price list</td></tr></table>' +
      '<img src="cid:logo@shop"><img src="https://shop.example/far.png"><script>alert(1)</script>',
    attachments: [
      { filename: 'logo.png', content: picture, contentType: 'image/png', cid: 'logo@shop' },
      { filename: 'prices.csv', content: 'a;1', contentType: 'text/csv' },
    ],
  })
  const files = mail.item.attachments.filter(({ contentId }) => contentId === null)
  const { id, outcome } = await forward(mail, { text: 'Still right?', attachments: files })
  expect(outcome).toEqual({ kind: 'done' })
  await sent(id)
  const arrived = await arrivedFor(warehouse, 'Still right?')
  expect(arrived.text).toContain('---------- Forwarded message ----------\nFrom: Maria\n\nPrice list')
  expect(arrived.html).toContain('<table bgcolor="#eef"><tr><td>Price list</td></tr></table>')
  expect(arrived.html).toContain('<img src="cid:logo@shop"><img src="https://shop.example/far.png">')
  expect(arrived.html).toContain('<style>.skein-passed-on td{padding:4px}</style>')
  expect(arrived.html).not.toMatch(/script|onclick/)
  const order = ['Still right?', 'From: Maria', '<table'].map(part => arrived.html!.indexOf(part))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(
    arrived.attachments.map(({ filename, disposition, contentId, content }) => ({
      filename,
      disposition,
      contentId: contentId ?? null,
      bytes: Buffer.from(content as ArrayBuffer).toString('hex'),
    })),
  ).toEqual([
    { filename: 'logo.png', disposition: 'inline', contentId: '<logo@shop>', bytes: picture.toString('hex') },
    {
      filename: 'prices.csv',
      disposition: 'attachment',
      contentId: null,
      bytes: Buffer.from('a;1').toString('hex'),
    },
  ])
  // At the desk it is the agent's words with what was passed on below, as text.
  expect(desk.row('item', id)).toMatchObject({ text: 'Still right?', html: null, attachments: files })
})

describe('blind copies', () => {
  test('reach their people and stand in no header; everybody gets one, also who is named twice', async () => {
    const { conversationId, address } = await newMail()
    const { id } = await desk.reply(conversationId, 'With a blind copy.', {
      cc: [{ name: '', address: 'ben@customer.example' }],
      bcc: [
        { name: 'Boss', address: 'boss@skein.example' },
        { name: '', address: 'Ben@customer.example' },
      ],
    })
    const item = await sent(id)
    const mail = await arrivedFor('boss@skein.example', 'With a blind copy.')
    expect(mail.recipients).toEqual([address, 'ben@customer.example', 'boss@skein.example'])
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(customers.handed.at(-1)).not.toMatch(/boss@skein/i)
    // The desk shows whom it went to.
    expect(item?.mail?.bcc?.map(each => each.address)).toEqual(['boss@skein.example', 'Ben@customer.example'])
    expect(item?.delivery?.recipients.map(each => [each.address, each.state])).toEqual([
      [address, 'sent'],
      ['ben@customer.example', 'sent'],
      ['boss@skein.example', 'sent'],
    ])
  })
})

describe('a forward', () => {
  test('goes to the people it names with the words, the letter and its files, by the files the hub has', async () => {
    const first = await newMail({ attachments: [{ filename: '照片.txt', content: '图片' }] })
    const before = conversationOf(first.conversationId)
    const { id, outcome } = await forward(first, { attachments: first.item.attachments })
    expect(outcome).toEqual({ kind: 'done' })
    const mail = await arrivedFor(warehouse, 'Do we have two of these?')
    expect(mail.recipients).toEqual([warehouse])
    expect(mail.subject).toBe('Fwd: Battery')
    expect(mail.text).toMatch(
      /^Do we have two of these\?\n\n-- \nKind regards\nSupport\n\n-+ Forwarded message -+\nFrom: Maria\n\nThe battery is flat\./,
    )
    expect(
      mail.attachments.map(file => [file.filename, Buffer.from(file.content as ArrayBuffer).toString()]),
    ).toEqual([['照片.txt', '图片']])
    // A thread of its own: it names none of the customer's mails.
    expect([mail.inReplyTo, mail.references]).toEqual([undefined, undefined])

    const item = await sent(id)
    expect(item).toMatchObject({ conversationId: first.conversationId, mail: { forwards: first.item.id } })
    // The customer has not been answered by it.
    const after = conversationOf(first.conversationId)
    expect(after).toMatchObject({
      customerId: before.customerId,
      identityId: before.identityId,
      waitingSince: before.waitingSince,
      lastReply: null,
      preview: before.preview,
    })
  })

  test('an answer to it joins the conversation as what it is, and nothing of it reaches the customer', async () => {
    const first = await newMail()
    const { id } = await forward(first)
    const forwarded = await arrivedFor(warehouse, `${first.item.text.slice(0, 10)}`)
    await sent(id)
    const { messageId } = customers.arrived.findLast(mail => mail.recipients.includes(warehouse)) ?? forwarded
    const before = conversationOf(first.conversationId)
    await customers.write(hub.smtp, {
      from: `Warehouse <${warehouse}>`,
      to: support,
      subject: 'AW: Fwd: Battery',
      text: 'Margin is 60 %, give her one.',
      messageId: `<answer-${count}@utrecht.example>`,
      inReplyTo: messageId!,
      references: messageId!,
    })
    const answer = await until(() =>
      desk.timeline(first.conversationId).find(({ text }) => text.includes('Margin is 60 %')),
    )
    expect(answer).toMatchObject({ direction: 'in', mail: { aside: true, from: { address: warehouse } } })
    expect(answer.author).not.toEqual({ kind: 'customer', identityId: first.identity.id })
    const after = conversationOf(first.conversationId)
    expect(after).toMatchObject({
      customerId: before.customerId,
      identityId: first.identity.id,
      lastInbound: before.lastInbound,
      waitingSince: before.waitingSince,
      preview: before.preview,
    })

    const reply = await desk.reply(first.conversationId, 'You get a new one.')
    await sent(reply.id)
    const mail = await arrivedFor(first.address, 'You get a new one.')
    expect(mail.inReplyTo).toBe(first.messageId)
    expect(mail.references).toBe(first.messageId)
    expect(mail.text).toContain('> The battery is flat.')
    expect(mail.text).not.toContain('Margin')
    expect(customers.handed.at(-1)).not.toContain('utrecht')
  })

  test('an answer to it opens a closed conversation again: it was asked for', async () => {
    const first = await newMail()
    const { id } = await forward(first)
    const item = await sent(id)
    await desk.mutate('conversation.close', { conversationId: first.conversationId, at: Date.now() })
    await customers.write(hub.smtp, {
      from: warehouse,
      to: support,
      subject: 'Re: Fwd: Battery',
      text: 'Yes, two.',
      inReplyTo: `<${item?.mail?.messageId}>`,
    })
    await until(() => desk.timeline(first.conversationId).find(({ text }) => text.includes('Yes, two.')))
    expect(conversationOf(first.conversationId).status).toBe('open')
  })

  test('what the customer answers, who got it too, is the customer’s word as ever', async () => {
    const first = await newMail()
    const { id } = await forward(first, { cc: [{ name: '', address: first.address }] })
    const item = await sent(id)
    await customers.write(hub.smtp, {
      from: first.address,
      to: support,
      subject: 'Re: Fwd: Battery',
      text: 'Thank you for asking them.',
      inReplyTo: `<${item?.mail?.messageId}>`,
    })
    const answer = await until(() =>
      desk.timeline(first.conversationId).find(({ text }) => text.includes('Thank you for asking')),
    )
    expect(answer.author).toEqual({ kind: 'customer', identityId: first.identity.id })
    expect(answer.mail?.aside).toBeUndefined()
    expect(conversationOf(first.conversationId).lastInbound?.seq).toBe(answer.seq)
  })

  test('S27: of another conversation’s item, or with a file that is in neither, is refused', async () => {
    const [one, other] = [await newMail(), await newMail()]
    expect((await forward(one, { forwards: other.item.id })).outcome).toMatchObject({
      kind: 'refused',
      code: 'not-found',
    })
    const strange = { sha256: 'f'.repeat(64), name: 'x', type: 'text/plain', size: 1, contentId: null }
    expect((await forward(one, { attachments: [strange] })).outcome).toMatchObject({ kind: 'refused' })
  })

  test('S21: written offline and too old it is held; what became of the customer’s question does not hold it', async () => {
    const first = await newMail()
    const { customerId, inboxId } = conversationOf(first.conversationId)
    const basis = { seq: 0, status: 'open' as const, assigneeId: null, inboxId, customerId, offline: true }
    await desk.mutate('conversation.close', { conversationId: first.conversationId, at: Date.now() })
    expect((await forward(first, { basis: { ...basis, writtenAt: Date.now() } })).outcome).toEqual({
      kind: 'done',
    })
    const late = await forward(first, { basis: { ...basis, writtenAt: Date.now() - 5 * 3_600_000 } })
    expect(late.outcome).toMatchObject({ kind: 'held', reasons: [{ kind: 'too-old' }] })
    await until(() => desk.row('item', late.id)?.delivery?.state === 'held')
    // A look is enough; it goes, and still answers nobody.
    const { lastSeq, status, assigneeId, channel } = conversationOf(first.conversationId)
    const released = await desk.mutate('reply.release', {
      itemId: late.id,
      conversationId: first.conversationId,
      customerId,
      inboxId,
      channel,
      basis: { seq: lastSeq, status, assigneeId, inboxId, customerId, writtenAt: Date.now(), offline: false },
      waiting: [],
    })
    expect(released).toEqual({ kind: 'done' })
    await sent(late.id)
    expect(conversationOf(first.conversationId)).toMatchObject({ status: 'closed', lastReply: null })
  })
})

describe('rich text', () => {
  const rich: RichText = [
    {
      kind: 'paragraph',
      spans: [{ text: 'Please ' }, { text: '尽快', marks: ['bold', 'italic'] }, { text: ' send' }],
    },
    {
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'paragraph', spans: [{ text: 'the <b>label</b>' }] }]],
    },
    { kind: 'quote', blocks: [{ kind: 'paragraph', spans: [{ text: 'flat' }] }] },
    {
      kind: 'paragraph',
      spans: [{ text: 'as here', link: 'https://veloform.example/?a=1&b="2"'.replace(/"/g, '%22') }],
    },
  ]

  test('leaves as HTML and as plain text that reads well, both made by the hub', async () => {
    const { conversationId, address } = await newMail()
    const { id } = await desk.reply(conversationId, 'what an older desk would show', { rich })
    const item = await sent(id)
    const plain =
      'Please 尽快 send\n- the <b>label</b>\n> flat\nas here <https://veloform.example/?a=1&b=%222%22>'
    expect(item).toMatchObject({ text: plain, rich })
    expect(conversationOf(conversationId).preview).toContain('Please 尽快 send - the')
    const mail = await arrivedFor(address, '尽快')
    expect(mail.text).toContain(`${plain}\n\n-- \nKind regards\nSupport\n\nOn `)
    expect(mail.text).toContain('> The battery is flat.')
    expect(mail.html).toContain('<i><b>尽快</b></i>')
    expect(mail.html).toContain('&lt;b&gt;label&lt;/b&gt;')
    expect(mail.html).toContain('<a href="https://veloform.example/?a=1&amp;b=%222%22">as here</a>')
    expect(mail.html).toContain('-- <br>\nKind regards<br>\nSupport')
    expect(mail.html).toMatch(/<blockquote type="cite"[^>]*>The battery is flat\./)
    expect(customers.handed.at(-1)).toContain('Content-Type: multipart/alternative')
  })

  test('that is none is refused whole: HTML, addresses that run', async () => {
    const { conversationId } = await newMail()
    for (const bad of [
      [{ kind: 'html', html: '<script>alert(1)</script>' }],
      [{ kind: 'paragraph', spans: [{ text: 'x', link: 'javascript:alert(1)' }] }],
    ])
      expect((await desk.reply(conversationId, 'x', { rich: bad as never })).outcome).toMatchObject({
        kind: 'refused',
        code: 'invalid',
      })
  })

  test('without formatting a mail stays plain', async () => {
    const { conversationId, address } = await newMail()
    await desk.reply(conversationId, 'Only words.')
    expect((await arrivedFor(address, 'Only words.')).html).toBeUndefined()
  })
})
