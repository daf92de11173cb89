// The shell in real Electron, wherever its program is and can be shown; elsewhere these are reported as not run, by name.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureDesk, root } from '../../build/scripts/bundles.ts'
import { findElectron, whyNoElectron } from '../../build/scripts/electron-binary.ts'

const program = findElectron()
const obstacle = program === undefined ? 'no Electron binary' : whyNoElectron()
const title = (what: string): string => (obstacle === undefined ? what : `${what} (not run: ${obstacle})`)

describe.runIf(obstacle === undefined)('in real Electron', () => {
  let userData: string
  let app: ElectronApplication

  beforeAll(async () => {
    ensureDesk()
    userData = await mkdtemp(join(tmpdir(), 'skein-electron-'))
    app = await _electron.launch({ executablePath: program!, args: [root, '--profile', userData] })
  })
  afterAll(async () => {
    await app?.close()
    await rm(userData, { recursive: true, force: true })
  })

  test(title('the desk opens its page under skein-app:, sandboxed and isolated'), async () => {
    const page = await app.firstWindow()
    expect(page.url()).toMatch(/^skein-app:\/\/desk\//)
    expect(await page.evaluate(() => typeof Reflect.get(window, 'require'))).toBe('undefined')
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return (
        window!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  test(title('the page gets a port to the core, and asks to sign in or to unlock'), async () => {
    const page = await app.firstWindow()
    await page.waitForSelector('input[type=password]')
  })

  test(title('a page cannot leave, open windows or ask for permissions'), async () => {
    const page = await app.firstWindow()
    const before = page.url()
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
    expect(page.url()).toBe(before)
  })
})
