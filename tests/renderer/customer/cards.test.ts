// Cards from other systems in the customer's panel, in a real Chromium over a scripted core: one page for what is shown with the hub, one
// for without.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { noCard } from '#shared/model/card.ts'
import { failed } from '#shared/protocol/fault.ts'
import type { CustomerCard } from '#shared/queries/index.ts'
import { stageOfFile } from '../support/stage.ts'
import { thursday } from '../support/veloform.ts'
import { openThread } from '../timeline/opened.ts'
import { customerId, thread } from '../timeline/scene.ts'
import { cardOf, known, orders } from './carded.ts'

const stage = stageOfFile()

async function open(cards: CustomerCard[], options?: Parameters<typeof openThread>[2]) {
  const world = thread()
  world.cards = cards
  const desk = await openThread(stage, world, options)
  const part = (name: string) =>
    desk.page.locator('.panel-part').filter({ has: desk.page.getByRole('button', { name, exact: true }) })
  const asked = () => desk.core.asked.filter(({ name }) => name === 'cards').map(({ args }) => args)
  const show = (...rows: CustomerCard[]): void => {
    world.cards = rows
    desk.core.changed()
  }
  return { ...desk, part, asked, show }
}
const shop = (more: Partial<CustomerCard> = {}) => cardOf({ connectorId: 'shop', name: 'Shop', ...more })

it('a card comes into its place, is opened by keyboard, grows old, fails in its own place, and is harmless', async () => {
  const { page, core, part, asked, show } = await open([shop({ asking: true })])
  await expect.poll(asked).toContainEqual({ customerId })
  const card = part('Shop')
  await card.getByRole('status', { name: 'Asking Shop' }).waitFor()

  show(shop({ card: orders, at: thursday - 90_000 }))
  const order = card.getByRole('button', { name: /^SO-20418/ })
  await order.waitFor()
  expect(await card.innerText()).toContain('1 min ago')
  // One of them has cents, so all show theirs.
  expect(await card.innerText()).toContain('€12,870.00')
  await card.getByText('14 more there').waitFor()
  await order.focus()
  await page.keyboard.press('Enter')
  await card.getByText('Battery pack PB-48').waitFor()
  const link = card.getByRole('link', { name: 'Open there' })
  expect(await link.getAttribute('href')).toBe('https://shop.veloform.example/orders/20418')
  expect(await link.getAttribute('rel')).toContain('noopener')
  await page.keyboard.press('Enter')
  await card.getByText('Battery pack PB-48').waitFor({ state: 'detached' })
  await card.getByRole('button', { name: 'Ask Shop anew' }).click()
  await expect.poll(asked).toContainEqual({ customerId, connectorId: 'shop', anew: true })

  // A failure is said in its own card, with what was known before and its age; others stand as they are.
  show(...known(thursday))
  const crm = part('Zoho CRM')
  await crm.getByText('It did not answer in time.').waitFor()
  expect(await crm.innerText()).toContain('4 h ago')
  await crm.getByText('Fleet renewal 2027').waitFor()
  expect(await crm.locator('.card').getAttribute('data-old')).toBe('true')
  expect(await part('Shop 商城').locator('.card').getAttribute('data-old')).toBeNull()
  await crm.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(asked).toContainEqual({ customerId, connectorId: 'crm', anew: true })
  expect(await page.locator('.tl-scroll').innerText()).not.toContain('Zoho')
  const axe = await new AxeBuilder({ page }).include('.panel').analyze()
  expect(axe.violations).toEqual([])

  show(shop({ card: noCard, at: thursday }))
  await card.getByText('Knows nothing of this customer').waitFor()
  show(shop({ trouble: { kind: 'no-key' } }))
  await card.getByText('Nothing is known of this customer that it could be asked by.').waitFor()
  expect(await card.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  show(shop({ trouble: { kind: 'failed', status: 502 } }))
  await card.getByText('It answered with an error (502).').waitFor()

  const hostile = '<img src=x onerror="document.title=1">\u202e'
  const status = { text: hostile.repeat(3), tone: 'bad' as const }
  const groups = [{ ...orders.groups[0]!, title: hostile.repeat(3), status }]
  show(shop({ card: { ...orders, groups }, at: thursday }))
  await card.getByText('<img src=x', { exact: false }).first().waitFor()
  expect(await page.locator('.panel img').count()).toBe(0)
  expect(await card.evaluate(element => element.scrollWidth > element.clientWidth)).toBe(false)

  // The hub itself does not answer.
  core.answer('cards', () => failed('hub-busy'))
  show(shop())
  core.sync({ offlineSince: thursday })
  await card.getByText('Not asked yet.', { exact: false }).waitFor()
  core.sync({ offlineSince: null })
  await card.getByRole('button', { name: 'Try again' }).waitFor()
})

it('without the hub what is kept is grey with its age, what was never asked says so, and nobody is asked', async () => {
  const cards = [shop({ card: orders, at: thursday - 60_000 }), cardOf({ connectorId: 'erp', name: 'ERP' })]
  const { part, asked } = await open(cards, {
    prepare: core => core.sync({ phase: 'offline', offlineSince: thursday - 60_000 }),
  })
  await part('ERP').getByText('Not asked yet.', { exact: false }).waitFor()
  expect(await part('Shop').locator('.card').getAttribute('data-old')).toBe('true')
  expect(await part('Shop').getByRole('button', { name: 'Ask Shop anew' }).count()).toBe(0)
  expect(asked()).toEqual([])
})
