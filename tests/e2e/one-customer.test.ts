/**
 * One customer on two channels, whom the site has signed for, and two networks that are dead for a real minute each, half of it together.
 * A minute is waited for and not made by a clock set forward: what a line does that is silent for so long (heartbeats that are missed,
 * dials that hang, timers that wait longer and longer) happens only then.
 */
import { expect, type Page } from '@playwright/test'
import { signed } from '../chat/visitors.ts'
import { entry, offline, row, showView, synced, timeline } from './support/actions.ts'
import { cable } from './support/cable.ts'
import { bubble, field, log, openChat, openShop, say, texts } from './support/shop.ts'
import { test } from './support/world.ts'

test.slow()

const MINUTE = 60_000

/** The rest of a time that has begun. */
const until = (at: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, Math.max(0, at - Date.now())))

const SUBJECT = 'Invoice 5521'

/** Addresses one of the customer's two conversations, in the composer, and answers there. */
async function answer(page: Page, channel: 'Chat' | 'Email', text: string): Promise<void> {
  await page.getByTitle('Which conversation to answer').click()
  const about = channel === 'Email' ? { hasText: SUBJECT } : { hasNotText: SUBJECT }
  await page.getByRole('menuitemradio').filter(about).click()
  await page.getByRole('tab', { name: new RegExp(`^${channel}`) }).click()
  await page.getByRole('textbox', { name: /^Your reply/ }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(entry(page, text)).toBeVisible()
}

test('one who mails and chats is one timeline, answered on either from one screen; both networks are dead for a minute, and everything arrives once', async ({
  world,
  browser,
}) => {
  const { hub, customers } = world
  const made = JSON.parse(await hub.command(['inbox', 'add', 'chat', '--name', 'Veloform'])) as {
    address: string
    secret: string
  }
  const mara = { name: 'Mara Jansen', email: 'mara@jansen.example' }
  const token = await signed({ sub: 'customer-17', ...mara }, made.secret, '1h')
  await customers.write(hub.smtp, {
    from: { name: mara.name, address: mara.email },
    to: 'support@skein.example',
    subject: SUBJECT,
    text: 'The VAT number on it is wrong.',
  })
  const [outside, inside] = [await cable(hub.url), await cable(hub.url)]
  const shop = await openShop(outside.url, made.address)
  const context = await browser.newContext({ viewport: { width: 420, height: 700 } })
  const customer = await context.newPage()
  const mailed = (): (string | undefined)[] => customers.arrived.map(({ text }) => text?.trim())

  try {
    const { page } = await world.desk('lin', { hubUrl: inside.url })
    await showView(page, 'open')
    await row(page, mara.name).click()
    await expect(entry(page, 'The VAT number on it is wrong.')).toBeVisible()
    await customer.goto(shop.page(`/bikes?token=${token}`))
    await openChat(customer)
    await say(customer, 'Did my mail about the invoice arrive?')

    // One timeline, both channels in it, in the order in which it happened.
    await expect(entry(page, 'Did my mail about the invoice arrive?')).toBeVisible()
    await expect(timeline(page)).toContainText(/VAT number[\s\S]*Did my mail/)
    await answer(page, 'Chat', 'It did, one moment.')
    await answer(page, 'Email', 'A corrected invoice follows.')
    await expect(bubble(customer, 'It did, one moment.')).toBeVisible()
    await expect.poll(mailed).toEqual([expect.stringContaining('A corrected invoice follows.')])
    await expect(bubble(customer, 'A corrected invoice follows.')).toHaveCount(0)
    await synced(page)

    // The customer's network goes; half a minute later the agent's, too. Neither is told.
    const customerGone = Date.now()
    outside.cut()
    await say(customer, 'Could you also send the packing list?')
    await expect(bubble(customer, 'packing list')).toContainText('Waiting to be sent')
    await answer(page, 'Chat', 'The number is 12 345.')
    await expect(entry(page, 'The number is 12 345.')).toContainText(/Sent/)

    await until(customerGone + MINUTE / 2)
    const agentGone = Date.now()
    inside.cut()
    await answer(page, 'Chat', 'I am on a train.')
    await answer(page, 'Email', 'The invoice comes tonight.')
    await offline(page)

    await until(customerGone + MINUTE)
    outside.mend()
    await expect(bubble(customer, 'The number is 12 345.')).toBeVisible({ timeout: 45_000 })
    await expect(bubble(customer, 'packing list')).not.toContainText('Waiting')
    await expect(bubble(customer, 'I am on a train.')).toHaveCount(0)
    expect(mailed()).toHaveLength(1)

    await until(agentGone + MINUTE)
    inside.mend()
    await expect(bubble(customer, 'I am on a train.')).toBeVisible({ timeout: 60_000 })
    await expect(entry(page, 'Could you also send the packing list?')).toBeVisible({ timeout: 60_000 })
    await expect.poll(mailed, { timeout: 60_000 }).toHaveLength(2)
    await synced(page)

    // Both kinds once, on both sides, and after the customer's page was loaded anew.
    await expect.poll(() => hub.waitingJobs(), { timeout: 30_000 }).toBe(0)
    expect(mailed()).toEqual([
      expect.stringContaining('A corrected invoice follows.'),
      expect.stringContaining('The invoice comes tonight.'),
    ])
    await customer.reload()
    await openChat(customer)
    await expect(log(customer)).toContainText('I am on a train.')
    const chat = [
      'Did my mail about the invoice arrive?',
      'It did, one moment.',
      'Could you also send the packing list?',
      'The number is 12 345.',
      'I am on a train.',
    ]
    const greeting = await texts(customer).then(all => all.filter(text => !chat.includes(text)))
    await expect.poll(async () => (await texts(customer)).sort()).toEqual([...greeting, ...chat].sort())
    for (const text of [...chat, 'A corrected invoice follows.', 'The invoice comes tonight.'])
      await expect(entry(page, text)).toHaveCount(1)
    await expect(field(customer)).toBeVisible()
  } finally {
    await context.close()
    await shop.close()
    await outside.close()
    await inside.close()
  }
})
