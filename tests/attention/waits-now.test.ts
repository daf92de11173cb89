/** Who waits at the other end of a chat is in sight until they were seen to, is gone to by one key, and so is what one was at before. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Alert } from '#shared/queries/index.ts'
import { stageOfFile } from '../renderer/support/stage.ts'
import { veloform } from '../renderer/support/veloform.ts'
import { typed } from '../renderer/timeline/opened.ts'

const stage = stageOfFile()
const HOUR = 3_600_000

const name = (page: Page) => page.locator('.chead h1').textContent()
const placed = (page: Page) => page.locator('.tl-scroll[data-placed]').waitFor()
const inThread = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest('[data-keys]')?.getAttribute('data-keys') === 'timeline',
  )
const words = (page: Page) => page.locator('[data-keys=composer] .comp-text').first()
const rail = (page: Page) => page.locator('.rail .waits-now')

/**
 * @returns the customers as the list has them, and what makes some of them ring: those who stand later in it have waited longer for an
 *   answer in a chat
 */
async function openDesk(width?: number) {
  const world = veloform('en')
  const desk = await stage.open(world, width === undefined ? {} : { width })
  desk.page.setDefaultTimeout(20_000)
  await desk.page.getByRole('option').first().waitFor()
  const line = await desk.page.locator('.conversation-name').allTextContents()
  const conversations = world.lines('mine', null).map(({ conversation }) => conversation)
  const alertOf = (index: number): Alert => {
    const { id, customerId, channel, lastSeq, preview } = conversations.find(
      each => world.customerName(each.id) === line[index],
    )!
    return {
      ...{ id, kind: 'mine', mark: lastSeq, conversationId: id, customerId, channel, family: 'chat' },
      ...{ customerName: world.customerName(id), preview, priority: 'normal', itemId: null, seq: lastSeq },
      ...{ at: HOUR - index, since: HOUR - index },
    }
  }
  const ring = (...which: number[]): void => {
    world.alerts = which.map(alertOf)
    desk.core.changed()
  }
  return { ...desk, line, ring }
}

test('who rings stays in sight when the word in the corner is gone, in every width, and until they were seen to', async () => {
  for (const width of [1280, 620]) {
    const { page, line, ring } = await openDesk(width)
    await page.getByRole('option').first().click()
    await placed(page)
    ring(2, 3)
    await rail(page).waitFor()
    expect(await rail(page).getAttribute('aria-label')).toBe(
      `2 wait for an answer now: ${line[3]}, ${line[2]}`,
    )
    expect(await rail(page).locator('.num').getAttribute('data-count')).toBe('2')
    expect(await page.title()).toBe('2 wait now · Skein')
    await page.clock.runFor(60_000)
    expect(await rail(page).isVisible()).toBe(true)
    await rail(page).click()
    await expect.poll(() => name(page)).toBe(line[3])
    ring(2)
    await expect.poll(() => rail(page).getAttribute('aria-label')).toBe(`${line[2]} waits for an answer now`)
    ring()
    await expect.poll(() => page.title()).toMatch(/^Skein \(\d+\)$/)
  }
})

test('W goes to who rings before letters that wait for hours, on to the next, and back to the words one was at, with the caret there', async () => {
  const { page, line, ring } = await openDesk()
  await page.getByRole('option').nth(1).click()
  await placed(page)
  await page.locator('.comp-text[contenteditable]').waitFor()
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('r')
  await page.keyboard.type('Dear customer, thank')
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')
  ring(2, 3)
  await rail(page).waitFor()

  await page.keyboard.press('Escape')
  await page.keyboard.press('w')
  await expect.poll(() => name(page)).toBe(line[3])
  ring(2)
  await placed(page)
  await expect.poll(() => inThread(page)).toBe(true)
  await page.keyboard.press('w')
  await expect.poll(() => name(page)).toBe(line[2])
  ring()
  await placed(page)
  await page.getByRole('button', { name: 'Back to where you were' }).waitFor()
  await page.keyboard.press('w')
  await expect.poll(() => name(page)).toBe(line[1])
  await placed(page)
  expect(await rail(page).count()).toBe(0)
  await page.keyboard.press('r')
  await page.keyboard.type('!')
  await expect.poll(() => typed(words(page))).toBe('Dear customer,! thank')
})

test('who goes elsewhere by themselves is not led back; a mail that waits is none that rings', async () => {
  const { page, line, ring } = await openDesk()
  await page.getByRole('option').first().click()
  await placed(page)
  ring(2)
  await rail(page).click()
  await expect.poll(() => name(page)).toBe(line[2])
  ring()
  await page.getByRole('button', { name: 'Back to where you were' }).waitFor()
  await page.getByRole('option').nth(1).click()
  await expect.poll(() => name(page)).toBe(line[1])
  expect(await rail(page).count()).toBe(0)
})

test('after a press beside the places of the rail the keys of the list go on', async () => {
  const { page, line } = await openDesk()
  await page.locator('.rail').click({ position: { x: 28, y: 400 } })
  await page.keyboard.press('j')
  await expect.poll(() => name(page)).toBe(line[0])
})

test('in a window of its own who rings is in sight, too, and is opened beside it', async () => {
  const { page, line, ring } = await openDesk()
  await page.getByRole('option').first().click()
  await placed(page)
  await page.locator('.tl-scroll').focus()
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('o')
  const own = await opened
  await placed(own)
  ring(2)
  const there = own.locator('.pop-out .waits-now')
  await there.waitFor()
  expect(await there.getAttribute('aria-label')).toBe(`${line[2]} waits for an answer now`)
  const next = page.context().waitForEvent('page')
  await own.keyboard.press('w')
  const second = await next
  await expect.poll(() => second.title()).toBe(`${line[2]} · Skein`)
})
