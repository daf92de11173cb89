import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  buildPreloads,
  removeFolder,
  type ShellUnderTest,
  type StartOptions,
  startShell,
  until,
} from './desk.ts'

const customer = '0192f3a4-5b6c-7d8e-9f00-112233445566'
let preloads: string
let shell: ShellUnderTest

beforeAll(async () => {
  preloads = await buildPreloads()
})
afterAll(() => removeFolder(preloads))
afterEach(() => shell.end())

const start = async (options: Omit<StartOptions, 'preloads'> = {}): Promise<ShellUnderTest> => {
  shell = await startShell({ ...options, preloads })
  return shell
}

describe('starting and ending', () => {
  test('the window shows only once its page is there, and at a size that fits the screen', async () => {
    const { window, page } = await start()
    expect((await window()).options).toMatchObject({
      show: false,
      minWidth: 900,
      minHeight: 600,
      width: 1440,
      height: 900,
    })
    expect(await (await page()).title()).toBe('desk')
  })

  test('closing the window hides it: alerts keep coming; quitting ends the core first and then the desk', async () => {
    const { window, page, app, cores, ended } = await start()
    await page()
    ;(await window()).close()
    expect((await window()).shown).toBe(false)
    expect((await window()).isDestroyed()).toBe(false)
    app.quit()
    expect(await ended).toBe(0)
    expect(cores[0]!.child.exitCode).toBe(0)
  })

  test('the window comes back where it was; on a screen that has gone it comes back where it can be reached', async () => {
    const state = { bounds: { x: 300, y: 200, width: 1000, height: 700 }, maximized: true }
    await start({ before: double => writeFile(join(double.userData, 'window.json'), JSON.stringify(state)) })
    const first = await shell.window()
    await shell.page()
    expect(first.options).toMatchObject(state.bounds)
    expect(first.isMaximized()).toBe(true)
    first.moveTo({ x: 5000, y: 200, width: 1000, height: 700 })
    const kept = await readFile(join(shell.userData, 'window.json'), 'utf8')
    await shell.end()
    await start({ before: double => writeFile(join(double.userData, 'window.json'), kept) })
    expect((await shell.window()).options.x).toBeUndefined()
    expect((await shell.window()).options.width).toBe(1000)
  })

  test('a damaged window state is not in the way', async () => {
    const { window } = await start({
      before: double => writeFile(join(double.userData, 'window.json'), '{"bounds":'),
    })
    expect((await window()).options.width).toBe(1440)
  })

  test('menus speak the language of the system', async () => {
    const { page, menu } = await start({ language: 'zh-Hans-CN' })
    await page()
    expect(menu().map(entry => entry.label)).toContain('编辑')
  })
})

describe('a page that crashes', () => {
  test('comes back at the address it was at, with a new port', async () => {
    await start()
    const first = await shell.page()
    await first.evaluate(() => {
      location.hash = '#/customer/7'
    })
    await first.goto('chrome://crash').catch(() => {})
    const second = await until(async () => {
      const now = (await shell.window()).webContents.page
      return now === first ? undefined : now
    })
    await second!.waitForFunction(() => window.heard?.length === 1)
    expect(second!.url()).toMatch(/#\/customer\/7$/)
  })
})

describe('one desk per profile', () => {
  test('a second start ends at once and opens nothing', async () => {
    const { ended, windows, app } = await start({ firstInstance: false })
    app.exit(0)
    await ended
    expect(windows).toHaveLength(0)
    expect(shell.cores).toHaveLength(0)
  })

  test('the first one comes to the front, even when hidden or minimised', async () => {
    const { window, page, startAgain } = await start()
    await page()
    const first = await window()
    first.close()
    startAgain(['skein'])
    expect([first.shown, first.focused]).toEqual([true, true])
    first.minimize()
    startAgain(['skein'])
    expect([first.isMinimized(), first.focused]).toEqual([false, true])
    expect(shell.windows).toHaveLength(1)
  })
})

describe('deep links', () => {
  const went = async (): Promise<unknown[]> => (await shell.page()).evaluate(() => window.went)
  const arrived = (count: number): Promise<unknown[]> =>
    until(async () => {
      const all = await went()
      return all.length >= count ? all : undefined
    })

  test('one that starts the desk leads to the customer as soon as there is a page', async () => {
    await start({ argv: ['skein', `skein://customer/${customer}`] })
    expect(await arrived(1)).toEqual([{ customerId: customer, conversationId: null }])
  })

  test('one that comes with a second start, or from the system, navigates the running desk', async () => {
    await start()
    await shell.page()
    shell.startAgain(['skein', '--flag', `skein://customer/${customer.toUpperCase()}`])
    await arrived(1)
    expect(shell.openLink(`skein://customer/${customer}`)).toBe(true)
    expect(await arrived(2)).toHaveLength(2)
    expect((await shell.window()).webContents.page!.url()).toMatch(/\/$/)
  })

  test('anything else brings the window to the front and goes nowhere', async () => {
    await start()
    await shell.page()
    shell.startAgain(['skein', `skein://customer/${customer}?assign=me`, 'skein://settings/x'])
    shell.startAgain(['skein', `skein://customer/${customer}`])
    expect(await arrived(1)).toHaveLength(1)
  })
})
