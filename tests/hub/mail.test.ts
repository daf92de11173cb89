import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
afterEach(() => {
  customers.answers.length = 0
  customers.rejected.clear()
})

let count = 0
/** A new customer writes; answers the conversation as the desk has it. */
async function newMail(over: object = {}) {
  const address = `customer${++count}@customer.example`
  const messageId = `<first-${count}@customer.example>`
  await customers.write(hub.smtp, {
    from: `Customer ${count} <${address}>`,
    to: 'support@skein.example',
    subject: `Matter ${count}`,
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
  return { address, messageId, conversationId: conversation.id, item: item! }
}

const delivery = (id: string) => desk.row('item', id)?.delivery
const inState = (id: string, state: string) =>
  until(
    () => delivery(id),
    seen => seen.state === state,
  )

describe('mail in', () => {
  test('a mail becomes customer, identity, conversation and item, with its original', async () => {
    const { item, conversationId, address } = await newMail({
      html: '<p>The <b>battery</b> is flat.</p>',
      attachments: [{ filename: '照片.txt', content: '图片' }],
    })
    const conversation = desk.row('conversation', conversationId)!
    expect(desk.row('customer', conversation.customerId)?.name).toBe(`Customer ${count}`)
    expect(conversation).toMatchObject({
      subject: `Matter ${count}`,
      status: 'open',
      lastSeq: 1,
      preview: 'The battery is flat. Maria',
    })
    expect(conversation.waitingSince).toBe(item.at)
    expect(item).toMatchObject({
      direction: 'in',
      mail: { from: { address } },
      attachments: [{ name: '照片.txt', size: 6 }],
    })
    expect(item.html).toContain('<b>battery</b>')
    for (const sha256 of [item.mail!.raw!, item.attachments[0]!.sha256])
      expect(await hub.blobs.size(sha256)).toBeGreaterThan(0)
  })

  test('S19: the same mail twice is there once', async () => {
    const raw = [
      'From: Twice <twice@customer.example>',
      'To: support@skein.example',
      'Subject: Once',
      'Message-ID: <once@customer.example>',
      '',
      'Only once.',
    ].join('\r\n')
    const envelope = { from: 'twice@customer.example', to: ['support@skein.example'] }
    await Promise.all([1, 2, 3].map(() => customers.write(hub.smtp, { envelope, raw })))
    await customers.write(hub.smtp, { envelope, raw })
    const after = await newMail()
    expect(desk.timeline(after.conversationId)).toHaveLength(1)
    expect(desk.all('item').filter(item => item.mail?.messageId === 'once@customer.example')).toHaveLength(1)
  })

  test('an answer to a closed conversation opens it again; a machine’s note does not, and nobody waits for it', async () => {
    const { conversationId, address, messageId } = await newMail()
    expect(await desk.mutate('conversation.close', { conversationId, at: Date.now() })).toEqual({
      kind: 'done',
    })
    const answer = (headers: Record<string, string>, text: string) =>
      customers.write(hub.smtp, {
        from: address,
        to: 'support@skein.example',
        subject: 'Re: Matter',
        text,
        inReplyTo: messageId,
        references: messageId,
        headers,
      })
    await answer({ 'Auto-Submitted': 'auto-replied' }, 'I am on holiday.')
    await until(() => desk.timeline(conversationId).find(({ text }) => text.includes('holiday')))
    expect(desk.row('conversation', conversationId)).toMatchObject({ status: 'closed', waitingSince: null })
    await answer({}, 'It is broken again.')
    await until(() => desk.timeline(conversationId).find(({ text }) => text.includes('broken again')))
    const conversation = desk.row('conversation', conversationId)!
    expect(conversation.status).toBe('open')
    expect(conversation.waitingSince).not.toBeNull()
  })

  test('nobody is a relay: mail for a stranger is refused', async () => {
    const sent = customers.write(hub.smtp, { from: 'a@b.example', to: 'someone@else.example', text: 'x' })
    await expect(sent).rejects.toMatchObject({ responseCode: 550 })
  })
})

describe('mail out', () => {
  test('a reply arrives, threads at the mail server, and the customer’s answer joins the conversation', async () => {
    const { conversationId, messageId, address } = await newMail()
    const { id, outcome } = await desk.reply(conversationId, 'We send you a new one.')
    expect(outcome).toEqual({ kind: 'done' })
    await inState(id, 'sent')
    const mail = await until(() => customers.arrived.find(each => each.inReplyTo === messageId))
    expect(mail).toMatchObject({
      subject: `Re: Matter ${count}`,
      from: { address: 'support@skein.example', name: 'ann' },
    })
    expect(mail.references).toContain(messageId)
    expect(mail.text).toContain('We send you a new one.')
    expect(mail.text).toContain('Kind regards')
    expect(mail.text).toContain('> The battery is flat.')
    expect(desk.row('item', id)?.mail?.messageId).toBe(mail.messageId!.replace(/[<>]/g, ''))
    expect(desk.row('conversation', conversationId)?.waitingSince).toBeNull()

    await customers.write(hub.smtp, {
      from: address,
      to: 'support@skein.example',
      subject: `AW: Matter ${count}`,
      text: 'Thank you!',
      inReplyTo: mail.messageId!,
      references: `${messageId} ${mail.messageId}`,
    })
    const items = await until(
      () => desk.timeline(conversationId),
      all => all.length === 3,
    )
    expect(items.map(({ direction }) => direction)).toEqual(['in', 'out', 'in'])
    const second = await desk.reply(conversationId, 'You are welcome.')
    await inState(second.id, 'sent')
    const last = await until(() => customers.arrived.find(each => each.text?.includes('You are welcome')))
    expect(last.references).toContain(mail.messageId)
  })

  test('S18: a 5xx is failed for good, in the server’s words', async () => {
    const { conversationId } = await newMail()
    customers.answers.push({ code: 554, text: 'No such mailbox' })
    const { id } = await desk.reply(conversationId, 'x')
    const seen = await inState(id, 'failed')
    expect(seen).toMatchObject({ attempts: 1, retryable: false, reason: { kind: 'refused' } })
    expect(seen.reason?.detail).toContain('No such mailbox')
  })

  test('S17: a 4xx is tried again by itself until it is taken', async () => {
    const { conversationId } = await newMail()
    customers.answers.push({ code: 451, text: 'Later' }, { code: 451, text: 'Later' })
    const { id } = await desk.reply(conversationId, 'Patience pays')
    const seen = await inState(id, 'sent')
    expect(seen.attempts).toBe(3)
    expect(customers.arrived.filter(mail => mail.text?.includes('Patience pays'))).toHaveLength(1)
  })

  test('after the last attempt a person decides: send again', async () => {
    const { conversationId } = await newMail()
    for (let index = 0; index < 3; index++) customers.answers.push({ code: 451, text: 'Later' })
    const { id } = await desk.reply(conversationId, 'Third time lucky')
    expect(await inState(id, 'failed')).toMatchObject({
      attempts: 3,
      retryable: true,
      reason: { kind: 'try-later' },
    })
    const outcome = await desk.mutate('delivery.resolve', {
      itemId: id,
      conversationId,
      as: 'send-again',
      at: Date.now(),
    })
    expect(outcome).toEqual({ kind: 'done' })
    await inState(id, 'sent')
  })

  test('I2: a connection that dies after DATA leaves it uncertain, and nothing repeats it but a person', async () => {
    const { conversationId } = await newMail()
    customers.answers.push('die')
    const { id } = await desk.reply(conversationId, 'Did it leave?')
    expect(await inState(id, 'uncertain')).toMatchObject({ attempts: 1, reason: { kind: 'no-answer' } })
    // Another message goes all the way meanwhile: the jobs are running, and leave this one alone.
    const other = await newMail()
    await inState((await desk.reply(other.conversationId, 'y')).id, 'sent')
    expect(delivery(id)?.state).toBe('uncertain')
    expect(customers.handed.filter(mail => mail.includes('Did it leave?'))).toHaveLength(1)
    await desk.mutate('delivery.resolve', { itemId: id, conversationId, as: 'arrived', at: Date.now() })
    await inState(id, 'sent')
    expect(customers.handed.filter(mail => mail.includes('Did it leave?'))).toHaveLength(1)
  })

  test('S17: delivery is per recipient: who has it does not get it again', async () => {
    const { conversationId, address } = await newMail()
    customers.rejected.set('slow@customer.example', { code: 451, text: 'Greylisted' })
    const { id } = await desk.reply(conversationId, 'To both', {
      cc: [{ name: '', address: 'slow@customer.example' }],
    })
    await until(
      () => delivery(id),
      seen => seen.recipients.some(({ state }) => state === 'sent'),
    )
    customers.rejected.clear()
    const seen = await inState(id, 'sent')
    expect(seen.recipients.map(({ state }) => state)).toEqual(['sent', 'sent'])
    const arrived = customers.arrived.filter(mail => mail.text?.includes('To both'))
    expect(arrived.map(({ recipients }) => recipients)).toEqual([[address], ['slow@customer.example']])
  })

  test('a bounce marks the message failed and stands in its conversation', async () => {
    const { conversationId, address } = await newMail()
    const { id } = await desk.reply(conversationId, 'Into the void')
    await inState(id, 'sent')
    const { messageId } = desk.row('item', id)!.mail!
    const report = [
      'From: Mail Delivery System <mailer-daemon@customer.example>',
      'To: support@skein.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce-1@customer.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; customer.example',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 no such user',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${messageId}>`,
      '--b--',
      '',
    ].join('\r\n')
    await customers.write(hub.smtp, { envelope: { from: '', to: ['support@skein.example'] }, raw: report })
    const seen = await inState(id, 'failed')
    expect(seen.reason).toMatchObject({ kind: 'bounced' })
    expect(seen.reason?.detail).toContain('550 no such user')
    const bounce = await until(() =>
      desk.timeline(conversationId).find(({ mail }) => mail?.automatic === 'bounce'),
    )
    expect(bounce.author).toEqual({ kind: 'system' })
    expect(desk.row('conversation', conversationId)?.waitingSince).toBeNull()
    expect(desk.all('identity').some(identity => identity.address.includes('mailer-daemon'))).toBe(false)
  })

  test('our own mail coming back makes no new item', async () => {
    const { conversationId } = await newMail()
    const { id } = await desk.reply(conversationId, 'Echo')
    await inState(id, 'sent')
    const sent = customers.handed.find(mail => mail.includes('Echo'))!
    await customers.write(hub.smtp, {
      envelope: { from: 'support@skein.example', to: ['support@skein.example'] },
      raw: sent,
    })
    const after = await newMail()
    expect(desk.timeline(conversationId)).toHaveLength(2)
    expect(desk.timeline(after.conversationId)).toHaveLength(1)
  })

  test('S17: a reply that waits is held when a colleague closes the conversation meanwhile', async () => {
    await hub.addAgent('bo')
    const colleague = await hub.desk('bo')
    const { conversationId } = await newMail()
    customers.answers.push('hold')
    const { id } = await desk.reply(conversationId, 'Too late?')
    await until(() => customers.held() === 1)
    await until(() => colleague.row('conversation', conversationId)?.lastSeq === 2)
    await colleague.mutate('conversation.close', { conversationId, at: Date.now() })
    customers.letGo({ code: 451, text: 'Later' })
    const seen = await until(
      () => desk.row('item', id),
      item => item.delivery?.state === 'held' || item.delivery?.state === 'failed',
    )
    expect(seen.holdReasons.map(({ kind }) => kind)).toEqual(['closed'])
    expect(desk.row('conversation', conversationId)?.held.map(({ itemId }) => itemId)).toEqual([id])
  })

  test('a snoozed conversation wakes by itself', async () => {
    const { conversationId } = await newMail()
    await desk.mutate('conversation.snooze', { conversationId, at: Date.now(), until: Date.now() + 300 })
    await until(
      () => desk.row('conversation', conversationId),
      row => row.status === 'open',
    )
    expect(desk.timeline(conversationId).map(({ event }) => event?.kind)).toContain('woke')
  })
})

test('S19: jobs and mail go on after the hub was stopped and started', async () => {
  const { conversationId } = await newMail()
  customers.answers.push({ code: 451, text: 'Later' })
  const { id } = await desk.reply(conversationId, 'After the break')
  await until(
    () => delivery(id),
    seen => seen.attempts > 0,
  )
  await hub.restart()
  desk = await hub.desk('ann')
  await inState(id, 'sent')
  expect(customers.arrived.filter(mail => mail.text?.includes('After the break'))).toHaveLength(1)
})
