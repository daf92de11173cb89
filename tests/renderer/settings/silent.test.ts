// A mailbox that is no longer let in, as whoever can mend it sees it from anywhere at the desk: Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { ok } from '#shared/protocol/fault.ts'
import type { InboxReport, MailTroubleKind } from '#shared/protocol/inboxes.ts'
import { stageOfFile } from '../support/stage.ts'
import { veloform } from '../support/veloform.ts'

const stage = stageOfFile()

const report = (n: number, name: string, kind: MailTroubleKind | null): InboxReport => ({
  ...{ inboxId: `inbox-${n}`, channel: 'email', name, address: `${n}@veloform.com`, signature: '' },
  active: true,
  about: {
    kind: 'mail',
    imap: {
      ...{ host: 'imap.veloform.com', port: 993, security: 'tls', user: name },
      ...{ folders: ['INBOX'], historyDays: 30, markSeen: false },
    },
    ...{ smtp: null, login: 'password' },
    folders: [
      {
        ...{ folder: 'INBOX', connectedSince: kind ? null : 5, lastMailAt: null, troubled: 0 },
        trouble: kind && { kind, detail: '' },
      },
    ],
  },
})

/** Five minutes of the page, in steps in which an answer can come. */
async function fiveMinutes(page: Page): Promise<void> {
  for (let n = 0; n < 30; n++) await page.clock.runFor(10_000)
}

async function openAs(role: 'administrator' | 'agent') {
  const world = veloform()
  world.put('agent', { ...world.one('agent', world.agentId)!, role })
  const said = { inboxes: [report(1, 'Support', null)] }
  const desk = await stage.open(world, { prepare: core => core.answer('inboxes', () => ok(said)) })
  await desk.page.getByRole('listbox', { name: /^Conversations/ }).waitFor()
  // The part that asks is read when the page is idle: what is said from here on is the second answer.
  if (role === 'administrator')
    await expect.poll(() => desk.core.asked.some(({ name }) => name === 'inboxes')).toBe(true)
  return { ...desk, said }
}

it('a mailbox that refuses its password is told to an administrator wherever they are, until it is mended', async () => {
  const { page, said } = await openAs('administrator')
  said.inboxes = [report(1, 'Support', 'wrong-password'), report(2, 'Sales', null)]
  await fiveMinutes(page)
  const banner = page.getByText('No mail comes from Support. The server refuses this name and password.', {
    exact: false,
  })
  await banner.waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'To the inboxes' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sales/ })
    .waitFor()
  said.inboxes = [report(1, 'Support', null)]
  await page.keyboard.press('Escape')
  await banner.waitFor({ state: 'detached' })
})

it('what may pass by itself is told when it has not', async () => {
  const { page, core, said } = await openAs('administrator')
  const asked = () => core.asked.filter(({ name }) => name === 'inboxes').length
  said.inboxes = [report(1, 'Support', 'no-route'), report(2, 'Sales', 'closed')]
  const before = asked()
  await fiveMinutes(page)
  await expect.poll(asked).toBeGreaterThan(before)
  expect(await page.getByText('No mail comes', { exact: false }).count()).toBe(0)
  const banner = page.getByText('No mail comes from Support, Sales.')
  await expect
    .poll(async () => {
      await fiveMinutes(page)
      return banner.count()
    })
    .toBe(1)
})

it('who cannot mend it is not asked', async () => {
  const { page, core, said } = await openAs('agent')
  said.inboxes = [report(1, 'Support', 'wrong-password')]
  await fiveMinutes(page)
  expect(core.asked.filter(({ name }) => name === 'inboxes')).toEqual([])
})
