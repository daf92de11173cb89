/** A supervisor puts in a table of Excel in China: Chromium over a real core and hub (store in memory). */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encoded } from '../../support/encoded.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
beforeAll(async () => {
  stage = await openStage('sue', 0)
  page = await stage.open()
})
afterAll(() => stage.close())

const table = [
  '客户姓名,手机号,邮箱,会员等级,续约日,来源',
  '周杰,13800138000,zhou@example.cn,VIP,2026-12-01,展会',
  '林美玲,010-65529988,,,,展会',
  '高远,12,gao@example.cn,,明天,网站',
  '周先生,,ZHOU@example.cn,,,网站',
].join('\r\n')
const give = (name: string, bytes: Uint8Array) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) })
const violations = async (): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`,
  )
const figure = (name: string) =>
  page
    .locator('.im-figures > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')

it('says what is no table of text, and understands one that Excel wrote in China', async () => {
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Import customers from CSV' }).waitFor()
  await page.keyboard.press('Control+o')
  await page.getByRole('heading', { name: 'Drop a table here' }).waitFor()
  expect(await violations()).toEqual([])
  await give('customers.xlsx', new Uint8Array([0x50, 0x4b, 3, 4]))
  await page.getByText('This is a workbook, not a table of text.').waitFor()
  await give('客户.csv', encoded(table, 'gb18030'))
  await page.getByText('4 rows in 客户.csv').waitFor()
  expect(await page.getByRole('combobox', { name: 'Characters' }).innerText()).toContain('GB18030')
  expect(await page.getByRole('combobox', { name: '会员等级 becomes' }).innerText()).toBe('Tier')
  expect(await page.getByRole('combobox', { name: '来源 becomes' }).innerText()).toBe('Left out')
})

it('columns are chosen by the keyboard; the preview reads the rows as they will be', async () => {
  // Who writes GB18030 writes numbers of mainland China.
  const country = page.getByRole('combobox', { name: 'Numbers without a country are from' })
  expect(await country.innerText()).toBe('China +86')
  const source = page.getByRole('combobox', { name: '来源 becomes' })
  await source.focus()
  await page.keyboard.press('Enter')
  const tags = page.getByRole('option', { name: 'Tags' })
  await tags.waitFor()
  await page.keyboard.type('tags')
  await expect.poll(() => tags.evaluate(option => option === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => source.innerText()).toBe('Tags')
  const preview = page.getByRole('region', { name: 'The first rows, as they will be' })
  await preview.getByText('+8613800138000 · zhou@example.cn').waitFor()
  expect(await preview.innerText()).toContain('Not a date. It looks like 2026-11-22.')
  expect(await violations()).toEqual([])
})

it('every row is checked before anything is put in; the wrong ones are told and kept in a file', async () => {
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const wrong = page.getByRole('region', { name: 'Wrong rows' })
  await wrong.getByText('Row 5').waitFor()
  expect(await figure('New').innerText()).toBe('2')
  expect(await figure('Wrong').innerText()).toBe('2')
  await wrong.getByText('Not a phone number.').waitFor()
  await wrong.getByText('The same customer as row 2.').waitFor()
  expect(await violations()).toEqual([])
  const download = page.waitForEvent('download')
  await wrong.getByRole('button', { name: 'Save the wrong rows' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text.split('\r\n')[0]).toBe('\ufeffWhat is wrong,客户姓名,手机号,邮箱,会员等级,续约日,来源')
  expect(text.split('\r\n')[2]).toBe('The same customer as row 2.,周先生,,ZHOU@example.cn,,,网站')
  expect(await stage.hub.store.all('customer')).toHaveLength(8)
  // All or nothing, unless they are left out.
  expect(await page.getByRole('button', { name: /^Import \d/ }).isDisabled()).toBe(true)
})

it('is where it was after looking at the list, and puts in the right rows', async () => {
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.getByText('8 customers').waitFor()
  await page.getByRole('button', { name: 'Import customers from CSV' }).click()
  await page.getByLabel('Leave out 2 wrong rows').check()
  await page.getByRole('button', { name: 'Import 2 customers' }).click()
  await page.getByRole('heading', { name: '2 customers were put in' }).waitFor()
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: 'Back to the list' }).last().click()
  await page.getByText('10 customers').waitFor()
  await page.getByRole('option').filter({ hasText: '周杰' }).waitFor()
  const zhou = (await stage.hub.store.all('customer')).find(({ name }) => name === '周杰')
  expect(zhou).toMatchObject({ tier: 'VIP', attributes: { renewal: '2026-12-01' }, listed: true })
})
