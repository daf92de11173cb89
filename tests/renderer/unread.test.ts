/** What one wants to come back to is marked unread: the desk in Chromium over a scripted core. */
import { expect, it } from 'vitest'
import { stageOfFile } from './support/stage.ts'
import { openThird } from './support/states.ts'
import { withThread } from './support/threads.ts'
import { veloform } from './support/veloform.ts'

const stage = stageOfFile()

it('U marks a conversation unread and leads to the list; Z takes it back, and opening it again reads it', async () => {
  const { page } = await stage.open(withThread(veloform(), 'en'))
  const row = page.getByRole('option', { name: /Amara/ })
  const unread = row.getByText('Unread', { exact: true })
  await openThird(page, 'en')
  await page.locator('.tl-scroll[data-placed]').waitFor()
  await unread.waitFor({ state: 'detached' })
  await page.locator('.tl-scroll').focus()

  await page.keyboard.press('u')
  await unread.waitFor()
  await page.getByText('Unread again').first().waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox')
  await page.keyboard.press('z')
  await unread.waitFor({ state: 'detached' })

  // What is on the screen all the time is not read by that.
  await page.keyboard.press('u')
  await unread.waitFor()
  await page.locator('.tl-scroll').hover()
  await page.mouse.wheel(0, -200)
  await page.mouse.wheel(0, 200)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('k')
  await page.getByRole('heading', { name: 'Amara Okonkwo' }).waitFor({ state: 'detached' })
  expect(await unread.count()).toBe(1)
  await page.keyboard.press('j')
  await page.getByText(/^1 new since/).waitFor()
  await unread.waitFor({ state: 'detached' })
})

it('Shift+U reads what was marked unread, and so do both for the chosen', async () => {
  const { page, core } = await stage.open(withThread(veloform(), 'en'))
  const row = page.getByRole('option', { name: /Amara/ })
  const unread = row.getByText('Unread', { exact: true })
  await openThird(page, 'en')
  await page.locator('.tl-scroll[data-placed]').waitFor()
  await unread.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Mark as unread' }).click()
  await unread.waitFor()
  await page.keyboard.press('Shift+U')
  await unread.waitFor({ state: 'detached' })
  await page.keyboard.press('x')
  // Not under the word of what was done before.
  await page.getByText('Marked as read').first().waitFor()
  const bar = page.getByRole('region', { name: 'For the chosen conversations' })
  for (const button of await bar.getByRole('button').all()) await button.click({ trial: true })
  await page.keyboard.press('u')
  await expect
    .poll(() => core.asked.findLast(({ name }) => name === 'conversationsChange')?.args)
    .toMatchObject({ change: { kind: 'unread' } })
})
