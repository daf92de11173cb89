// What could not be read says so and has a button that asks again; what the keys act on comes back with it.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { failed } from '#shared/protocol/fault.ts'
import type { QueryName } from '#shared/queries/index.ts'
import { scenes } from './scenes/index.ts'
import { openScene } from './scenes/scene.ts'
import { stageOfFile } from './support/stage.ts'

const stage = stageOfFile()
const again = (page: Page) => page.getByRole('button', { name: 'Try again' })
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return `${activeElement?.getAttribute('role') ?? activeElement?.tagName} ${activeElement?.getAttribute('aria-label') ?? ''}`
  })

const lists: { scene: string; query: QueryName; shown: string; at: string }[] = [
  {
    scene: 'list-failed',
    query: 'conversations',
    shown: '.conversation-name',
    at: 'listbox Conversations, Mine',
  },
  { scene: 'customers-failed', query: 'customers', shown: '.customer-row', at: 'listbox Customers' },
  { scene: 'thread-failed', query: 'timeline', shown: '.tl-scroll', at: 'textbox' },
  { scene: 'palette-failed', query: 'search', shown: '.palette-hit', at: 'combobox' },
]

test.each(lists)(
  '$scene: the button asks again, stays where it is while nothing can be read, and gives the focus to what comes',
  async ({ scene, query, shown, at }) => {
    const { page, core } = await openScene(stage, scenes[scene]!, { language: 'en' })
    await again(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => again(page).getAttribute('aria-busy')).toBeNull()
    expect(await focused(page)).toContain('BUTTON')
    expect(await page.locator(shown).count()).toBe(0)

    core.query(query, 'answers')
    await page.keyboard.press('Enter')
    await page.locator(shown).first().waitFor()
    expect(await again(page).count()).toBe(0)
    await expect.poll(() => focused(page)).toContain(at)
  },
)

test('a search that failed takes no key from what can be done', async () => {
  const { page } = await openScene(stage, scenes['palette-failed']!, { language: 'en' })
  await page.getByRole('combobox').fill('settings')
  await again(page).waitFor()
  await page.getByRole('option', { name: /^Settings/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
})

test('one button asks for all that could not be read', async () => {
  const { page, core } = await openScene(stage, scenes['thread-failed']!, { language: 'en' })
  core.query('conversations', failed('internal'))
  core.drop()
  await page.clock.runFor(1000)
  await expect.poll(() => again(page).count()).toBe(2)
  core.query('conversations', 'answers')
  core.query('timeline', 'answers')
  await again(page).last().click()
  await page.locator('.tl-scroll').waitFor()
  await page.locator('.conversation-name').first().waitFor()
  expect(await again(page).count()).toBe(0)
})
