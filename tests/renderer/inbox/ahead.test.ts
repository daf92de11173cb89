// Going on from one conversation to the next: what the next needs is there before one asks for it, and no more than that.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { veloform } from '../support/veloform.ts'

const stage = stageOfFile()
const list = (page: Page) => page.getByRole('listbox').first()
const heading = (page: Page) => page.getByRole('feed').getAttribute('aria-label')

/** The desk with the second of a list open, its neighbours asked for. */
async function openSecond() {
  const world = veloform('en')
  const desk = await stage.open(world)
  const { page, core } = desk
  page.setDefaultTimeout(20_000)
  await page.locator('[data-view="open"]').click()
  await page.getByRole('option').nth(4).waitFor()
  await list(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('j')
  await page.locator('[role=feed][data-placed]').waitFor()
  const customers = (): unknown[] => [
    ...new Set(core.followed('timeline').map(args => (args as { customerId: string }).customerId)),
  ]
  const names = await page.locator('.conversation-name').allTextContents()
  return { ...desk, names, customers }
}

test('the next is shown with all that belongs to it though the core is busy', async () => {
  const { page, core, names, customers } = await openSecond()
  await expect
    .poll(async () => {
      await page.clock.runFor(200)
      return customers().length
    })
    .toBe(3)
  for (const name of [
    'timeline',
    'family',
    'identities',
    'customerConversations',
    'readMarks',
    'drafts',
  ] as const)
    core.query(name, 'waits')
  await page.keyboard.press('j')
  await expect.poll(() => heading(page)).toContain(names[2])
  await page.locator('[role=feed][data-placed] [role=article]').first().waitFor()
  await page.getByRole('textbox', { name: /^Your (reply|note)/ }).waitFor()
})

test('those one has left behind are not followed any more', async () => {
  const { page, customers } = await openSecond()
  for (let n = 0; n < 4; n++) {
    await page.keyboard.press('j')
    await page.clock.runFor(300)
  }
  await expect
    .poll(async () => {
      await page.clock.runFor(6_000)
      return customers().length
    })
    .toBeLessThanOrEqual(3)
})
