/** What the shell does for somebody's attention, against the double of Electron: nothing here has run in Electron. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EventOf } from '#shared/ipc/contract.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import { attentionOf } from '#shared/rules/attention.ts'
import { createNotifications } from '../../electron/shell/notifications.ts'
import { drawOverlay, overlayText } from '../../electron/shell/overlay.ts'
import { checkSpelling, contextMenu, spellingOf } from '../../electron/shell/spelling.ts'
import { installTray } from '../../electron/shell/tray.ts'
import { wordsFor } from '../../electron/shell/words.ts'
import {
  buildPreloads,
  removeFolder,
  type ShellUnderTest,
  type StartOptions,
  startShell,
  until,
} from './desk.ts'
import { createElectron, type ElectronDouble } from './double/electron.ts'
import { SessionDouble } from './double/session.ts'

let preloads: string
let shell: ShellUnderTest

beforeAll(async () => {
  preloads = await buildPreloads()
})
afterAll(() => removeFolder(preloads))

const id = (n: number): string => `0192f3a4-5b6c-7d8e-9f00-00000000000${n}`
const alertOf = (n: number, over: Partial<EventOf<'arrived'>> = {}): EventOf<'arrived'> => ({
  ...{ id: id(n), kind: 'mine', conversationId: id(n), customerId: id(n + 5), customerName: '王芳' },
  ...{
    preview: '电池坏了',
    channel: 'chat',
    family: 'chat',
    priority: 'normal',
    itemId: null,
    seq: 4,
    at: 0,
  },
  ...over,
})
const preferences = (over: Partial<Preferences> = {}): Preferences => ({
  ...{ theme: 'system', language: 'system', density: 'comfortable' },
  ...over,
})

describe('in the running shell', () => {
  afterEach(() => shell.end())
  const start = async (options: Omit<StartOptions, 'preloads'> = {}): Promise<void> => {
    shell = await startShell({ ...options, preloads })
    await shell.page()
  }
  /** The core says something to everybody who listens: the shell hears it on its own port. */
  const coreSays = async (message: unknown): Promise<void> => {
    const watcher = await until(() => shell.watcher())
    watcher.postMessage({ say: message })
  }
  const tells = (name: string, value: unknown) => coreSays({ t: 'event', name, value })
  const waiting = (...numbers: number[]) =>
    coreSays({
      ...{ t: 'snapshot', id: 1 },
      rows: numbers.map(n => ({ conversationId: id(n), customerId: id(n + 5), since: 1, mine: true })),
    })
  const standing = (...numbers: number[]) =>
    coreSays({ t: 'snapshot', id: 2, rows: numbers.map(n => alertOf(n)) })
  const desk = (phase: 'signed-in' | 'signed-out', email: string | null) =>
    tells('desk', {
      ...{ phase, agentId: null, deviceId: null, hubUrl: null, email, fault: null, notice: null },
    })
  const labels = () => shell.tray().menu.map(({ label }) => label)

  test('an arrival is told by the system while nobody looks, and makes no sound of its own; a click leads to it', async () => {
    await start()
    await tells('arrived', alertOf(1))
    const shown = await until(() => shell.notifications()[0])
    expect(shown.options).toMatchObject({ title: '王芳', body: '电池坏了', silent: true })
    expect((await shell.window()).flashing).toBe(true)
    shown.emit('click')
    const went = await until(async () => {
      const all = await (await shell.page()).evaluate(() => window.went)
      return all.length > 0 ? all : undefined
    })
    expect(went).toEqual([{ customerId: id(6), conversationId: id(1) }])
    expect(shell.notifications()).toHaveLength(0)
    expect((await shell.window()).flashing).toBe(false)
  })

  test('a later message replaces the earlier; what was seen elsewhere is taken back; signing out takes back all', async () => {
    await start()
    await standing(1, 2)
    await tells('arrived', alertOf(1))
    await tells('arrived', alertOf(2))
    await tells('arrived', alertOf(1, { preview: '还在吗' }))
    await until(() => (shell.notifications().length === 2 ? true : undefined))
    expect(shell.notifications().map(({ options }) => options.body)).toEqual(['电池坏了', '还在吗'])
    await standing(1)
    await until(() => (shell.notifications().length === 1 ? true : undefined))
    expect(shell.notifications()[0]!.options.body).toBe('还在吗')
    await desk('signed-out', null)
    await until(() => (shell.notifications().length === 0 ? true : undefined))
  })

  test('while a person looks at the desk the page tells it, not the system; the badge counts who waits', async () => {
    await start()
    ;(await shell.window()).focus()
    await tells('arrived', alertOf(1))
    await waiting(1, 2)
    await until(() => (shell.app.badge === 2 ? true : undefined))
    expect(shell.notifications()).toHaveLength(0)
    expect(shell.tray().toolTip).toBe('Skein: 2 customers wait')
    await coreSays({ t: 'difference', id: 1, put: [], drop: [id(1), id(2)], order: null })
    await until(() => (shell.app.badge === 0 ? true : undefined))
    expect(shell.tray().toolTip).toBe('Skein: nobody waits')
  })

  test('tray and menus say whose desk it is, whether it is muted, in the desk’s language', async () => {
    await start()
    await desk('signed-in', 'ann@skein.example')
    await until(() => (labels()[0] === 'ann@skein.example' ? true : undefined))
    await tells(
      'preferences',
      preferences({ language: 'zh-CN', attention: { mutedUntil: Date.now() + 9e6 } }),
    )
    await until(() => (labels().includes('恢复声音') ? true : undefined))
    expect(shell.tray().toolTip).toBe('一线：没有人在等\n已静音')
    expect(shell.menu().map(entry => entry.label)).toContain('编辑')
    await tells('preferences', preferences())
    await until(() => (labels().includes('Sounds off for an hour') ? true : undefined))
  })

  test('a conversation has one window of its own, which a notification leads to, and which is there after a restart', async () => {
    await start()
    const page = await shell.page()
    const place = { customerId: id(6), conversationId: id(1) }
    await page.evaluate(to => window.skein.popOut(to), place)
    const own = await until(() => shell.windows[1])
    await until(() => own.shown || undefined)
    expect(own.webContents.mainFrame!.url).toBe(`skein-app://desk/#/window/${id(6)}/${id(1)}`)
    await own.webContents.page!.waitForFunction(() => window.heard?.length === 1)
    own.focused = false
    await page.evaluate(to => window.skein.popOut(to), place)
    await until(() => own.focused || undefined)
    expect(shell.windows).toHaveLength(2)
    own.focused = false
    await tells('arrived', alertOf(1))
    const shown = await until(() => shell.notifications()[0])
    shown.emit('click')
    expect(own.focused).toBe(true)
    own.moveTo({ x: 200, y: 100, width: 700, height: 650 })
    shell.app.quit()
    await shell.ended
    const kept = await readFile(join(shell.userData, 'pop-outs.json'), 'utf8')
    await shell.end()

    await start({ before: double => writeFile(join(double.userData, 'pop-outs.json'), kept) })
    expect(shell.windows).toHaveLength(1)
    await desk('signed-in', 'ann@skein.example')
    const again = await until(() => shell.windows[1])
    await until(() => again.shown || undefined)
    expect(again.options).toMatchObject({ x: 200, y: 100, width: 700, height: 650 })
    await desk('signed-out', null)
    await until(() => (again.isDestroyed() ? true : undefined))
    expect(JSON.parse(await readFile(join(shell.userData, 'pop-outs.json'), 'utf8')).open).toEqual([])
  })

  test('only the top frame of our own page opens a window', async () => {
    await start()
    const contents = shell.windows[0]!.webContents
    const page = await shell.page()
    const frame = page.frames().find(each => each !== page.mainFrame())!
    const place = { customerId: id(6), conversationId: id(1) }
    shell.ipcMain.emit('skein:pop-out', { sender: contents, senderFrame: { url: frame.url() } }, place)
    shell.ipcMain.emit(
      'skein:pop-out',
      { sender: contents, senderFrame: contents.mainFrame },
      { customerId: 7, conversationId: id(1) },
    )
    expect(shell.windows).toHaveLength(1)
  })

  test('a click with the other button offers what a misspelled word may have meant', async () => {
    await start({ language: 'zh-CN' })
    const { webContents } = await shell.window()
    webContents.emit(
      'context-menu',
      {},
      { ...typed, misspelledWord: 'adress', dictionarySuggestions: ['address'] },
    )
    const [offered] = shell.popups
    expect(offered!.map(({ label, type }) => label ?? type)).toEqual([
      ...['address', 'separator', '剪切', '复制', '粘贴', '粘贴为纯文本', 'separator', '全选'],
    ])
    offered![0]!.click!({} as never, undefined, {} as never)
    expect(webContents.replaced).toEqual(['address'])
    webContents.emit('context-menu', {}, { ...typed, isEditable: false })
    expect(shell.popups).toHaveLength(1)
  })
})

const usual = attentionOf(undefined)
const typed = {
  ...{ isEditable: true, misspelledWord: '', dictionarySuggestions: [] as string[], selectionText: '' },
  editFlags: { canCut: true, canCopy: true, canPaste: true, canSelectAll: true },
}

describe('notifications', () => {
  let double: ElectronDouble
  let asked: { name: string; args: unknown }[]
  let answer: { ok: boolean; value?: unknown; fault?: unknown }
  const noon = new Date(2026, 10, 23, 12).getTime()
  beforeAll(async () => {
    double = await createElectron()
  })
  afterAll(() => double.close())

  const notifications = (over: Partial<Parameters<typeof createNotifications>[0]> = {}, chosen = {}) => {
    asked = []
    answer = { ok: true, value: { verdict: 'done' } }
    for (const each of double.notifications()) each.close()
    return createNotifications({
      electron: double.electron,
      platform: 'darwin',
      words: () => wordsFor('en'),
      attention: () => ({ ...usual, ...chosen }),
      watching: () => false,
      heard: () => true,
      ask: (async (name: string, args: unknown) => {
        asked.push({ name, args })
        return answer
      }) as never,
      show: () => {},
      flash: () => {},
      now: () => noon,
      ...over,
    })
  }
  const shown = () => double.notifications().at(-1)!

  test('a chat is answered from there, with what was seen of it', async () => {
    notifications().arrived(alertOf(1))
    expect(shown().options).toMatchObject({ hasReply: true, urgency: 'critical', timeoutType: 'never' })
    shown().emit('reply', { reply: ' 马上处理 ' })
    await until(() => (asked.length > 0 ? true : undefined))
    expect(asked).toEqual([{ name: 'quickReply', args: { conversationId: id(1), seq: 4, text: '马上处理' } }])
    expect(double.notifications()).toHaveLength(0)
  })

  test('an answer that cannot be sent says so, and where the words are', async () => {
    const some = notifications()
    some.arrived(alertOf(1))
    answer = { ok: false, fault: { kind: 'not-found', retryable: false } }
    shown().emit('reply', { reply: 'On its way' })
    await until(() => (double.notifications().length > 0 ? true : undefined))
    expect(shown().options.body).toBe('Not sent. Your words are kept as a draft.')
    some.standing(new Set())
    expect(double.notifications()).toHaveLength(1)
  })

  test('a mail offers no answer there; both are put off, for an hour or until tomorrow morning', () => {
    notifications().arrived(alertOf(1, { family: 'email', channel: 'email' }))
    expect(shown().options.hasReply).toBeUndefined()
    expect(shown().options.actions?.map(({ text }) => text)).toEqual(['In an hour', 'Tomorrow, 9:00'])
    shown().emit('action', { actionIndex: 1 })
    const until = new Date(2026, 10, 24, 9).getTime()
    expect(asked).toEqual([
      {
        name: 'mutate',
        args: { name: 'conversation.snooze', args: { conversationId: id(1), at: noon, until } },
      },
    ])
    expect(double.notifications()).toHaveLength(0)
  })

  test.each([
    ['all', '王芳', '电池坏了'],
    ['names', '王芳', 'A customer of yours wrote'],
    ['nothing', 'Skein', 'A customer of yours wrote'],
  ])('with “%s” a screen that others see says: %s, %s', (content, title, body) => {
    notifications({}, { content }).arrived(alertOf(1))
    expect(shown().options).toMatchObject({ title, body })
  })

  test('what is no customer’s message says what it is', () => {
    notifications().arrived(alertOf(1, { kind: 'failed', preview: 'On its way' }))
    expect(shown().options).toMatchObject({ body: 'Not sent: On its way' })
    expect(shown().options.hasReply).toBeUndefined()
  })

  test('a night is one notification, which leads to who waits longest', () => {
    const went: unknown[] = []
    notifications({ show: to => void went.push(to) }).arrivals({
      customers: 12,
      longest: { conversationId: id(3), customerId: id(8), since: new Date(2026, 10, 23, 2, 14).getTime() },
      alert: alertOf(3),
    })
    expect(shown().options).toMatchObject({
      title: '12 customers wrote',
      body: 'The longest waits since 02:14',
    })
    shown().emit('click')
    expect(went).toEqual([{ customerId: id(8), conversationId: id(3) }])
  })

  test('in quiet hours nothing is shown', () => {
    const always = { on: true, days: Array.from({ length: 7 }, () => ({ from: 0, to: 0 })) }
    notifications({}, { quiet: always }).arrived(alertOf(1))
    expect(double.notifications()).toHaveLength(0)
  })

  test('where no page is there to be heard, the system makes the sound', () => {
    notifications({ heard: () => false }).arrived(alertOf(1))
    expect(shown().options.silent).toBe(false)
  })
})

describe('the number on the task bar', () => {
  test('is drawn: a red disc, white signs, nothing in the corners, each number another picture', () => {
    const colours = (count: number) => {
      const { size, pixels } = drawOverlay(count)
      expect(pixels).toHaveLength(size * size * 4)
      expect(pixels[3]).toBe(0)
      return pixels.toString('latin1')
    }
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42, 99, 100].map(colours)).size).toBe(13)
    expect([7, 42, 99, 100, 5000].map(overlayText)).toEqual(['7', '42', '99', '9+', '9+'])
  })

  test('is laid over the icon on Windows only, and taken away when nobody waits', async () => {
    const double = await createElectron()
    const over: string[] = []
    const install = (platform: NodeJS.Platform) =>
      installTray(
        {
          ...{ electron: double.electron, platform, icon: 'tray.png', show: () => {}, mute: () => {} },
          window: () => ({ setOverlayIcon: (picture, said) => void over.push(picture ? said : 'none') }),
        },
        wordsFor('en'),
      )
    const tray = install('win32')
    tray.tell({ waiting: 3 })
    tray.tell({ muted: true })
    tray.tell({ waiting: 0 })
    expect(over).toEqual(['Skein: 3 customers wait', 'none'])
    install('linux').tell({ waiting: 3 })
    expect(over).toHaveLength(2)
    await double.close()
  })
})

describe('spelling', () => {
  test.each([
    [['zh-CN'], 'en-US'],
    [['zh-CN', 'en-GB'], 'en-GB'],
    [['en-AU'], 'en-GB'],
    [['en-US', 'zh-CN'], 'en-US'],
    [['de', 'en'], 'en-US'],
  ] as const)('for %j it is %s, and never Chinese', (tags, language) => {
    expect(spellingOf(tags)).toBe(language)
  })

  test('no dictionary is fetched: the address is a port of this machine that browsers refuse', () => {
    const session = new SessionDouble('desk', undefined as never)
    checkSpelling(session as never, ['zh-CN', 'en-GB'])
    expect(new URL(session.spelling.from)).toMatchObject({ hostname: '127.0.0.1', port: '9' })
    if (process.platform !== 'darwin') expect(session.spelling.languages).toEqual(['en-GB'])
  })

  test('a word without suggestions says so; chosen text that cannot be edited is copied', () => {
    const words = wordsFor('en')
    const wrong = { ...typed, misspelledWord: 'qwzx' }
    expect(contextMenu(wrong, words, () => {})[0]).toEqual({ label: 'No suggestions', enabled: false })
    const read = { ...typed, isEditable: false, selectionText: 'order 5' }
    expect(contextMenu(read, words, () => {})).toEqual([{ role: 'copy', label: 'Copy' }])
  })
})
