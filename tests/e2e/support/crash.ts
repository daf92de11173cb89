import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { WebSocket } from 'ws'
import type { TestDesk } from './desk.ts'

/**
 * The page's process dies, and the same window loads it anew, as the shell does. Playwright's own connection gives a crashed page up,
 * so the window is spoken to by another one from then on.
 *
 * @returns the page, and the way to let go of it
 */
export async function crashAndReload(desk: TestDesk): Promise<{ page: Page; browser: Browser }> {
  const [port] = readFileSync(join(desk.browserData, 'DevToolsActivePort'), 'utf8').split('\n')
  const address = `http://127.0.0.1:${port}`
  const crashed = desk.page.waitForEvent('crash')
  const session = await desk.page.context().newCDPSession(desk.page)
  // It is not answered: nobody is left to.
  session.send('Page.crash').catch(() => undefined)
  await crashed

  const targets = (await (await fetch(`${address}/json/list`)).json()) as {
    type: string
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')!.webSocketDebuggerUrl)
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(JSON.stringify({ id: 1, method: 'Page.reload' }))
  await new Promise(resolve => socket.once('message', resolve))
  socket.close()

  const browser = await chromium.connectOverCDP(address)
  const page = browser.contexts()[0]!.pages()[0]!
  await expect(page.locator('[data-condition]')).toBeVisible({ timeout: 45_000 })
  return { page, browser }
}
