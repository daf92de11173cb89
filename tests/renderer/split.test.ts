// Two conversations beside each other, by keyboard: Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { stageOfFile } from './support/stage.ts'
import { veloform } from './support/veloform.ts'
import { typed } from './timeline/opened.ts'

const stage = stageOfFile()
const half = (page: Page, side: 'left' | 'right') =>
  page.getByRole('region', { name: `Conversation on the ${side}` })
const who = (page: Page, side: 'left' | 'right') =>
  half(page, side).getByRole('heading', { level: 1 }).innerText()

async function open() {
  const desk = await stage.open(veloform())
  const { page } = desk
  await page.getByRole('listbox', { name: /^Conversations/ }).waitFor()
  await page.keyboard.press('j')
  await page.getByRole('heading', { level: 1, name: 'Dmitri Volkov' }).waitFor()
  await page.keyboard.press('Control+\\')
  await half(page, 'right').waitFor()
  return desk
}

it('what is open stays at the right, what comes next is at the left, and keys mean where the focus is', async () => {
  const { page, core } = await open()
  await page.keyboard.press('j')
  await expect.poll(() => who(page, 'left')).toBe('Nguyễn Thị Hà')
  expect(await who(page, 'right')).toBe('Dmitri Volkov')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])

  // On to the right one: its customer is chosen in the list, and R begins its reply.
  await half(page, 'right').getByRole('heading', { level: 1 }).click()
  await page
    .getByRole('listbox', { name: /^Conversations/ })
    .getByRole('option', { selected: true })
    .filter({ hasText: 'Dmitri Volkov' })
    .waitFor()
  await page.keyboard.press('r')
  const field = half(page, 'right').locator('.comp-text').first()
  await expect.poll(() => field.evaluate(element => element.contains(document.activeElement))).toBe(true)
  await page.keyboard.type('We look into it')
  await expect
    .poll(() =>
      core.asked
        .filter(({ name }) => name === 'mutate')
        .map(({ args }) => JSON.stringify(args))
        .join(),
    )
    .toContain('We look into it')
  expect(await half(page, 'left').locator('.comp-text').first().innerText()).not.toContain('We look')
})

it('Escape in the answer at the right goes to the thread at the right', async () => {
  const { page } = await open()
  await page.keyboard.press('j')
  await expect.poll(() => who(page, 'left')).toBe('Nguyễn Thị Hà')
  await half(page, 'right').getByRole('heading', { level: 1 }).click()
  await expect.poll(() => half(page, 'right').getAttribute('data-active')).toBe('true')
  await page.keyboard.press('r')
  await page.keyboard.type('We look into it')
  await page.keyboard.press('Escape')
  const timeline = half(page, 'right').getByRole('feed')
  expect(await timeline.evaluate(element => element.contains(document.activeElement))).toBe(true)
})

it('one again is the one that is worked in; what was typed in the other is kept', async () => {
  const { page } = await open()
  await page.keyboard.press('j')
  await expect.poll(() => who(page, 'left')).toBe('Nguyễn Thị Hà')
  await half(page, 'right').getByRole('heading', { level: 1 }).click()
  await expect.poll(() => half(page, 'right').getAttribute('data-active')).toBe('true')
  await page.keyboard.press('Control+\\')
  await half(page, 'left').waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1, name: 'Dmitri Volkov' }).waitFor()
})

it('where both do not fit the one that is worked in is shown, and the panel lies over it', async () => {
  const { page } = await open()
  await page.keyboard.press('j')
  await expect.poll(() => who(page, 'left')).toBe('Nguyễn Thị Hà')
  await page.setViewportSize({ width: 1000, height: 700 })
  await half(page, 'right').waitFor({ state: 'hidden' })
  await page.keyboard.press(']')
  await page.getByRole('complementary', { name: 'Customer' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('complementary', { name: 'Customer' }).waitFor({ state: 'hidden' })
})

it('who is in the thread, or in the middle of their words, is there again when there are two, and when there is one again', async () => {
  const { page } = await open()
  await page.keyboard.press('Control+\\')
  await half(page, 'left').waitFor({ state: 'detached' })
  const keys = () =>
    page.evaluate(() => document.activeElement?.closest('[data-keys]')?.getAttribute('data-keys') ?? null)
  await page.keyboard.press('Enter')
  await expect.poll(keys).toBe('timeline')
  for (const count of [1, 0]) {
    await page.keyboard.press('Control+\\')
    await expect.poll(() => half(page, 'left').count()).toBe(count)
    await expect.poll(keys).toBe('timeline')
  }
  await page.keyboard.press('r')
  await page.keyboard.type('We look')
  for (const more of [' into', ' it']) {
    await page.keyboard.press('Control+\\')
    await page.keyboard.type(more)
  }
  const field = page.locator('.shell-main .comp-text').first()
  await expect.poll(() => typed(field)).toBe('We look into it')
})
