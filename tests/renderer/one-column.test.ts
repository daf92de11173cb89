// A window with room for one column: 1366 by 768 in which everything is twice as large. List and thread give way to each other.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { scenes } from './scenes/index.ts'
import { openScene, third } from './scenes/scene.ts'
import { inbound } from './support/items.ts'
import { stageOfFile } from './support/stage.ts'
import { thursday } from './support/veloform.ts'
import { typed } from './timeline/opened.ts'

const stage = stageOfFile()
const small = { width: 683, height: 384 }

const open = (name: string, look: { width: number; height: number } = small) =>
  openScene(stage, scenes[name]!, { language: 'en', ...look })
const say = <T>(en: T): T => en
const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const composer = (page: Page) => page.locator('[data-keys=composer] .comp-text').first()
const back = (page: Page) => page.getByRole('button', { name: 'Back to the list' })
const column = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null)
const chosen = (page: Page) => list(page).getByRole('option', { selected: true })
const seen = async (page: Page): Promise<{ list: boolean; thread: boolean }> => ({
  list: await list(page).isVisible(),
  thread: await composer(page).isVisible(),
})

it('shows the list alone; what is opened from it stands alone, with the focus in it and a way back', async () => {
  const { page } = await open('list')
  expect(await seen(page)).toEqual({ list: true, thread: false })
  await third({ page, say })
  expect(await seen(page)).toEqual({ list: false, thread: true })
  await expect.poll(() => column(page)).toBe('main')
  await back(page).click()
  await expect.poll(() => seen(page)).toEqual({ list: true, thread: false })
  expect(await list(page).evaluate(element => element === document.activeElement)).toBe(true)
})

it('goes back by Escape and by the key of history to the line one came from, and the list has not moved', async () => {
  const { page } = await open('list')
  await list(page).focus()
  await page.keyboard.press('End')
  await expect.poll(() => chosen(page).count()).toBe(1)
  const before = await list(page).evaluate(element => element.scrollTop)
  const line = await chosen(page).textContent()
  expect(before).toBeGreaterThan(0)
  for (const key of ['Escape', 'Control+[']) {
    await page.keyboard.press('Enter')
    await expect.poll(() => seen(page)).toEqual({ list: false, thread: true })
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press(key)
    await expect.poll(() => seen(page)).toEqual({ list: true, thread: false })
    expect(await list(page).evaluate(element => element.scrollTop)).toBe(before)
    expect(await chosen(page).textContent()).toBe(line)
    expect(await list(page).evaluate(element => element === document.activeElement)).toBe(true)
  }
})

it('goes back to who was open before when one did not come from the list', async () => {
  const { page } = await open('list')
  await third({ page, say })
  const name = () => page.locator('.chead h1').textContent()
  const first = await name()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('refund')
  await page.locator('[cmdk-item]').first().click()
  await expect.poll(name).not.toBe(first)
  await expect.poll(() => column(page)).toBe('main')
  await page.keyboard.press('Control+[')
  await expect.poll(name).toBe(first)
  await page.keyboard.press('Control+[')
  await expect.poll(() => seen(page)).toEqual({ list: true, thread: false })
})

it('keeps what is typed: nothing is taken out of the page', async () => {
  const { page } = await open('list')
  await third({ page, say })
  await composer(page).fill('Not finished')
  const same = await composer(page).elementHandle()
  await back(page).click()
  await page.keyboard.press('Enter')
  await composer(page).waitFor()
  expect(await typed(composer(page))).toBe('Not finished')
  expect(await same!.evaluate(element => element.isConnected)).toBe(true)
})

it('walks the list without leaving it, and nothing behind it counts as read until it is seen', async () => {
  const { page, core, world } = await open('list')
  await list(page).focus()
  await page.keyboard.press('Home')
  await expect.poll(() => chosen(page).count()).toBe(1)
  for (let at = 0; at < 10 && !(await chosen(page).textContent())?.includes('Amara'); at++) {
    const before = await chosen(page).textContent()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => chosen(page).textContent()).not.toBe(before)
  }
  const place = { conversationId: 'conversation-3', customerId: 'customer-3', inboxId: 'inbox-1' }
  world.put(
    'item',
    inbound(
      { ...place, channel: 'email' },
      {
        ...{ id: 'fresh', seq: 6, at: thursday, identityId: 'identity-3', from: 'amara@parcelo.eu' },
        ...{ name: 'Amara Okonkwo', text: 'One thing more.' },
      },
    ),
  )
  core.changed()
  await page.locator('.tl').getByText('One thing more.').waitFor({ state: 'attached' })
  await page.clock.runFor(3000)
  const read = () =>
    core.asked.filter(
      ({ name, args }) => name === 'mutate' && (args as { name: string }).name === 'conversation.read',
    ).length
  expect(await seen(page)).toEqual({ list: true, thread: false })
  expect(read()).toBe(0)
  await page.keyboard.press('Enter')
  await expect.poll(read).toBeGreaterThan(0)
})

it('brings the thread in front for what is done in it', async () => {
  const { page } = await open('list')
  await list(page).focus()
  await page.keyboard.press('Home')
  await composer(page).waitFor({ state: 'attached' })
  await page.keyboard.press('r')
  await expect.poll(() => seen(page)).toEqual({ list: false, thread: true })
  expect(await composer(page).evaluate(element => element === document.activeElement)).toBe(true)
})

it('goes through all columns by F6, each of which comes in front', async () => {
  const { page } = await open('thread-plain')
  const walk: unknown[] = []
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('F6')
    walk.push([await column(page), await seen(page)])
  }
  expect(walk).toEqual([
    ['rail', { list: false, thread: true }],
    ['list', { list: true, thread: false }],
    ['main', { list: false, thread: true }],
  ])
})

it('keeps the views in a drawer: the focus goes to the one that is shown, and Escape gives it back', async () => {
  const { page } = await open('list')
  const button = page.getByRole('button', { name: /^Views, shown: Mine/ })
  const views = page.getByRole('list', { name: 'Views' })
  expect(await views.isVisible()).toBe(false)
  await button.focus()
  await page.keyboard.press('Enter')
  await views.waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-view'))).toBe('mine')
  await page.keyboard.press('Escape')
  await views.waitFor({ state: 'hidden' })
  expect(await button.evaluate(element => element === document.activeElement)).toBe(true)

  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await views.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /^Views, shown: Unassigned/ }).waitFor()
  expect(await column(page)).toBe('list')
  // Their numbers go on meaning them.
  await page.keyboard.press('1')
  await button.waitFor()
})

it('leaves in front what one works in when the window becomes narrow, and shows both again when it is wide', async () => {
  const { page } = await open('thread-plain', { width: 1440, height: 900 })
  await composer(page).focus()
  await page.setViewportSize(small)
  await expect.poll(() => seen(page)).toEqual({ list: false, thread: true })
  expect(await composer(page).evaluate(element => element === document.activeElement)).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect.poll(() => seen(page)).toEqual({ list: true, thread: true })
})

it('lays the segments behind the table of customers, and leads from each to the other', async () => {
  const { page } = await open('customers')
  const segment = page.locator('.segments .side-line', { hasText: 'Dealers who wait' })
  expect(await segment.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Segments', exact: true }).click()
  await segment.click()
  await page.getByRole('heading', { name: 'Dealers who wait' }).waitFor()
  await segment.waitFor({ state: 'hidden' })
  await expect.poll(() => column(page)).toBe('main')
})

it('tells of a message in what is open but not seen', async () => {
  const { page, core } = await open('list')
  await third({ page, say })
  await back(page).click()
  core.event('arrived', {
    ...{ id: 'a', kind: 'mine', conversationId: 'conversation-3', customerId: 'customer-3' },
    ...{ channel: 'email', family: 'email', priority: 'normal', itemId: null, seq: 9, at: Date.now() },
    ...{ customerName: 'Amara Okonkwo', preview: 'One thing more.' },
  })
  await page.locator('.toast-news', { hasText: 'One thing more.' }).waitFor()
})
