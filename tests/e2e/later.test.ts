import { expect } from '@playwright/test'
import { entry, openConversation, row, showView, synced, write } from './support/actions.ts'
import { test } from './support/world.ts'

test('a letter is had back before it leaves, one for later leaves with the desk closed, and one that was overtaken waits for a look', async ({
  world,
}) => {
  const { hub, customers } = world
  const kenji = { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' }
  await customers.write(hub.smtp, {
    from: kenji,
    to: 'support@skein.example',
    subject: 'Blue frame',
    text: 'Is it back in stock?',
  })
  const lin = await world.desk('lin', { undo: true })
  const { page } = lin
  await showView(page, 'open')
  await openConversation(page, 'Kenji Watanabe')
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
  expect(customers.arrived).toHaveLength(0)

  // For later, by the keyboard alone.
  await field.press('Control+l')
  await page.keyboard.type('2h')
  await page.keyboard.press('Enter')
  const planned = entry(page, 'Yes, seven of them.')
  await expect(planned).toContainText(/Leaves (tomorrow )?\d\d:\d\d/)
  await planned.getByRole('button', { name: 'Edit' }).click()
  await expect(field).toHaveText('Yes, seven of them.')
  await expect(planned).toHaveCount(0)

  await field.fill('Yes, two of them.')
  await field.press('Control+l')
  const soon = await page.evaluate(() => {
    const at = new Date(Date.now() + 75_000 - new Date().getTimezoneOffset() * 60_000)
    return at.toISOString().slice(0, 16)
  })
  const leavesAt = await page.evaluate(text => new Date(text).getTime(), soon)
  await page.getByLabel('Date and time').fill(soon)
  await page.getByRole('button', { name: 'Send then' }).click()
  await expect(entry(page, 'Yes, two of them.')).toContainText(/Leaves|About to leave/)
  await synced(page)
  await lin.close()
  await expect.poll(() => customers.arrivedWith('Yes, two of them.').length, { timeout: 120_000 }).toBe(1)
  expect(Date.now()).toBeGreaterThanOrEqual(leavesAt)
  expect(customers.arrivedWith('seven')).toHaveLength(0)

  // The customer writes before the time has come: held, not sent.
  const tomas = await world.desk('tomas', { undo: true })
  await showView(tomas.page, 'open')
  await openConversation(tomas.page, 'Kenji Watanabe')
  await write(tomas.page, 'reply', 'Shall I keep one for you?')
  await tomas.page.keyboard.press('Control+l')
  await tomas.page.keyboard.type('1 min')
  await tomas.page.keyboard.press('Enter')
  await synced(tomas.page)
  await customers.write(hub.smtp, {
    from: kenji,
    to: 'support@skein.example',
    subject: 'Re: Blue frame',
    text: 'I have bought one elsewhere.',
  })
  await expect(entry(tomas.page, 'I have bought one elsewhere.')).toBeVisible()
  await expect(entry(tomas.page, 'Shall I keep one for you?')).toContainText('the customer wrote again', {
    timeout: 120_000,
  })
  await expect(row(tomas.page, 'Kenji Watanabe')).toContainText(/Held/)
  expect(customers.arrivedWith('keep one')).toHaveLength(0)
})
