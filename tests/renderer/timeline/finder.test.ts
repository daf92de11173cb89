// The search inside one timeline: words gone through and marked, parts of it left out, a month gone to.

import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { inputMethod } from '../writing/input-method.ts'
import { article, mutated, openThread } from './opened.ts'
import { thread, withHistory } from './scene.ts'

const stage = stageOfFile()

const field = (page: Page) => page.getByRole('textbox', { name: 'Search in this timeline' })
const count = (page: Page) => page.locator('.find .search-field output')
const marks = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(range => range.toString()))
const choose = async (page: Page, menu: string, choice: string): Promise<void> => {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitemcheckbox', { name: choice }).click()
  await page.keyboard.press('Escape')
}

it('goes through what is found without taking the focus, marks it where it stands, and gives the focus back', async () => {
  const desk = await openThread(stage, withHistory(thread(), 300))
  const { page } = desk
  await article(page, 'Two PB-48 packs').focus()
  await page.keyboard.press('Control+f')
  await field(page).pressSequentially('label')
  await expect.poll(() => count(page).textContent()).toBe('1 of 2')
  // In capitals or not; what is found stands in sight, and one can go on typing.
  await article(page, 'Here is the label').waitFor()
  expect(new Set(await marks(page))).toEqual(new Set(['label']))
  await page.keyboard.press('Enter')
  await expect.poll(() => count(page).textContent()).toBe('2 of 2')
  await page.keyboard.press('Enter')
  await expect.poll(() => count(page).textContent()).toBe('1 of 2')
  await page.keyboard.press('Shift+Enter')
  await expect.poll(() => count(page).textContent()).toBe('2 of 2')
  await field(page).fill('nowhere at all')
  await expect.poll(() => count(page).textContent()).toBe('Not found here')
  expect(await field(page).evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await field(page).waitFor({ state: 'detached' })
  expect(await marks(page)).toEqual([])
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('article')
})

it('shows only what is chosen, marks nothing of it as read, and shows an entry where it stands', async () => {
  const world = withHistory(thread(), 300)
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Search in this timeline' }).click()
  const before = mutated(desk, 'conversation.read').length
  await choose(page, 'Kind', 'Internal notes')
  await expect.poll(() => page.getByRole('article').count()).toBe(1)
  await article(page, 'Two PB-48 packs').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await choose(page, 'Channel', 'Email')
  await page.getByText('No entry of this timeline fits what is chosen above.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await choose(page, 'Kind', 'With files')
  await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(0)
  expect(mutated(desk, 'conversation.read')).toHaveLength(before)
  const entry = page.getByRole('article').first()
  await entry.hover()
  const key = await entry.getAttribute('data-key')
  await entry.getByRole('button', { name: 'Show where it stands' }).click()
  await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(1)
  await page.locator(`[role=article][data-key="${key}"]`).waitFor()
  await page.getByRole('button', { name: 'Kind', exact: true }).waitFor()
})

it('a page that is loaded anew shows what was chosen, and has forgotten what was typed', async () => {
  const { page } = await openThread(stage, withHistory(thread(), 300))
  await page.keyboard.press('Control+f')
  await choose(page, 'Kind', 'Internal notes')
  await field(page).fill('PB-48')
  await expect.poll(() => page.getByRole('article').count()).toBe(1)
  await page.reload()
  await page.getByRole('button', { name: 'Kind: Internal notes' }).waitFor()
  await expect.poll(() => page.getByRole('article').count()).toBe(1)
  expect(await field(page).inputValue()).toBe('')
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('PB-48')
})

it('takes days, says when they are the wrong way round, and goes to a month', async () => {
  const desk = await openThread(stage, withHistory(thread('zh'), 600), {
    prepare: core => core.preferences({ language: 'zh-CN' }),
  })
  const { page } = desk
  await page.keyboard.press('Control+f')
  await page.getByRole('button', { name: '日期' }).click()
  await page.getByLabel('从').fill('2026-11-20')
  await page.getByLabel('到', { exact: true }).fill('2026-11-18')
  await page.getByText('开始日期晚于结束日期。').waitFor()
  // In words, too, and with an input method: what is half composed is no day, and its Enter is its own.
  const from = page.getByLabel('从')
  await from.fill('')
  const method = await inputMethod(page)
  await method.compose('zuo tian')
  await page.getByText('还不是日期').waitFor()
  await method.enter()
  await method.commit('昨天')
  await page.getByText('2026年11月18日 周三').first().waitFor()
  expect(await from.inputValue()).toBe('昨天')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^日期: 2026/ }).waitFor()
  await page.getByRole('button', { name: '显示全部' }).first().click()
  await page.getByRole('button', { name: '跳转' }).click()
  const months = page.getByRole('menuitem')
  expect(await months.count()).toBeGreaterThan(1)
  const name = (await months.last().textContent()) ?? ''
  await months.last().click()
  const month = /(\d+)月/.exec(name)?.[1]
  await expect
    .poll(() => page.locator('.tl-day').allTextContents())
    .toEqual(expect.arrayContaining([expect.stringContaining(`${month}月`)]))
})

const folder = process.env.SKEIN_PICTURES
it.runIf(folder)('pictures', async () => {
  for (const [language, theme, width] of [
    ['en', 'light', 1440],
    ['zh', 'dark', 1440],
    ['en', 'dark', 1120],
  ] as const) {
    const desk = await openThread(stage, withHistory(thread(language), 600), {
      width,
      prepare: core => core.preferences({ theme, language: language === 'zh' ? 'zh-CN' : 'en' }),
    })
    const { page } = desk
    await page.keyboard.press('Control+f')
    await page.locator('.find .search-field input').fill(language === 'zh' ? '序列号' : 'label')
    await page.locator('.find .search-field output').filter({ hasText: /\d/ }).waitFor()
    await page.screenshot({
      path: join(folder!, `finder-${theme}-${language}-${width}.png`),
      animations: 'disabled',
    })
    await page.locator('.find-choices button').nth(1).click()
    await page.getByRole('menuitemcheckbox').nth(2).click()
    await page.screenshot({
      path: join(folder!, `finder-choice-${theme}-${language}-${width}.png`),
      animations: 'disabled',
    })
    await desk.close()
  }
})
