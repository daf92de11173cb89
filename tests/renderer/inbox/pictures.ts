// node tests/renderer/inbox/pictures.ts FOLDER
// The list of conversations while several are chosen, and a view of one's own being made, over a real core and hub (store in memory).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openStage } from '../customers/stage.ts'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('node tests/renderer/inbox/pictures.ts FOLDER')
  process.exit(1)
}
const stage = await openStage('sue', 60)
const take = async (page: Page, name: string): Promise<void> => {
  // What floats in has come to rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)))
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ animations: 'disabled' }))
}
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
try {
  await stage.core.ask('mutate', {
    name: 'view.save',
    args: {
      ...{ id: 'chats', name: 'Open chats', agentId: null },
      where: {
        match: 'all',
        conditions: [
          { field: 'status', operator: 'is', values: ['open'] },
          { field: 'channel', operator: 'is', values: ['chat'] },
        ],
      },
    },
  })
  const page = await stage.open({ scale: 1.25 })
  await press(page, '3')
  await page.getByRole('option').first().waitFor()
  await page.getByRole('listbox', { name: /^Conversations/ }).focus()
  await press(page, 'Home', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await page.getByRole('region', { name: 'For the chosen conversations' }).waitFor()
  await take(page, 'chosen-conversations')

  const dark = await stage.open({ theme: 'dark', language: 'zh-CN', width: 1000, height: 640, scale: 1.25 })
  await press(dark, '3')
  await dark.getByRole('option').first().waitFor()
  await press(dark, 'Shift+V')
  await dark.getByRole('textbox').first().fill('紧急，等我回复')
  await dark.getByRole('dialog').getByRole('status').getByText('会话').waitFor()
  await take(dark, 'view-dialog-dark-zh')
} finally {
  await stage.close()
}
