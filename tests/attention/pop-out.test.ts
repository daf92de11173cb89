/** A conversation in a window of its own, in two windows of a real browser over one core. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { stageOfFile } from '../renderer/support/stage.ts'
import { veloform } from '../renderer/support/veloform.ts'

const stage = stageOfFile()

const openOne = async () => {
  const desk = await stage.open(veloform('en'))
  await desk.page.getByRole('option', { name: /Amara/ }).first().click()
  await field(desk.page).waitFor()
  return desk
}
const field = (page: Page) =>
  page.locator('[data-keys=composer] [contenteditable=true], [data-keys=composer] textarea').first()

/** Playwright gives every page the focus; here the keyboard goes from one window to the other, as a person's does. */
const turnTo = async (page: Page, from: Page): Promise<void> => {
  await from.evaluate(() => {
    document.hasFocus = () => false
    dispatchEvent(new Event('blur'))
  })
  await page.evaluate(() => {
    document.hasFocus = () => true
    dispatchEvent(new Event('focus'))
  })
}
const textOf = (page: Page) =>
  field(page).evaluate(each => (each instanceof HTMLTextAreaElement ? each.value : each.textContent))

test('O opens it with thread, composer and panel, named after the customer; once more brings the same window', async () => {
  const { page } = await openOne()
  await page.locator('.shell-main').focus()
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('o')
  const own = await opened
  await own.locator('.pop-out .tl-scroll').waitFor()
  await field(own).waitFor()
  expect(await own.locator('.rail, .shell-list').count()).toBe(0)
  await expect.poll(() => own.title()).toBe('Amara Okonkwo · Skein')
  // Its keys are those of the thread, before anybody has pressed anywhere.
  await expect
    .poll(() => own.evaluate(() => document.activeElement?.closest('[data-keys=timeline]') !== null))
    .toBe(true)
  await page.keyboard.press('o')
  await own.waitForFunction(() => document.hasFocus())
  expect(page.context().pages()).toHaveLength(2)
  // A window of its own opens no further ones.
  await own.locator('.shell-main').focus()
  await own.keyboard.press('o')
  expect(page.context().pages()).toHaveLength(2)
})

test('what is typed in one window is there in the other, whichever one goes on in; what was sent in one is sent in both', async () => {
  const { page, core } = await openOne()
  await page.locator('.shell-main').focus()
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('o')
  const own = await opened
  await field(own).click()
  await turnTo(own, page)
  await own.keyboard.type('Dear Amara, ')
  await turnTo(page, own)
  await field(page).click()
  await expect.poll(() => textOf(page)).toContain('Dear Amara,')
  await page.keyboard.press('Control+End')
  await page.keyboard.type('thank you.')
  await turnTo(own, page)
  await expect.poll(() => textOf(own)).toContain('thank you.')
  expect(await textOf(own)).toMatch(/^Dear Amara,\s+thank you\.$/)
  // Closing it keeps what was typed a moment before.
  await field(own).click()
  await own.keyboard.press('Control+End')
  await own.keyboard.type(' It is on its way.')
  await own.close()
  await turnTo(page, page)
  await expect.poll(() => textOf(page)).toMatch(/thank you\. It is on its way\.$/)

  const again = page.context().waitForEvent('page')
  await page.locator('.shell-main').focus()
  await page.keyboard.press('o')
  const other = await again
  await expect.poll(() => textOf(other)).toMatch(/It is on its way\.$/)
  await turnTo(other, page)
  await field(other).click()
  await other.keyboard.press('Control+Enter')
  await expect.poll(() => textOf(other)).toBe('')
  await expect.poll(() => textOf(page)).toBe('')
  expect(core.asked.filter(({ args }) => (args as { name?: string }).name === 'reply.send')).toHaveLength(1)
})
