// From the key's state to the key, with a person's help where that is needed.
import type { Session } from 'electron'
import { z } from 'zod'
import type { PageFile } from '../page/files.ts'
import { pageOrigin } from './address.ts'
import { channels } from './channels.ts'
import type { ElectronModule } from './electron-module.ts'
import { type KeyState, openKey } from './key.ts'
import { passphrasePages } from './passphrase-page.ts'
import { fromOurPage, webPreferences } from './security.ts'
import type { Locale, Words } from './words.ts'

export interface UnlockDeps {
  electron: ElectronModule
  session: Session
  keyFile: string
  preload: string
  pages: Map<string, PageFile>
  locale: Locale
  words: Words
}

/** @returns the key, or undefined when the person gave up: then the desk quits and has changed nothing */
export const unlock = async (deps: UnlockDeps): Promise<Buffer | undefined> => {
  const { electron, words } = deps
  for (;;) {
    const state = await openKey({
      safeStorage: electron.safeStorage,
      platform: process.platform,
      file: deps.keyFile,
    })
    if (state.state === 'open') return state.key
    if (state.state !== 'unavailable') return askPassphrase(deps, state)
    const { response } = await electron.dialog.showMessageBox({
      type: 'warning',
      message: words.keychainAway,
      buttons: [words.tryAgain, words.quit],
      defaultId: 0,
      cancelId: 1,
    })
    if (response !== 0) return undefined
  }
}

const Passphrase = z.string().min(1).max(1000)

const askPassphrase = (
  deps: UnlockDeps,
  state: Extract<KeyState, { state: 'ask' | 'choose' }>,
): Promise<Buffer | undefined> => {
  const { electron, pages } = deps
  for (const [path, file] of passphrasePages(deps.locale, deps.words, state.state === 'choose'))
    pages.set(path, file)
  const window = new electron.BrowserWindow({
    width: 420,
    height: 300,
    resizable: false,
    maximizable: false,
    show: false,
    title: 'Skein',
    webPreferences: webPreferences(deps.preload, deps.session),
  })
  window.setMenuBarVisibility(false)
  window.once('ready-to-show', () => window.show())
  return new Promise(resolve => {
    let key: Buffer | undefined
    electron.ipcMain.handle(channels.passphrase, async (event, input: unknown) => {
      const text = Passphrase.safeParse(input)
      if (!fromOurPage(event) || event.sender !== window.webContents || !text.success) return false
      key = await state.unlock(text.data)
      if (key !== undefined) window.close()
      return key !== undefined
    })
    window.once('closed', () => {
      electron.ipcMain.removeHandler(channels.passphrase)
      for (const path of [...pages.keys()]) pages.delete(path)
      resolve(key)
    })
    void window.loadURL(`${pageOrigin}/passphrase.html`)
  })
}
