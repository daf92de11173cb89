// The palette in a real Chromium over a scripted core.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { DeskPage, Stage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { article, mutated, openThread } from '../timeline/opened.ts'
import { thread, withHistory } from '../timeline/scene.ts'

const stage = stageOfFile()

const open = async (...args: Parameters<Stage['open']>): Promise<DeskPage> => {
  const desk = await stage.open(...args)
  desk.page.setDefaultTimeout(20_000)
  return desk
}

/** Opens the palette and types, when it is there. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('.palette input:focus').waitFor()
  await page.keyboard.insertText(text)
}

it('finds while one types, says how much it searched, and Enter goes to the item in its timeline', async () => {
  const { page } = await open(withHistory(thread(), 200))
  await ask(page, 'Message 40.')
  const hit = page.getByRole('option', { name: /Message 40\./ })
  await hit.waitFor()
  expect(await hit.locator('mark').first().textContent()).toBe('Message 40.')
  await page.getByText(/^\d+ messages on this desk searched$/).waitFor()
  await page.keyboard.press('Enter')
  await article(page, 'Message 40.').waitFor()
  const [item, scroll] = await Promise.all([
    article(page, 'Message 40.').boundingBox(),
    page.locator('.tl-scroll').boundingBox(),
  ])
  expect(item?.y).toBeGreaterThan(scroll?.y ?? 0)
  expect((item?.y ?? 0) + (item?.height ?? 0)).toBeLessThan((scroll?.y ?? 0) + (scroll?.height ?? 0))
})

it('always has a line for Enter, whatever comes and goes while one types and takes letters back', async () => {
  const { page } = await open(withHistory(thread(), 200))
  await ask(page, 'M')
  const options = page.getByRole('option')
  const chosen = page.locator('[cmdk-item][data-selected=true]')
  const back = ['Backspace', 'Backspace', 'Backspace']
  for (const letter of ['e', 's', 's', ...back, 'Backspace', 's', 'e', 't', ...back, 'M', 'e', 's', 's']) {
    await page.keyboard.press(letter)
    await options.first().waitFor()
    await expect.poll(() => chosen.count()).toBe(1)
  }
  await page.keyboard.press('ArrowDown')
  await page.keyboard.insertText('age 40.')
  await expect.poll(() => options.count()).toBe(1)
  await expect.poll(() => chosen.count()).toBe(1)
})

it('finds Chinese, and groups what it found', async () => {
  const { page } = await open(thread('zh'), { prepare: core => core.preferences({ language: 'zh-CN' }) })
  await ask(page, '报价')
  await page.locator('.palette-heading', { hasText: '会话' }).waitFor()
  expect(await page.getByRole('option').first().locator('mark').first().textContent()).toBe('报价')
})

it('says so when nothing is found', async () => {
  const { page } = await open(thread())
  await ask(page, 'zzzz')
  await page.getByText('Nothing found for “zzzz”').waitFor()
})

it('does what can be done, by its name', async () => {
  const desk = await openThread(stage, thread())
  await ask(desk.page, 'resolve or')
  await desk.page.getByRole('option', { name: /Resolve or reopen/ }).waitFor()
  await desk.page.keyboard.press('Enter')
  const opened = desk
  await expect.poll(() => mutated(opened, 'conversation.close')).toHaveLength(1)
})

it('offers nothing that cannot be done now', async () => {
  const { page } = await open(thread())
  await ask(page, 'reopen')
  await page.getByText('Nothing found for “reopen”').waitFor()
})

it('gives the focus back where it was', async () => {
  const { page } = await open(thread())
  await page.getByRole('listbox').focus()
  await ask(page, 'x')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox')
})
