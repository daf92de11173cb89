/** A supervisor's way through the list of customers, by keyboard: Chromium over a real core and hub (store in memory). */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
beforeAll(async () => {
  stage = await openStage('sue', 260)
  page = await stage.open()
  page.setDefaultTimeout(8_000)
})
afterAll(() => stage.close())

const row = (name: string) => page.getByRole('option').filter({ hasText: name })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const onHub = async (id: string) =>
  (await stage.hub.store.all('customer')).find(customer => customer.id === id)
const shown = () => page.locator('.customer-row .customer-name').allInnerTexts()
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

it('is opened by C, in the order of what happened last, and holds hundreds with few of them drawn', async () => {
  await press('c')
  await row('Amara Okafor').waitFor()
  await page.getByText('268 customers').waitFor()
  expect((await shown())[0]).toContain('Amara')
  expect(await page.locator('.customer-row').count()).toBeLessThan(60)
  const tier = page.locator('.customer-row .tier').first()
  expect(await tier.evaluate(chip => chip.scrollWidth - chip.clientWidth)).toBe(0)
  expect(await row('Amara Okafor').getAttribute('aria-setsize')).toBe('268')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
})

it('is searched by initials; Enter opens the timeline, and back is the list as it was', async () => {
  await press('/')
  await page.keyboard.type('zmx')
  await page.getByText('1 customer', { exact: true }).waitFor()
  await row('赵明轩').waitFor()
  await press('Enter', 'ArrowDown', 'Enter')
  await heading('赵明轩').waitFor()
  await press('Control+[')
  await page.getByRole('searchbox').waitFor()
  expect(await page.getByRole('searchbox').inputValue()).toBe('zmx')
  await press('/', 'Escape')
  await page.getByText('268 customers').waitFor()
})

it('Enter leads to where one reads, Escape back to the customer one came from, and 1 to 9 into the inbox', async () => {
  const focused = () =>
    page.evaluate(() => {
      const column = document.activeElement?.closest('[data-column]')?.getAttribute('data-column')
      return `${column} ${document.activeElement?.getAttribute('aria-label')}`
    })
  const standsOn = () => page.locator('.virtual-list [data-active]').innerText()
  await press('Home', 'ArrowDown')
  const before = await standsOn()
  await press('Enter')
  await page.locator('.chead').waitFor()
  await expect.poll(focused).toMatch(/^main /)
  await press('Escape')
  await page.locator('.customer-table').waitFor()
  await expect.poll(focused).toBe('main Customers')
  expect(await standsOn()).toBe(before)

  // By hand, too.
  await row('Amara Okafor').click()
  await page.locator('.chead').waitFor()
  await expect.poll(focused).toMatch(/^main /)
  // Whoever goes to the inbox has that list to go back to.
  await press('3')
  await press('Escape')
  await expect.poll(focused).toMatch(/^list Conversations/)
  await press('c')
  await page.locator('.customer-table').waitFor()
  await press('2')
  await expect.poll(focused).toMatch(/^list Conversations, Unassigned/)
  await press('ArrowDown')
  await page.locator('.conversation-list [data-active]').waitFor()
  await press('c')
  await row('Amara Okafor').waitFor()
})

it('is ordered by pressing a column, and turned round by pressing it again', async () => {
  await page.getByRole('button', { name: 'Order by Name' }).click()
  await expect.poll(async () => (await shown())[0]).toContain('Aiko')
  await page.getByRole('button', { name: 'Ordered by Name, upwards. Turn round' }).click()
  await expect.poll(async () => (await shown())[0]).toContain('赵明轩')
})

it('has the columns that were chosen, as long as there is room', async () => {
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  await page.keyboard.type('tier')
  await press('Enter')
  await page.locator('.customer-columns .customer-tier').waitFor({ state: 'detached' })
  await page.getByPlaceholder('Which field?').fill('time zone')
  await press('Enter')
  await page.locator('.customer-columns').getByText('Time zone').waitFor()
  await press('Escape')
  await page.setViewportSize({ width: 1000, height: 700 })
  await page.locator('.customer-columns').getByText('Since').waitFor({ state: 'detached' })
  const { violations } = await new AxeBuilder({ page }).include('.customer-table').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('.customer-columns').getByText('Since').waitFor()
})

it('is narrowed by a condition, which is kept for the team with how many there are', async () => {
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.keyboard.type('tier')
  await press('Enter')
  await page.getByLabel('Value').fill('dealer')
  await press('Enter')
  await expect
    .poll(async () => Number((await page.locator('.customers-count').innerText()).split(' ')[0]))
    .toBeLessThan(40)
  const count = (await page.locator('.customers-count').innerText()).split(' ')[0]!
  await page.getByRole('button', { name: 'Save as segment' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Dealers')
  await dialog.getByRole('radio', { name: 'For the team' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await heading('Dealers').waitFor()
  await page
    .getByRole('region', { name: 'Team' })
    .getByRole('button', { name: `Dealers ${count}` })
    .waitFor()
  await expect
    .poll(async () => (await stage.hub.store.all('segment')).map(({ name, agentId }) => [name, agentId]))
    .toEqual([['Dealers', null]])
})

it('a page that is loaded anew shows the same list in the same order, and no typed value was written down for it', async () => {
  await page.getByRole('button', { name: 'Order by Since' }).click()
  const count = await page.locator('.customers-count').innerText()
  await page.getByRole('button', { name: 'Ordered by Since' }).waitFor()
  const before = await shown()
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('dealer')
  await page.reload()
  await heading('Dealers').waitFor()
  await page.getByRole('button', { name: 'Ordered by Since' }).waitFor()
  await expect.poll(shown).toEqual(before)
  expect(await page.locator('.customers-count').innerText()).toBe(count)
})

it('those chosen by X and Shift get a value, on the hub too, and Z takes it back', async () => {
  await page.getByRole('listbox').focus()
  await press('Home', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await page.getByText('3 chosen').waitFor()
  expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(3)
  await page.getByRole('button', { name: 'Set a field' }).click()
  await page.keyboard.type('renewal')
  await press('Enter')
  // A day is typed as one says it; what is no day empties nothing.
  await page.getByLabel('Renewal').fill('some day')
  await page.getByText('Not a day yet').waitFor()
  await press('Enter')
  await page.getByLabel('Renewal').fill('1 Feb 2027')
  await page.getByText('Mon 1 Feb 2027').waitFor()
  await page.getByRole('button', { name: 'Set for 3 customers' }).click()
  await page.getByText('Renewal: 2027-02-01, for 3 customers.').first().waitFor()
  const renewed = async () =>
    (await stage.hub.store.all('customer')).filter(({ attributes }) => attributes?.renewal === '2027-02-01')
      .length
  await expect.poll(renewed).toBe(3)
  await page.getByRole('listbox').focus()
  await press('z')
  await expect.poll(renewed).toBe(0)
  await press('Escape')
  await page.getByText('3 chosen').waitFor({ state: 'detached' })
})

it('all of the segment get a tag, and go into a table that Excel reads', async () => {
  await page.getByRole('listbox').focus()
  await press('Shift+X')
  await page.getByRole('button', { name: 'Add a tag' }).click()
  await page.keyboard.type('fleet')
  await press('Enter')
  await page
    .getByText(/^Tag fleet, for \d+ customers\.$/)
    .first()
    .waitFor()
  await expect.poll(async () => (await onHub('customer-0004'))?.tagIds).toEqual(['fleet'])
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('Dealers.csv')
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.startsWith('\ufeffName,Company,Tier,Language,Channel,Address or number,Tags,')).toBe(true)
  expect(text).toContain('Jonas Weber,Radhaus Weber GmbH,Dealer,German,Email,person4@mail.example,fleet,')
})

it('says in an empty list why it is empty', async () => {
  await press('Escape', '/')
  await page.keyboard.type('qqq')
  await page.getByText('Nobody like that').waitFor()
  await page.getByRole('button', { name: 'Show everybody' }).click()
  await page.getByText('268 customers').waitFor()
})
