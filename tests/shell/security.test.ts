import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOurPage, mayLeave } from '../../electron/shell/address.ts'
import { parseDeepLink } from '../../electron/shell/deep-link.ts'
import { canUpdate } from '../../electron/shell/updater.ts'
import { buildPreloads, removeFolder, type ShellUnderTest, startShell, until } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')
let preloads: string
let shell: ShellUnderTest

beforeAll(async () => {
  preloads = await buildPreloads()
  shell = await startShell({ preloads })
  await shell.page()
})
afterAll(async () => {
  await shell.end()
  await removeFolder(preloads)
})

const session = () => shell.sessions.get('desk')!

describe('the window', () => {
  test('is sandboxed, isolated, without Node, with web security', async () => {
    expect((await shell.window()).options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
  })

  test('lives under a scheme of its own in a session that is never written to disk', async () => {
    expect(shell.schemes).toEqual([
      {
        scheme: 'skein-app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
      },
    ])
    expect([...shell.sessions.keys()]).toEqual(['desk'])
    expect((await shell.window()).webContents.mainFrame!.url).toBe('skein-app://desk/')
  })

  test('gives its page nothing but the bridge', async () => {
    const page = await shell.page()
    expect(await page.evaluate(() => Object.keys(window.skein).sort())).toEqual([
      'connect',
      'locale',
      'onNavigate',
      'platform',
      'popOut',
    ])
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(window, 'require'),
        typeof Reflect.get(window, 'ipcRenderer'),
      ]),
    ).toEqual(['undefined', 'undefined'])
  })

  test('refuses inline script by its policy', async () => {
    const page = await shell.page()
    const violated = await page.evaluate(
      () =>
        new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective))
          const script = document.createElement('script')
          script.textContent = 'window.inline = true'
          document.body.append(script)
        }),
    )
    expect(violated).toBe('script-src-elem')
    expect(await page.evaluate(() => Reflect.get(window, 'inline'))).toBeUndefined()
  })
})

describe('permissions', () => {
  const ours = 'skein-app://desk/'
  test('are denied first', () => {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'midi',
      'fullscreen',
    ] as const)
      expect(session().grants(permission, ours), permission).toEqual({
        request: false,
        check: false,
        device: false,
      })
  })
  test('copying is allowed to our page and to no other', () => {
    expect(session().grants('clipboard-sanitized-write', ours)).toMatchObject({ request: true, check: true })
    expect(session().grants('clipboard-sanitized-write', 'https://example.com/')).toMatchObject({
      request: false,
      check: false,
    })
  })
  test('only files that our page made can be saved', () => {
    expect(session().downloads('blob:skein-app://desk/5')).toBe(true)
    expect(session().downloads('https://example.com/setup.exe')).toBe(false)
  })
})

describe('leaving the page', () => {
  const stays = async (): Promise<void> => {
    expect((await shell.window()).webContents.mainFrame!.url).toBe('skein-app://desk/')
    expect(session().escaped).toEqual([])
  }

  test('a link does not lead the window away, and nothing is requested', async () => {
    const page = await shell.page()
    await page.evaluate(() => {
      location.href = 'https://example.com/away'
    })
    await page.click('#away', { noWaitAfter: true })
    await page.evaluate(() => Promise.resolve())
    await stays()
  })

  test('a link in a mail’s frame leads nowhere, and nothing is requested', async () => {
    const page = await shell.page()
    const frame = page.frames().find(each => each !== page.mainFrame())!
    await frame.click('#link', { noWaitAfter: true })
    await page.evaluate(() => Promise.resolve())
    expect(frame.url()).not.toContain('example.com')
    await stays()
  })

  test('a new window never opens; a web page opens in the system’s browser instead', async () => {
    const page = await shell.page()
    await page.click('#out', { noWaitAfter: true })
    await until(() => (shell.opened.length > 0 ? true : undefined))
    expect(shell.opened).toEqual(['https://example.com/page'])
    expect(shell.windows).toHaveLength(1)
    await stays()
  })

  test.each([
    ['https://example.com/a?b=c', true],
    ['mailto:a@example.com', true],
    ['tel:+4930123456', true],
    ['http://example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['smb://host/share', false],
    ['ms-msdt:/id', false],
    ['skein-app://desk/', false],
    ['https://user:secret@example.com/', false],
    ['not an address', false],
  ])('outside goes only what is safe there: %s %s', (address, leaves) => {
    expect(mayLeave(address)).toBe(leaves)
  })

  test('fetching anything from a network is refused', async () => {
    const page = await shell.page()
    expect(
      await page.evaluate(() =>
        fetch('https://example.com/').then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
    expect(session().lets('https://example.com/pixel.gif')).toBe(false)
    expect(session().lets('ws://127.0.0.1:4600/')).toBe(false)
    expect(session().lets('file:///etc/passwd')).toBe(false)
    await stays()
  })
})

describe('addresses', () => {
  test.each([
    ['skein-app://desk/', true],
    ['skein-app://desk/assets/a.js#x', true],
    ['skein-app://other/', false],
    ['skein-app://desk.evil/', false],
    ['skein-app://desk@evil/', false],
    ['skein-app://desk:80/', false],
    ['https://desk/', false],
    ['about:srcdoc', false],
    ['', false],
  ])('our page is told by parsing: %s %s', (address, ours) => {
    expect(isOurPage(address)).toBe(ours)
  })

  test.each([
    ['skein://customer/0192f3a4-5b6c-7d8e-9f00-112233445566', true],
    ['SKEIN://customer/0192F3A4-5B6C-7D8E-9F00-112233445566', true],
    ['skein://customer/7', false],
    ['skein://customer/0192f3a4-5b6c-7d8e-9f00-112233445566/close', false],
    ['skein://customer/0192f3a4-5b6c-7d8e-9f00-112233445566?x=1', false],
    ['skein://customer/0192f3a4-5b6c-7d8e-9f00-112233445566#x', false],
    ['skein://user@customer/0192f3a4-5b6c-7d8e-9f00-112233445566', false],
    ['skein://settings/0192f3a4-5b6c-7d8e-9f00-112233445566', false],
    ['https://customer/0192f3a4-5b6c-7d8e-9f00-112233445566', false],
    [`skein://customer/${'a'.repeat(10_000)}`, false],
  ])('a deep link is a customer or nothing: %s', (link, leads) => {
    expect(parseDeepLink(link) !== undefined).toBe(leads)
  })
})

describe('the package', () => {
  const config = (): Promise<string> => readFile(join(root, 'build', 'electron-builder.yml'), 'utf8')

  test.each([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
  ])('has the fuse %s', async line => {
    const fuses = (await config()).split(/^electronFuses:$/m)[1]!.split(/^\S/m)[0]!
    expect(fuses.split('\n').map(each => each.trim())).toContain(line)
  })

  test('is an ASAR with the bundles and the native SQLite, and neither the preview nor the hub', async () => {
    expect(await config()).toMatch(/^asar: true$/m)
    const files = (await config()).split(/^files:$/m)[1]!.split(/^\S/m)[0]!
    const taken = [...files.matchAll(/^ {2}- ['"]?([^!\s'"]+)['"]?$/gm)].map(match => match[1]!)
    expect(taken.length).toBeGreaterThan(2)
    expect(
      taken.filter(each => each !== 'out/**' && !each.startsWith('node_modules/better-sqlite3/')),
    ).toEqual([])
    expect(files).toMatch(/^ {2}- ['"]!node_modules\/\*\*['"]$/m)
  })

  test('is hardened on macOS and may do nothing there but compile script and reach its hub', async () => {
    expect(await config()).toMatch(/^ {2}hardenedRuntime: true$/m)
    const plist = await readFile(join(root, 'build', 'entitlements.mac.plist'), 'utf8')
    expect([...plist.matchAll(/<key>(.*?)<\/key>/g)].map(match => match[1])).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.network.client',
    ])
  })

  test('updates itself only when it is packaged and its updates are signed', async () => {
    expect(canUpdate(false, 'win32', root)).toBe(false)
    expect(canUpdate(true, 'win32', root)).toBe(false)
    expect(canUpdate(true, 'linux', root)).toBe(false)
  })
})
