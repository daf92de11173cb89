// What the first list does not need is read after it: when the page is idle, or when somebody asks for it first.
import type { Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { stageOfFile } from './support/stage.ts'
import { veloform } from './support/veloform.ts'

const stage = stageOfFile()
const parts = ['settings', 'customers', 'segments', 'rich-field', 'sign-in', 'tour-card']

test('an idle page has all its parts, and needs nobody for them later', async () => {
  const names: string[] = []
  const { page } = await stage.open(veloform('en'), {
    begin: async opened =>
      opened.on('requestfinished', each => names.push(each.url().split('/').at(-1) ?? '')),
  })
  page.setDefaultTimeout(20_000)
  await page.locator('.conversation-name').first().waitFor()
  await expect
    .poll(async () => {
      await page.clock.runFor(200)
      return parts.filter(part => !names.some(name => name.startsWith(`${part}-`)))
    })
    .toEqual([])
  await page.route(/\/assets\//, route => route.abort())
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Keyboard' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await page.getByRole('heading', { name: 'Everybody' }).or(page.locator('.customers')).first().waitFor()
})

test('keys that are pressed while a dialog is read are meant for it: nothing behind it is done', async () => {
  const held: Route[] = []
  const { page, core } = await stage.open(veloform('en'), {
    begin: opened => opened.route(/\/settings-[^/]*\.js$/, route => void held.push(route)),
  })
  page.setDefaultTimeout(20_000)
  await page.getByRole('option').first().click()
  await page.locator('[role=feed][data-placed]').waitFor()
  await page.getByRole('listbox').first().focus()
  await page.keyboard.press('Control+,')
  await page.locator('[role=dialog][aria-busy]').waitFor({ state: 'attached' })
  await page.keyboard.press('e')
  await expect.poll(() => held.length).toBe(1)
  await held[0]!.continue()
  await page.getByRole('tab', { name: 'Keyboard' }).waitFor()
  const done = core.asked.filter(
    ({ name, args }) => name === 'mutate' && JSON.stringify(args).includes('close'),
  )
  expect(done).toEqual([])
})
