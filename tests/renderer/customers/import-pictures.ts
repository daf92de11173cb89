// node tests/renderer/customers/import-pictures.ts FOLDER
// An import of customers as docs/lists.md shows it, over a real core and a real hub (store in memory).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../build/scripts/chromium.ts'
import { encoded } from '../../support/encoded.ts'
import { sheetOf } from '../support/sheet.ts'
import { openStage } from './stage.ts'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('node tests/renderer/customers/import-pictures.ts FOLDER')
  process.exit(1)
}
const table = [
  '客户姓名,手机号,邮箱,公司,会员等级,续约日,来源',
  '周杰,13800138000,zhou@example.cn,上海骑行有限公司,VIP,2026-12-01,展会',
  '林美玲,010-65529988,lin@example.cn,绿道租车,,,展会',
  '高远,12,gao@example.cn,,,明天,网站',
  '周先生,,ZHOU@example.cn,,,,网站',
  'Nora Haas,+49 30 901820,nora@haas.example,Radhaus Haas,Dealer,2027-03-01,网站',
].join('\r\n')

const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath ? { executablePath } : {}) })
const stage = await openStage('sue', 260)
const take = async (page: Page, name: string): Promise<void> => {
  await page.mouse.move(0, 0)
  await page.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)))
  const picture = await page.screenshot({ animations: 'disabled' })
  writeFileSync(join(folder, `${name}.png`), await sheetOf(browser, [picture]))
}
const give = (page: Page) =>
  page.locator('input[type=file]').setInputFiles({
    ...{ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from(encoded(table, 'gb18030')) },
  })
try {
  const page = await stage.open({ scale: 1.25 })
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Import customers from CSV' }).click()
  await page.getByText('Choose a file').waitFor()
  await take(page, 'import-file')
  await give(page)
  await page.getByText('rows in 客户.csv').waitFor()
  await take(page, 'import')
  const dark = await stage.open({ theme: 'dark', language: 'zh-CN', width: 1000, height: 720, scale: 1.25 })
  await dark.keyboard.press('c')
  await dark.getByRole('button', { name: '从 CSV 导入客户' }).click()
  await give(dark)
  await dark.getByRole('button', { name: '检查', exact: true }).click()
  await dark.getByText('第 5 行', { exact: true }).waitFor()
  await take(dark, 'import-dark-zh')
} finally {
  await browser.close()
  await stage.close()
}
