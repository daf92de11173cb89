/** A hub whose database was put back from an older backup (S5): real PostgreSQL, real processes, real desks. */
import { execFileSync } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dial } from '../../electron/core/sync/link.ts'
import { dialSocket } from '../../electron/core/sync/socket.ts'
import {
  addressOf,
  type Desk,
  differences,
  hubFaults,
  note,
  password,
  quiet,
  replyOn,
  signedIn,
} from './support/desk.ts'
import { type HubProcess, makeSite, type Site } from './support/hub.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'
import { seedConversations } from './support/rows.ts'
import { until } from './support/until.ts'

let mail: MailServer
let site: Site
let hub: HubProcess
const desks = new Map<string, Desk>()
beforeAll(async () => {
  mail = await startMailServer()
  site = await makeSite({
    smtp: mail.url,
    agents: { ann: 'agent', bo: 'agent', cy: 'agent' },
    seed: (tx, inboxId) => seedConversations(tx, inboxId, 5, 3),
  })
  hub = await site.hub()
  await hub.start()
})
afterAll(async () => {
  for (const desk of desks.values()) await desk.close()
  await site?.remove()
  await mail?.close()
})

/** A line on which nothing comes back any more once it is deaf: what is sent arrives, and nobody hears of it. */
function line() {
  let deaf = false
  const dial: Dial = (to, listener) =>
    dialSocket(to, {
      ...listener,
      message: (name, payload) => void (deaf || listener.message(name, payload)),
    })
  return {
    dial,
    goDeaf: () => {
      deaf = true
    },
    hear: () => {
      deaf = false
    },
  }
}

const reply = async ({ page }: Desk, conversationId: string, words: string): Promise<string> => {
  const args = await replyOn(page, conversationId, words)
  await page.ask('mutate', { name: 'reply.send', args })
  return args.id
}
const deliveryOf = async (id: string): Promise<string | undefined> =>
  (await site.all('item')).find(item => item.id === id)?.delivery?.state

test('S5: after a restore nothing is sent twice, every outbox survives, and all desks hold what the hub holds', async () => {
  const lines = { ann: line(), bo: line(), cy: line() }
  const open = async (name: 'ann' | 'bo' | 'cy'): Promise<Desk> => {
    const desk = await signedIn(join(site.folder, name), hub.url, name, { dial: lines[name].dial })
    desks.set(name, desk)
    await desk.page.untilSync('live')
    return desk
  }
  const ann = await open('ann')
  const bo = await open('bo')

  // In the backup: one reply sent, one under way, one that waits for its next attempt.
  const before = await reply(ann, 'c0', 'sent before the backup')
  await until('it is sent', async () => (await deliveryOf(before)) === 'sent')
  mail.at = moment => (moment === 'dot' ? { code: 451, text: 'later' } : 'go')
  const waiting = await reply(ann, 'c1', 'waits in the backup')
  await until(
    'it waits',
    async () => (await deliveryOf(waiting)) === 'queued' && mail.copies('waits in') === 1,
  )
  mail.at = moment => (moment === 'connected' ? 'silent' : 'go')
  const underWay = await reply(ann, 'c2', 'under way in the backup')
  await until('it is under way', async () => (await deliveryOf(underWay)) === 'sending')

  await hub.stop('SIGKILL')
  const backup = join(site.folder, 'backup')
  // PostgreSQL's folder belongs to its own user, which a copy by Node would not keep.
  await site.whileClosed(async () => void execFileSync('cp', ['-a', site.data, backup]))
  mail.at = () => 'go'
  await hub.start()

  // What the backup does not know. The desk of one of these replies never hears that it was taken.
  for (const { page } of [ann, bo]) await page.ask('retryNow', {})
  await ann.page.untilSync('live')
  await bo.page.untilSync('live')
  await until('its hub died over it', async () => (await deliveryOf(underWay)) === 'uncertain')
  await ann.page.until(() => ann.page.state('sync')?.uncertain === 1)
  await ann.page.ask('mutate', {
    name: 'delivery.resolve',
    args: { itemId: underWay, conversationId: 'c2', as: 'send-again', at: Date.now() },
  })
  const heard = await reply(ann, 'c0', 'sent after the backup')
  lines.bo.goDeaf()
  const unheard = await reply(bo, 'c3', 'sent and never heard of')
  await until('all three left', () =>
    ['under way in', 'sent after', 'never heard of'].every(words => mail.copies(words) === 1),
  )
  const cy = await open('cy')
  await quiet(ann)
  await hub.stop('SIGKILL')
  // With its hub's death that line is over. A new one that loses only the welcome is nothing TCP does.
  lines.bo.hear()

  // Written without a hub: nobody has sent these.
  const offline = await reply(ann, 'c4', 'written without a hub')
  const kept = note('c4', 'by a device that the backup does not know')
  await cy.page.ask('mutate', { name: 'note.add', args: kept })

  await site.whileClosed(async () => {
    await rm(site.data, { recursive: true })
    await rename(backup, site.data)
  })
  const { code, out, err } = await site.command(['after-restore'])
  expect({ code, out: out.trim(), err }).toEqual({ code: 0, out: '{"restored":true,"uncertain":2}', err: '' })
  await hub.start()
  const refused = await site.command(['after-restore'])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('stop every hub')

  for (const { page } of [ann, bo, cy]) await page.ask('retryNow', {})
  // The third device came after the backup: its person signs in again, and its work is still there.
  await cy.page.until(() => cy.page.state('sync')?.phase === 'blocked')
  expect(cy.page.state('sync')?.waiting).toBe(1)
  await cy.page.ask('signIn', { hubUrl: hub.url, email: addressOf('cy'), password })
  for (const desk of [ann, bo, cy]) await quiet(desk)

  await until('what nobody had sent is sent', async () => (await deliveryOf(offline)) === 'sent')
  expect(await deliveryOf(before)).toBe('sent')
  for (const id of [waiting, underWay, unheard]) expect(await deliveryOf(id)).toBe('uncertain')
  // What only the lost days knew is gone from the hub; it left once all the same.
  expect(await deliveryOf(heard)).toBeUndefined()
  expect((await site.all('item')).some(({ id }) => id === kept.id)).toBe(true)
  const left = ['sent before', 'waits in', 'under way in', 'sent after', 'never heard of', 'without a hub']
  expect(left.map(words => [words, mail.copies(words)])).toEqual(left.map(words => [words, 1]))

  for (const [name, desk] of desks) {
    await desk.close()
    const again = await signedIn(desk.profileDir, hub.url, name)
    await quiet(again)
    await again.close()
    expect(await differences(desk.profileDir, name, site)).toEqual([])
  }
  desks.clear()
  expect(await hubFaults(site)).toEqual([])
}, 240_000)
