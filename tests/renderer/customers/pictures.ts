// node tests/renderer/customers/pictures.ts FOLDER
// The list of customers as docs/lists.md shows it, over a real core and a real hub (store in memory).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../build/scripts/chromium.ts'
import { sheetOf } from '../support/sheet.ts'
import { openStage } from './stage.ts'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('node tests/renderer/customers/pictures.ts FOLDER')
  process.exit(1)
}
const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath ? { executablePath } : {}) })
const stage = await openStage('sue', 260)
const segment = (id: string, name: string, agentId: string | null, field: string, value: string) =>
  stage.core.ask('mutate', {
    name: 'segment.save',
    args: {
      ...{ id, name, agentId },
      where: {
        match: 'all',
        conditions: [
          { field, operator: 'is', values: [value] },
          { field: 'open', operator: 'after', values: [0] },
        ],
      },
    },
  })
const take = async (page: Page, name: string): Promise<void> => {
  // The bar at the foot and the list's marks have come to rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)))
  const picture = await page.screenshot({ animations: 'disabled' })
  writeFileSync(join(folder, `${name}.png`), await sheetOf(browser, [picture]))
}
try {
  await segment('dealers', 'Dealers who wait', null, 'tier', 'Dealer')
  await segment('chinese', '中文，进行中', 'sue', 'language', 'zh-CN')
  const page = await stage.open({ scale: 1.25 })
  await page.keyboard.press('c')
  await page.getByRole('button', { name: /Dealers who wait/ }).click()
  await page.getByRole('button', { name: 'Remove: Tier is Dealer' }).waitFor()
  await page.getByRole('listbox').focus()
  for (const key of ['Home', 'ArrowDown', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown'])
    await page.keyboard.press(key)
  await page.getByText('3 chosen').waitFor()
  await take(page, 'customers')
  const dark = await stage.open({ theme: 'dark', language: 'zh-CN', width: 1000, height: 640, scale: 1.25 })
  await dark.keyboard.press('c')
  await dark.getByRole('searchbox').fill('lu')
  await dark.getByText('位客户').first().waitFor()
  await dark.getByRole('option').first().waitFor()
  await take(dark, 'customers-dark-zh')
} finally {
  await browser.close()
  await stage.close()
}
