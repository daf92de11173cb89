import { expect, type Page } from '@playwright/test'

/** What an agent does, by the names they see. English and Chinese desks alike. */

type ViewName = 'mine' | 'unassigned' | 'open' | 'waiting' | 'snoozed' | 'closed' | 'held' | 'mentioned'

export const showView = (page: Page, view: ViewName): Promise<void> =>
  page.locator(`[data-view="${view}"]`).click()

export const row = (page: Page, name: string) => page.getByRole('option').filter({ hasText: name }).first()

export async function openConversation(page: Page, name: string): Promise<void> {
  await row(page, name).click()
  await expect(timeline(page)).toBeVisible()
}

export const timeline = (page: Page) => page.getByRole('feed')
export const entry = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })

/** The desk has everything and has sent everything. */
export const synced = (page: Page) =>
  expect(page.getByRole('button', { name: /^(Sync: Synced|同步：已同步)/ })).toBeVisible({ timeout: 30_000 })
export const offline = (page: Page) =>
  expect(page.getByText(/Offline|离线/).first()).toBeVisible({ timeout: 30_000 })

export async function write(page: Page, kind: 'reply' | 'note', text: string): Promise<void> {
  await page.getByRole('tab', { name: kind === 'reply' ? /^(Email|邮件)/ : /^(Note|备注)/ }).click()
  await page
    .getByRole('textbox', { name: kind === 'reply' ? /^(Your reply|回复内容)/ : /^(Your note|备注内容)/ })
    .fill(text)
}

export async function reply(page: Page, text: string): Promise<void> {
  await write(page, 'reply', text)
  await page.keyboard.press('Control+Enter')
  await expect(entry(page, text)).toBeVisible()
}

export async function note(page: Page, text: string): Promise<void> {
  await write(page, 'note', text)
  await page.keyboard.press('Control+Enter')
  await expect(entry(page, text)).toBeVisible()
}

/** Opens the palette and types; gives the options found. */
export async function search(page: Page, text: string) {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(text)
  return page.getByRole('dialog').getByRole('option')
}

/** In the settings: for how long a letter may be had back after it was sent. */
export async function haveBackFor(page: Page, seconds: 'off' | 30): Promise<void> {
  await expect(page.locator('[data-view="mine"]')).toBeVisible({ timeout: 45_000 })
  await page.keyboard.press('Control+,')
  const choices = page.getByRole('radiogroup', { name: /^(Undo send of mail|邮件发送后可撤销)/ })
  await choices.getByRole('radio', { name: seconds === 'off' ? /^(Off|关闭)$/ : /^30/ }).click()
  // Not by Escape: a word in the corner would take it.
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Close|关闭)$/ })
    .click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
