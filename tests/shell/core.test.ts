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
