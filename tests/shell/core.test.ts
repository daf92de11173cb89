import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
afterEach(() => shell?.end())

const start = async (options: Omit<StartOptions, 'preloads'> = {}): Promise<ShellUnderTest> => {
  shell = await startShell({ ...options, preloads })
  return shell
}

const heard = (count: number): Promise<{ heard: unknown; pid: number }[]> =>
  until(async () => {
    const all = await (await shell.page()).evaluate(() => window.heard)
    return all.length >= count ? (all as { heard: unknown; pid: number }[]) : undefined
  })

describe('the port', () => {
  test('the page gets one to the core, and messages with bytes go both ways', async () => {
    await start()
    expect((await heard(1))[0]).toMatchObject({ heard: 'hello', pid: shell.cores[0]!.pid })
    await (await shell.page()).evaluate(() => window.port.postMessage({ bytes: new Uint8Array([1, 2, 255]) }))
    expect(Object.values((await heard(2))[1]!.heard as { bytes: Uint8Array })[0]).toEqual(
      new Uint8Array([1, 2, 255]),
    )
  })

  test('a frame of a mail that asks for one gets none', async () => {
    await start()
    await heard(1)
    const page = await shell.page()
    const frame = page.frames().find(each => each !== page.mainFrame())!
    // The sandbox forbids scripts there; the test asks in the frame's name, as a hole in Chromium might.
    const { ipcMain } = shell
    const contents = shell.windows[0]!.webContents
    let given = 0
    ipcMain.emit('skein:connect', {
      sender: contents,
      senderFrame: { url: frame.url(), postMessage: () => void given++ },
    })
    ipcMain.emit('skein:connect', { sender: contents, senderFrame: null })
    ipcMain.emit('skein:connect', { sender: {}, senderFrame: contents.mainFrame })
    await page.evaluate(() => window.port.postMessage('again'))
    expect(await heard(2)).toHaveLength(2)
    expect(given).toBe(0)
  })
})

describe('a core that dies', () => {
  test('is started again, and the page gets a port to the new one', async () => {
    await start()
    const [first] = await heard(1)
    shell.cores[0]!.child.kill('SIGKILL')
    const all = await heard(2)
    expect(all[1]!.heard).toBe('hello')
    expect(all[1]!.pid).not.toBe(first!.pid)
  })

  test('for a reason it names is not started again by itself: a person is asked, and the data is left alone', async () => {
    await start({ env: { SKEIN_TEST_CORE: 'fail' }, answers: [1] })
    expect(await shell.ended).toBe(0)
    expect(shell.asked).toHaveLength(1)
    expect(shell.asked[0]!.message).toBe(
      'The disk is full. Make room, then try again. Nothing has been deleted.',
    )
    expect(shell.cores).toHaveLength(1)
  })
})

describe('tray and notifications', () => {
  const id = (n: number): string => `0192f3a4-5b6c-7d8e-9f00-00000000000${n}`
  const arrival = { conversationId: id(1), customerId: id(2), customerName: '王芳', preview: '电池坏了' }
  /** The core says something to everybody who listens: the shell hears it on its own port. */
  const coreSays = async (message: unknown): Promise<void> => {
    const watcher = await until(() => shell.watcher())
    watcher.postMessage({ say: message })
  }

  test('an arrival is told by the system while nobody looks; a click leads to the conversation', async () => {
    await start()
    await shell.page()
    await coreSays({ t: 'event', name: 'arrived', value: arrival })
    const shown = await until(() => shell.notifications()[0])
    expect(shown.options).toMatchObject({ title: '王芳', body: '电池坏了' })
    expect((await shell.window()).flashing).toBe(true)
    shown.emit('click')
    const went = await until(async () => {
      const all = await (await shell.page()).evaluate(() => window.went)
      return all.length > 0 ? all : undefined
    })
    expect(went).toEqual([{ customerId: id(2), conversationId: id(1) }])
    expect(shell.notifications()).toHaveLength(0)
  })

  test('a second message of the same conversation replaces the first; signing out takes all back', async () => {
    await start()
    await shell.page()
    await coreSays({ t: 'event', name: 'arrived', value: arrival })
    await coreSays({ t: 'event', name: 'arrived', value: { ...arrival, preview: '还在吗' } })
    await until(() => (shell.notifications()[0]?.options.body === '还在吗' ? true : undefined))
    expect(shell.notifications()).toHaveLength(1)
    const desk = {
      phase: 'signed-out',
      agentId: null,
      deviceId: null,
      hubUrl: null,
      email: null,
      fault: null,
      notice: null,
    }
    await coreSays({ t: 'event', name: 'desk', value: desk })
    await until(() => (shell.notifications().length === 0 ? true : undefined))
  })

  test('while a person looks at the desk the page tells it, not the system', async () => {
    await start()
    await shell.page()
    ;(await shell.window()).focus()
    await coreSays({ t: 'event', name: 'arrived', value: arrival })
    await coreSays({ t: 'snapshot', id: 1, rows: [{ conversation: { id: id(1) }, unread: true }] })
    await until(() => (shell.app.badge === 1 ? true : undefined))
    expect(shell.notifications()).toHaveLength(0)
  })

  test('the tray and the badge count unread conversations, and follow differences', async () => {
    await start()
    await shell.page()
    const row = (n: number, unread: boolean) => ({ conversation: { id: id(n) }, unread })
    await coreSays({ t: 'snapshot', id: 1, rows: [row(1, true), row(2, true), row(3, false)] })
    await until(() => (shell.app.badge === 2 ? true : undefined))
    expect(shell.tray().toolTip).toBe('Skein: 2 unread conversations')
    await coreSays({ t: 'difference', id: 1, put: [row(1, false)], drop: [id(2)], order: null })
    await until(() => (shell.app.badge === 0 ? true : undefined))
    expect(shell.tray().toolTip).toBe('Skein: nothing unread')
  })

  test('menus and tray follow the language that is chosen in the desk', async () => {
    await start()
    await shell.page()
    const preferences = { theme: 'system', language: 'zh-CN', density: 'comfortable' }
    await coreSays({ t: 'event', name: 'preferences', value: preferences })
    await until(() => (shell.tray().toolTip === '一线：没有未读' ? true : undefined))
    expect(shell.menu().map(entry => entry.label)).toContain('编辑')
    await coreSays({ t: 'event', name: 'preferences', value: { ...preferences, language: 'system' } })
    await until(() => (shell.tray().toolTip === 'Skein: nothing unread' ? true : undefined))
  })
})
