/** Sends of which nobody knows (S18, I2): real hub processes, a real desk, a mail server that breaks where it hurts. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeliveryState } from '#shared/model/item.ts'
import { type Desk, differences, quiet, replyOn, signedIn } from './support/desk.ts'
import { type HubProcess, makeSite, type Site } from './support/hub.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'
import { seedConversations } from './support/rows.ts'
import { until } from './support/until.ts'

let mail: MailServer
let site: Site
let hub: HubProcess
let desk: Desk
beforeAll(async () => {
  mail = await startMailServer()
  site = await makeSite({
    smtp: mail.url,
    agents: { ann: 'agent' },
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 3, 2),
  })
  hub = await site.hub()
  await hub.start()
  desk = await signedIn(join(site.folder, 'ann'), hub.url, 'ann')
  await desk.page.untilSync('live')
})
afterAll(async () => {
  await desk?.close()
  await site?.remove()
  await mail?.close()
})

async function send(words: string): Promise<string> {
  const args = await replyOn(desk.page, 'c1', words)
  await desk.page.ask('mutate', { name: 'reply.send', args })
  return args.id
}

/** As the agent sees it. */
async function becomes(id: string, state: DeliveryState): Promise<void> {
  const timeline = desk.page.watch('timeline', { customerId: 'customer', limit: 500 })
  await desk.page.until(() =>
    timeline.rows.some(({ item }) => item.id === id && item.delivery?.state === state),
  )
  timeline.stop()
}

const decide = (itemId: string, as: 'send-again' | 'arrived') =>
  desk.page.ask('mutate', {
    name: 'delivery.resolve',
    args: { itemId, conversationId: 'c1', as, at: Date.now() },
  })

/** A reply that comes after and arrives: what the hub had to do by itself, it has done. */
async function nothingMoreIsSent(): Promise<void> {
  const words = `proof ${crypto.randomUUID()}`
  await becomes(await send(words), 'sent')
  await until('no job is due', async () => {
    const { rows } = await site.ground.database.pool.query(
      `select from jobs.job where name = 'deliver' and state <= 'active' and start_after <= now() limit 1`,
    )
    return rows.length === 0
  })
}

test('I2: a mail server that dies after DATA and before its answer: one copy, uncertain, over restarts, until a person says', async () => {
  mail.at = moment => (moment === 'dot' ? 'die' : 'go')
  const id = await send('died after the dot')
  await becomes(id, 'uncertain')
  mail.at = () => 'go'
  await desk.page.until(() => desk.page.state('sync')?.uncertain === 1)

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await hub.stop(signal)
    await hub.start()
    await desk.page.ask('retryNow', {})
    await desk.page.untilSync('live')
    await nothingMoreIsSent()
    expect(mail.copies('died after the dot')).toBe(1)
  }
  await becomes(id, 'uncertain')

  await decide(id, 'send-again')
  await becomes(id, 'sent')
  await nothingMoreIsSent()
  expect(mail.copies('died after the dot')).toBe(2)
  // Decided is decided.
  expect(
    await desk.page.faultOf('mutate', {
      name: 'delivery.resolve',
      args: { itemId: id, conversationId: 'c1', as: 'send-again', at: Date.now() },
    }),
  ).toMatchObject({ kind: 'invalid', params: { code: 'not-possible' } })
})

test('I2: a server that dies before the last dot never had it: tried again by itself, one copy', async () => {
  let broke = false
  mail.at = moment => {
    if (moment !== 'data' || broke) return 'go'
    broke = true
    return 'die'
  }
  const id = await send('died before the dot')
  await until('the first attempt has failed', async () => {
    const item = (await site.all('item')).find(each => each.id === id)
    return item?.delivery?.attempts === 1 && item.delivery.state === 'queued'
  })
  expect(mail.copies('died before the dot')).toBe(0)
  // The next attempt by itself is a minute away; a person need not wait for it to be shown that it is planned.
  const item = (await site.all('item')).find(each => each.id === id)
  expect(item?.delivery).toMatchObject({ retryable: true, reason: { kind: 'unreachable' } })
  mail.at = () => 'go'
})

test('S18: a hub that is killed while the server thinks: one copy, uncertain; "it arrived" settles it without another', async () => {
  mail.at = moment => (moment === 'dot' ? 'silent' : 'go')
  const id = await send('killed while it waited')
  await until('the mail has left', () => mail.copies('killed while it waited') === 1)
  await hub.stop('SIGKILL')
  mail.at = () => 'go'
  await hub.start()
  await desk.page.ask('retryNow', {})
  await desk.page.untilSync('live')
  await becomes(id, 'uncertain')
  await decide(id, 'arrived')
  await becomes(id, 'sent')
  await nothingMoreIsSent()
  expect(mail.copies('killed while it waited')).toBe(1)
})

test('I3: after all this the desk holds what the hub holds', async () => {
  await quiet(desk)
  await desk.close()
  expect(await differences(desk.profileDir, 'ann', site)).toEqual([])
})
