// The end of a long timeline, whose window of entries is full: a row goes at the start for each that comes at the end.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { scenes } from '../scenes/index.ts'
import { openScene } from '../scenes/scene.ts'
import { inbound } from '../support/items.ts'
import { stageOfFile } from '../support/stage.ts'
import { article, openThread } from './opened.ts'
import { at, mail, thread, withHistory } from './scene.ts'

const stage = stageOfFile()

const distanceFromEnd = (page: Page): Promise<number> =>
  page
    .locator('.tl-scroll')
    .evaluate(element => Math.round(element.scrollHeight - element.scrollTop - element.clientHeight))

/** Whether all of an item lies within what is in sight. */
const inSight = (page: Page, text: string): Promise<boolean> =>
  article(page, text).evaluate(element => {
    const row = element.getBoundingClientRect()
    const feed = element.closest('[role=feed]')!.getBoundingClientRect()
    return row.top >= feed.top && row.bottom <= feed.bottom + 1
  })

async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: /^Note/ }).click()
  await page.getByRole('textbox', { name: 'Your note' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await article(page, text).waitFor()
}

it('one’s own note is in sight as soon as it is written', async () => {
  const world = withHistory(thread(), 400)
  const desk = await openThread(stage, world)
  const { page } = desk
  for (let n = 1; n <= 3; n++) {
    await writeNote(page, `The note number ${n}.`)
    await expect.poll(() => inSight(page, `The note number ${n}.`)).toBe(true)
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
  }
})

it('one’s own note brings the end back, a customer’s words do not', async () => {
  const world = withHistory(thread(), 400)
  const desk = await openThread(stage, world)
  const { page, core } = desk
  await page.locator('.tl-scroll').evaluate(element => element.scrollBy({ top: -1500, behavior: 'instant' }))
  await expect.poll(() => distanceFromEnd(page)).toBeGreaterThan(700)
  world.put(
    'item',
    inbound(mail, {
      id: 'new-1',
      seq: 20,
      at: at(19, 14, 5),
      text: 'Somewhere below.',
      identityId: 'identity-3',
      from: 'amara@parcelo.eu',
      name: 'Amara Okonkwo',
    }),
  )
  core.changed()
  await page.getByRole('button', { name: '1 new message' }).waitFor()
  expect(await distanceFromEnd(page)).toBeGreaterThan(700)
  await writeNote(page, 'Mine.')
  await expect.poll(() => inSight(page, 'Mine.')).toBe(true)
  await page.getByRole('button', { name: '1 new message' }).waitFor({ state: 'detached' })
})

it('a customer’s words are followed by who is at the end', async () => {
  const world = withHistory(thread(), 400)
  const desk = await openThread(stage, world)
  const { page, core } = desk
  await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
  world.put(
    'item',
    inbound(mail, {
      id: 'new-1',
      seq: 20,
      at: at(19, 14, 5),
      text: 'At the very end.',
      identityId: 'identity-3',
      from: 'amara@parcelo.eu',
      name: 'Amara Okonkwo',
    }),
  )
  core.changed()
  await article(page, 'At the very end.').waitFor()
  await expect.poll(() => inSight(page, 'At the very end.')).toBe(true)
})

const lower = (page: Page): Promise<void> => page.setViewportSize({ width: 1080, height: 600 })
const heightOf = (page: Page): Promise<number> =>
  page.locator('.tl-scroll').evaluate(element => element.clientHeight)
/** A longer thread, just opened: nobody has scrolled in it. */
const opened = () => openScene(stage, scenes['thread-chat']!, { language: 'en' })

it.each<[string, (page: Page) => Promise<void>]>([
  ['the window becomes lower', lower],
  [
    'much is pasted below',
    page => page.getByRole('textbox', { name: 'Your reply' }).fill('line\n'.repeat(9)),
  ],
])('who is at the end is there when %s', async (_, happen) => {
  const { page } = await opened()
  await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
  const before = await heightOf(page)
  await happen(page)
  await expect.poll(() => heightOf(page)).toBeLessThan(before - 60)
  await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
})

it('who reads further up stays there when the window becomes lower', async () => {
  const { page } = await openThread(stage, withHistory(thread(), 60))
  await page.locator('.tl-scroll').evaluate(element => element.scrollBy({ top: -1500, behavior: 'instant' }))
  await expect.poll(() => distanceFromEnd(page)).toBeGreaterThan(700)
  const [before, distance] = [await heightOf(page), await distanceFromEnd(page)]
  await page.setViewportSize({ width: 1440, height: 600 })
  await expect.poll(() => heightOf(page)).toBeLessThan(before - 200)
  await page.clock.runFor(500)
  expect(await distanceFromEnd(page)).toBeGreaterThan(distance)
})
