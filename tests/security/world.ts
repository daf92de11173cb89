/** The real path: a hub with its own PostgreSQL, mail by SMTP, chat by its socket, a desk's core, its page in a Chromium under watch. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page, type Request } from 'playwright-core'
import { z } from 'zod'
import { wholeChromium } from '../../build/scripts/chromium.ts'
import { type Customers, startCustomers } from '../e2e/support/customers.ts'
import { makeWorkspace, password, TestHub } from '../e2e/support/hub.ts'
import { type Program, startProgram } from '../e2e/support/process.ts'
import { type Canary, startCanary } from './canary.ts'
import { type Watch, watchContext } from './watch.ts'

const Ready = z.object({ ready: z.literal(true), url: z.string() })

export interface World {
  hub: TestHub
  customers: Customers
  page: Page
  watch: Watch
  /** Addresses the desk asked the system to open, since the last time. */
  opened(): Promise<string[]>
  close(): Promise<void>
}

/** What our own page fetches for itself; a mail's frame fetches nothing. */
const own = /^\/(?:|enter|port|assets\/[\w.-]+)$/u

/** @param rows conversations that must have their row in the list at once */
export async function openWorld(agent: { email: string; name: string }, rows: number): Promise<World> {
  const ends: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const end of ends.reverse()) await end()
  }
  try {
    const customers = await startCustomers()
    ends.push(() => customers.close())
    const workspace = await makeWorkspace(Number(new URL(customers.url).port), [{ ...agent, role: 'agent' }])
    ends.push(() => workspace.remove())
    const hub = await TestHub.of(workspace)
    ends.push(() => hub.remove())
    const folder = await mkdtemp(join(tmpdir(), 'skein-hostile-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const args = ['--browser', '--profile', join(folder, 'profile'), '--key-file', join(folder, 'key')]
    const desk: Program<z.infer<typeof Ready>> = await startProgram({
      command: ['build/scripts/desk.ts', ...args],
      ready: Ready,
    })
    ends.push(() => desk.stop())
    const canary: Canary = await startCanary()
    ends.push(() => canary.close())
    // With all that a browser around a page may do with what is in it.
    const whole = wholeChromium()
    const browser: Browser = await chromium.launch({
      ...whole,
      args: [...whole.args, ...canary.browserArgs, '--disable-popup-blocking'],
    })
    ends.push(() => browser.close())
    const height = Math.max(1200, 300 + 80 * rows)
    const context = await browser.newContext({ viewport: { width: 1440, height }, locale: 'en-GB' })
    const ours = new URL(desk.ready.url).origin
    const mine = (request: Request): boolean => {
      const { origin, pathname, search } = new URL(request.url())
      const plain = own.test(pathname) && (pathname === '/enter' || search === '')
      return origin === ours && plain && request.frame().parentFrame() === null
    }
    const watch = await watchContext(context, { ours, mine, canary })
    await context.addInitScript(() => {
      const opened: string[] = []
      Object.assign(window, { opened })
      window.open = address => {
        opened.push(String(address))
        return null
      }
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(desk.ready.url)
    await page.getByLabel(/^Hub address/).fill(hub.url)
    await page.getByLabel(/^Email/).fill(agent.email)
    await page.getByLabel(/^Password/).fill(password)
    await page.getByRole('button', { name: /^Sign in$/ }).click()
    return {
      ...{ hub, customers, page, watch, close },
      opened: () => page.evaluate(() => (window as unknown as { opened: string[] }).opened.splice(0)),
    }
  } catch (error) {
    await close()
    throw error
  }
}
