/** A supervisor's way through the list of conversations, by keyboard: Chromium over a real core and hub (store in memory). */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'
import { openStage, type Stage } from '../customers/stage.ts'

let stage: Stage
let page: Page
beforeAll(async () => {
  stage = await openStage('sue', 60)
  page = await stage.open()
})
afterAll(() => stage.close())

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const list = () => page.getByRole('listbox', { name: /^Conversations/ })
const rows = () => list().getByRole('option')
const count = async (): Promise<number> => Number((await rows().first().getAttribute('aria-setsize')) ?? 0)
const onHub = async (of: (conversation: Conversation) => boolean): Promise<number> =>
  (await stage.hub.store.all('conversation')).filter(of).length
const clean = async (): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
}

it('three chosen with Shift are resolved by E at once, on the hub too, and Z brings them back', async () => {
  await press('3')
  await rows().first().waitFor()
  const before = await count()
  await list().focus()
  await press('Home', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown')
  const bar = page.getByRole('region', { name: 'For the chosen conversations' })
  await bar.getByRole('status').getByText('3').waitFor()
  await clean()
  await press('e')
  await page.getByText('Resolved: 3 conversations.').first().waitFor()
  await expect.poll(count).toBe(before - 3)
  await bar.waitFor({ state: 'detached' })
  await expect.poll(() => onHub(({ status }) => status === 'open')).toBe(before - 3)
  await press('z')
  await page.getByText('Resolved: taken back for 3 conversations.').first().waitFor()
  await expect.poll(count).toBe(before)
})

it('of several that could be taken back the key is shown where it would do so', async () => {
  await list().focus()
  const before = await count()
  const keyed = page.locator('.toast', { has: page.getByRole('button', { name: 'Undo' }) }).locator('kbd')
  for (const key of ['1', '2']) {
    await press('Home', 'x', ...(key === '2' ? ['Shift+ArrowDown'] : []), 'e')
    await page
      .getByText(key === '1' ? 'Resolved: 1 conversation.' : 'Resolved: 2 conversations.')
      .first()
      .waitFor()
  }
  expect(await keyed.count()).toBe(1)
  await press('z')
  await page.getByText('Resolved: taken back for 2 conversations.').first().waitFor()
  expect(await keyed.count()).toBe(1)
  await press('z')
  await expect.poll(count).toBe(before)
})

it('all of them are said to be urgent with a click more, and the rows show it', async () => {
  await list().focus()
  await press('Home', 'x', 'Shift+X', 'p')
  await page.getByPlaceholder('Find').fill('urg')
  await press('Enter')
  await page
    .getByText(/^Priority Urgent: \d+ conversations\.$/)
    .first()
    .waitFor()
  await rows().first().getByText('Urgent').waitFor()
  await press('z')
  await rows().first().getByText('Urgent').waitFor({ state: 'detached' })
})

it('a view of one’s own is made with Shift+V: what it has is counted while one chooses, and beside its name', async () => {
  await press('Shift+V')
  const dialog = page.getByRole('dialog', { name: 'New view' })
  await dialog.getByLabel('Name').fill('Open chats')
  await dialog.getByRole('button', { name: 'Filter' }).click()
  await page.keyboard.type('channel')
  await press('Enter')
  await page.locator('.condition-form').getByPlaceholder('Find').fill('chat')
  await press('Enter')
  const chats = await onHub(({ status, channel }) => status === 'open' && channel === 'chat')
  await dialog.getByRole('status').getByText(`${chats} conversations`).waitFor()
  await clean()
  await dialog.getByText('For the team').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const line = page.getByRole('button', { name: `Open chats ${chats}` })
  await line.waitFor()
  expect(await line.getAttribute('aria-current')).toBe('true')
  await expect.poll(count).toBe(chats)
  await page.getByRole('listbox', { name: 'Conversations, Open chats' }).waitFor()
  await expect
    .poll(async () => (await stage.hub.store.all('savedView')).map(({ name, agentId }) => [name, agentId]))
    .toEqual([['Open chats', null]])
})

it('a day in a condition is typed as one says it, and told as it was understood before it is asked', async () => {
  await press('Shift+V')
  const dialog = page.getByRole('dialog', { name: 'New view' })
  await dialog.getByRole('button', { name: 'Filter' }).click()
  await page.keyboard.type('begun')
  await press('Enter')
  const form = page.locator('.condition-form')
  await form.getByRole('textbox').fill('4 march 2')
  await form.getByText('Not a day yet').waitFor()
  expect(await form.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true)
  await form.getByRole('textbox').fill('2024年3月4日')
  await form.getByText('Mon 4 Mar 2024').waitFor()
  await clean()
  await press('Enter')
  // On from where it was opened.
  await form.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Filter')
  await dialog.getByRole('button', { name: /^Begun is 4 Mar 2024$/ }).click()
  expect(await form.getByRole('textbox').inputValue()).toBe('2024-03-04')
  await press('Escape')
  await form.waitFor({ state: 'detached' })
  await press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

it('what leaves the view leaves its count, and an empty one says what it is for', async () => {
  const before = await count()
  await list().focus()
  await press('Home', 'x', 'e')
  await page.getByRole('button', { name: `Open chats ${before - 1}` }).waitFor()
  await press('x', 'Shift+X', 'e')
  await page.getByText('Nothing like that now').first().waitFor()
  await press('z')
  await expect.poll(count).toBe(before - 1)
})

it('the view is deleted and given back by Z', async () => {
  await page.getByRole('button', { name: 'Open chats: its place and more' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByText('Open chats deleted. No conversation was changed.').first().waitFor()
  await page.getByRole('listbox', { name: 'Conversations, All open' }).waitFor()
  await press('z')
  await page.getByRole('button', { name: /^Open chats \d+$/ }).waitFor()
})

const views = () => page.getByRole('list', { name: 'Views' }).getByRole('listitem')
const names = async (): Promise<string[]> =>
  (await views().locator('.side-line .trunc').allTextContents()).filter(name => !/hidden|New view/.test(name))

it('a view is put elsewhere by its menu, by key and with the mouse, and its number goes with its place', async () => {
  const before = await names()
  await page.getByRole('button', { name: 'All open: its place and more' }).click()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  await expect.poll(names).toEqual(['Mine', 'All open', 'Unassigned', ...before.slice(3)])
  await press('2')
  await page.getByRole('listbox', { name: 'Conversations, All open' }).waitFor()
  await press('Shift+PageUp')
  await expect.poll(async () => (await names())[0]).toBe('All open')
  await views()
    .filter({ hasText: 'Open chats' })
    .dragTo(views().filter({ hasText: 'All open' }))
  await expect.poll(async () => (await names()).slice(0, 2)).toEqual(['Open chats', 'All open'])
  await press('1')
  await page.getByRole('listbox', { name: 'Conversations, Open chats' }).waitFor()
})

it('a view that is hidden lies folded at the end, is found by its name, and comes back to where it was', async () => {
  const before = await names()
  await press('2', 'Shift+H')
  await expect.poll(names).toEqual(before.filter(name => name !== 'All open'))
  await page.getByRole('listbox', { name: 'Conversations, Open chats' }).waitFor()
  const folded = page.getByRole('button', { name: '1 hidden' })
  await folded.click()
  await views().filter({ hasText: 'All open' }).waitFor()
  await clean()
  await press('Control+k')
  await page.keyboard.type('all open')
  await page.getByRole('option', { name: 'All open' }).click()
  await page.getByRole('listbox', { name: 'Conversations, All open' }).waitFor()
  await press('Shift+H')
  await expect.poll(names).toEqual(before)
  await folded.waitFor({ state: 'detached' })
  await page.reload()
  await expect.poll(names).toEqual(before)
})
