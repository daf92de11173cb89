import { expect, type Page } from '@playwright/test'
import { entry, openConversation, row, showView, synced, write } from './support/actions.ts'
import { test } from './support/world.ts'

const MINUTE = 60_000

test('a letter is had back before it leaves, one for later leaves with the desk closed, and one that was overtaken waits for a look', async ({
  world,
}) => {
  test.setTimeout(300_000)
  const { hub, customers } = world
  const kenji = { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' }
  const liu = { name: '刘子昂', address: 'liu@example.cn' }
  for (const from of [kenji, liu])
    await customers.write(hub.smtp, {
      from,
      to: 'support@skein.example',
      subject: 'Blue frame',
      text: 'Is it back in stock?',
    })
  const lin = await world.desk('lin', { undo: true })
  const { page } = lin
  await showView(page, 'open')
  await openConversation(page, kenji.name)
  const field = page.getByRole('textbox', { name: 'Your reply' })

  // Sent, resolved, and had back with one key: the words are there again and the conversation is open.
  await write(page, 'reply', 'Yes, seven of them.')
  await page.keyboard.press('Control+Shift+Enter')
  await expect(entry(page, 'Yes, seven of them.')).toContainText(/Leaves in/)
  await expect(page.getByText('Sent and resolved').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('z')
  await expect(entry(page, 'Yes, seven of them.')).toHaveCount(0)
  await expect(field).toHaveText('Yes, seven of them.')
  await expect(page.getByRole('button', { name: 'Resolve', exact: true })).toBeVisible()

  // For later, by the keyboard alone; and back to its words.
  await field.press('Control+l')
  await page.keyboard.type('2h')
  await page.keyboard.press('Enter')
  const planned = entry(page, 'Yes, seven of them.')
  await expect(planned).toContainText(/Leaves (tomorrow )?\d\d:\d\d/)
  await planned.getByRole('button', { name: 'Edit' }).click()
  await expect(planned).toHaveCount(0)
  await expect(field).toHaveText('Yes, seven of them.')

  // Two for one minute: of one the desk is closed, to the other the customer writes before.
  const tomas = await world.desk('tomas', { undo: true })
  await showView(tomas.page, 'open')
  await openConversation(tomas.page, liu.name)
  await write(tomas.page, 'reply', 'Shall I keep one for you?')
  await field.fill('Yes, two of them.')
  const leavesAt = Math.ceil((Date.now() + MINUTE / 2) / MINUTE) * MINUTE
  await sendAt(page, leavesAt)
  await sendAt(tomas.page, leavesAt)
  await expect(entry(page, 'Yes, two of them.')).toContainText(/Leaves/)
  await synced(page)
  await lin.close()
  await synced(tomas.page)
  await customers.write(hub.smtp, {
    from: liu,
    to: 'support@skein.example',
    subject: 'Re: Blue frame',
    text: 'I have bought one elsewhere.',
  })
  await expect.poll(() => customers.arrivedWith('Yes, two of them.').length, { timeout: 120_000 }).toBe(1)
  expect(Date.now()).toBeGreaterThanOrEqual(leavesAt)
  await expect(entry(tomas.page, 'Shall I keep one for you?')).toContainText('the customer wrote again', {
    timeout: 60_000,
  })
  await expect(row(tomas.page, liu.name)).toContainText(/Held/)
  expect(customers.arrived).toHaveLength(1)
})

/** In the composer that has the focus somewhere: the date and time of the menu. */
async function sendAt(page: Page, at: number): Promise<void> {
  await page.getByRole('textbox', { name: 'Your reply' }).press('Control+l')
  const text = await page.evaluate(
    time => new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16),
    at,
  )
  await page.getByLabel('Date and time').fill(text)
  await page.getByRole('button', { name: 'Send then' }).click()
}
