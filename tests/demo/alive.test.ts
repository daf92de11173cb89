/** The live demonstration on a real hub: customers by SMTP and by the widget's protocol, a desk, colleagues. */
import nodemailer from 'nodemailer'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Session } from '#shared/protocol/http.ts'
import { addAgent } from '../../server/admin/people.ts'
import { type Alive, bringToLife } from '../../server/demo/alive/alive.ts'
import { openOffice, type PostOffice } from '../../server/demo/post-office.ts'
import { agents, inboxes } from '../../server/demo/script.ts'
import { addChatInbox } from '../chat/visitors.ts'
import { type Desk, password, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'

let hub: TestHub
let office: PostOffice
let desk: Desk
let life: Alive | undefined
let seed = 1

beforeAll(async () => {
  hub = await startHub()
  office = await openOffice()
  for (const { address } of Object.values(inboxes))
    await hub.addInbox(address, `smtp://127.0.0.1:${office.port}`)
  await addChatInbox(hub, 'web-demo', { secret: 'a secret of the host site, 32 letters or more' })
  const inboxIds = (await hub.store.all('inbox')).map(({ id }) => id)
  const { database, vault, folder } = hub.parts
  const ground = { data: folder, database, store: hub.store, vault, close: async () => undefined }
  for (const agent of Object.values(agents)) await addAgent(ground, { ...agent, password, inboxIds })
  const { body } = await hub.post('/v1/session', {
    email: agents.tomas.email,
    password,
    device: { id: null, name: 'test', platform: 'linux' },
  })
  desk = hub.socket(body as Session)
  desk.hello()
  await desk.live()
})
afterEach(async () => {
  await life?.close()
  life = undefined
})
afterAll(async () => {
  await office?.close()
  await hub?.close()
})

/** Seconds of it are hundredths here; nobody loses patience. */
async function alive(over: object = {}): Promise<Set<string>> {
  const before = new Set(desk.all('conversation').map(({ id }) => id))
  const { store, url, smtp } = hub
  const { vault, secrets } = hub.parts
  const log = { info() {}, warn() {}, error() {} }
  life = await bringToLife({
    ...{ store, vault, secrets, url, smtp, office, log, seed: seed++ },
    ...{ scale: 0.004, patience: 100_000, ...over },
  })
  return before
}
const inboundOf = (id: string) => desk.timeline(id).filter(({ direction }) => direction === 'in')

test.each(['email', 'chat'])(
  'a customer by %s reacts to what the agent at the desk writes',
  async channel => {
    const before = await alive({ share: 1 })
    const { id } = await until(() =>
      desk
        .all('conversation')
        .find(each => each.channel === channel && !before.has(each.id) && inboundOf(each.id).length === 1),
    )
    const zh = /\p{Script=Han}/u.test(inboundOf(id)[0]!.text)
    const ask = zh ? '请提供一下订单号。' : 'Could you send me the order number, please?'
    expect((await desk.reply(id, ask)).outcome.kind).toBe('done')
    const [, given] = await until(
      () => inboundOf(id),
      ({ length }) => length === 2,
    )
    expect(given!.text).toMatch(/SO-\d{5}/)

    await desk.reply(id, zh ? '已经安排，明天送达。' : 'Thank you. It is on its way and comes tomorrow.')
    const [, , last] = await until(
      () => inboundOf(id),
      ({ length }) => length === 3,
    )
    expect(last!.text).toMatch(/thank|thx|great|got it|cool|all right|谢|清楚|行|可以|点赞|辛苦/i)
    // All of it is one thread of one customer.
    const identities = inboundOf(id).map(({ author }) => author.kind === 'customer' && author.identityId)
    expect(new Set(identities).size).toBe(1)
  },
)

test('colleagues claim, answer, and close, and their customers answer them', async () => {
  const before = await alive({ share: 0 })
  const done = await until(() =>
    desk
      .all('conversation')
      .find(({ id, status }) => !before.has(id) && status === 'closed' && inboundOf(id).length > 1),
  )
  const colleagues = hub.store
    .all('agent')
    .then(all => all.filter(({ email }) => email !== agents.tomas.email))
  expect((await colleagues).map(({ id }) => id)).toContain(done.assigneeId)
  const replies = () =>
    desk.timeline(done.id).filter(({ kind, direction }) => kind === 'message' && direction === 'out')
  await until(() => replies().every(({ delivery }) => /^(sent|delivered|read)$/.test(delivery!.state)))
  expect(replies().length).toBeGreaterThan(0)
  for (const { holdReasons } of replies()) expect(holdReasons).toEqual([])
})

test('whoever wrote before the start is taken up again by an answer', async () => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: hub.smtp, ignoreTLS: true })
  await transport.sendMail({
    from: 'Old Friend <old.friend@example.com>',
    to: inboxes.support.address,
    subject: 'Any news?',
    text: 'I wrote to you last week.',
  })
  const { conversationId } = await until(() =>
    desk.all('item').find(({ subject }) => subject === 'Any news?'),
  )
  await alive({ unheeded: 0 })
  await desk.reply(conversationId, 'We shipped it today.')
  const [, answer] = await until(
    () => inboundOf(conversationId),
    ({ length }) => length === 2,
  )
  expect(answer!.subject).toBe('Re: Any news?')
})

test('when nobody at the desk does anything, it grows quiet', async () => {
  await alive({ share: 1, unheeded: 4, scale: 0.001 })
  const { counts } = life!
  await until(() => counts.begun === 4)
  const { beats } = counts
  await until(() => counts.beats > beats + 30)
  expect(counts.begun).toBe(4)
})
