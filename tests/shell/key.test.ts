import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  buildPreloads,
  removeFolder,
  type ShellUnderTest,
  type StartOptions,
  startShell,
  until,
} from './desk.ts'

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

const enter = async (page: Page, passphrase: string): Promise<void> => {
  await page.fill('input', passphrase)
  await page.click('button')
}

// The double runs on this machine's platform; the refusal of basic_text is Linux's.
test.runIf(process.platform === 'linux')(
  'without a keychain the desk asks for a passphrase in its own window, says what is wrong, and opens',
  async () => {
    await start({ keychain: 'basic_text', language: 'zh-CN' })
    const page = await shell.page()
    expect(await page.textContent('h1')).toBe('设置口令')
    expect((await shell.window()).options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    })
    expect(shell.cores).toHaveLength(0)

    await enter(page, 'short')
    await page.waitForFunction(() => document.querySelector('[role=alert]')?.textContent !== '')
    expect(await page.textContent('[role=alert]')).toBe('请至少使用 10 个字符。')

    await enter(page, '海阔凭鱼跃天高任鸟飞')
    const desk = await until(() => shell.windows[1])
    await until(() => desk.shown || undefined)
    expect(shell.windows[0]!.isDestroyed()).toBe(true)
    expect(JSON.parse(await readFile(join(shell.userData, 'key.json'), 'utf8'))).toMatchObject({
      kind: 'passphrase',
    })
    // The page that asked is gone for good: the desk's own page cannot ask for it.
    expect(
      await desk.webContents.page!.evaluate(() => fetch('/passphrase.html').then(answer => answer.status)),
    ).toBe(404)
  },
)

test.runIf(process.platform === 'linux')(
  'closing the passphrase window ends the desk and writes nothing',
  async () => {
    await start({ keychain: 'basic_text' })
    await shell.page()
    shell.windows[0]!.close()
    expect(await shell.ended).toBe(0)
    await expect(readFile(join(shell.userData, 'key.json'))).rejects.toThrow('ENOENT')
    expect(shell.cores).toHaveLength(0)
  },
)

test('with a keychain nobody is asked anything', async () => {
  await start()
  expect(await (await shell.page()).title()).toBe('desk')
  expect(JSON.parse(await readFile(join(shell.userData, 'key.json'), 'utf8'))).toMatchObject({
    kind: 'keychain',
  })
})
