// A conversation beside the customer's, by a real SMTP server and a hub on PostgreSQL: its answers come back to it, nothing of it to the customer.
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { type Customers, startCustomers } from '../hub/customers.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'

const support = 'support@skein.example'
const depot = 'depot@utrecht.example'
const maria = 'maria@customer.example'

let hub: TestHub
let customers: Customers
let desk: Desk
beforeAll(async () => {
  customers = await startCustomers()
  hub = await startHub({ config: { retryAfter: [200] } })
  await hub.addInbox(support, customers.url)
  await hub.addAgent('ann')
  desk = await hub.desk('ann')
})
afterAll(async () => {
  await hub?.close()
  await customers?.close()
})

const arrived = (text: string) => until(() => customers.arrived.find(mail => mail.text?.includes(text)))
const itemWith = (conversationId: string, text: string) =>
  until(async () => (await desk.timeline(conversationId)).find(item => item.text.includes(text)))

test('what is said beside goes back and forth in a thread of its own; the customer waits as before and learns nothing of it', async () => {
  await customers.write(hub.smtp, {
    ...{ from: `Maria <${maria}>`, to: support, subject: 'Battery', text: 'It is flat.' },
    messageId: '<first@customer.example>',
  })
  const found = await until(() => desk.all('conversation').find(each => each.subject === 'Battery'))
  const now = () => desk.row('conversation', found.id)!
  const question = await itemWith(found.id, 'It is flat.')
  const { customerId, inboxId, channel, identityId } = found
  const place = { conversationId: found.id, customerId, inboxId, channel }
  const basis = () => ({
    seq: now().lastSeq,
    status: now().status,
    ...{ assigneeId: null, inboxId, customerId, writtenAt: Date.now(), offline: false },
  })
  const say = (text: string, over: Partial<MutationArgs<'side.send'>>) => {
    const id = uuidv7()
    const to = [{ name: 'Depot', address: depot }]
    const content = { text, to, cc: [], attachments: [] }
    const about = { subject: 'Two packs?', root: id, about: question.id, identityId }
    return desk.mutate('side.send', { id, ...place, ...content, ...about, basis: basis(), ...over })
  }
  const waited = now().waitingSince

  await say('Have you two packs?', { heading: 'From: Maria' })
  const asked = await arrived('Have you two packs?')
  expect(asked.recipients).toEqual([depot])
  expect(asked.subject).toBe('Two packs?')
  expect(asked.text).toMatch(/From: Maria\s+It is flat\./)
  expect(asked.inReplyTo ?? '').toBe('')
  expect(JSON.stringify(asked.headers)).not.toContain('first@customer.example')
  const root = await itemWith(found.id, 'Have you two packs?')

  await customers.write(hub.smtp, {
    ...{
      from: `Depot <${depot}>`,
      to: support,
      subject: 'Re: Two packs?',
      text: 'Three. Do not promise Friday.',
    },
    ...{
      inReplyTo: asked.messageId ?? '',
      references: asked.messageId ?? '',
      messageId: '<a1@utrecht.example>',
    },
  })
  const answer = await itemWith(found.id, 'Do not promise Friday.')
  expect(answer.mail).toMatchObject({ aside: true, side: root.id })
  expect(now()).toMatchObject({ waitingSince: waited, lastInbound: found.lastInbound, lastReply: null })
  const asker = root.author.kind === 'agent' ? root.author.agentId : ''
  expect(now().lastAside).toEqual({ seq: answer.seq, at: answer.at, agentId: asker })

  await say('Then send one.', { subject: 'Re: Two packs?', root: root.id, about: answer.id })
  const back = await arrived('Then send one.')
  expect(back.recipients).toEqual([depot])
  expect(back.inReplyTo).toBe('<a1@utrecht.example>')
  expect(back.text).toContain('> Three. Do not promise Friday.')
  expect(back.text).not.toContain('It is flat.')

  const reply = uuidv7()
  await desk.mutate('reply.send', {
    id: reply,
    ...place,
    ...{ text: 'One is on its way.', to: [{ name: 'Maria', address: maria }], cc: [], attachments: [] },
    basis: basis(),
  })
  const told = await arrived('One is on its way.')
  expect(told.recipients).toEqual([maria])
  expect(told.inReplyTo).toBe('<first@customer.example>')
  expect(`${told.text}${JSON.stringify(told.headers)}`).not.toMatch(/Friday|depot|utrecht|Two packs/i)
})
