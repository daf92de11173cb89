// The desk's window: opens where it was, shows only when there is something to see, survives a crash of its page.
import type { BrowserWindow, Rectangle, Session } from 'electron'
import { pageAddress } from './address.ts'
import type { ElectronModule } from './electron-module.ts'
import { webPreferences } from './security.ts'
import { offerContextMenu } from './spelling.ts'
import { placeWindow, readWindowState, smallest, writeWindowState } from './window-state.ts'
import type { Words } from './words.ts'

export interface WindowDeps {
  electron: ElectronModule
  session: Session
  preload: string
  stateFile: string
  icon: string
  words(): Words
  /** True while the desk is quitting; otherwise closing hides the window, so alerts keep coming. */
  quitting(): boolean
}

/** More crashes than this within a minute are no accident: the page stays down and a person is asked. */
const mostReloads = 3

export const openWindow = (deps: WindowDeps): BrowserWindow => {
  const { stateFile } = deps
  const state = readWindowState(stateFile)
  const window = createWindow(deps, placeWindow(state, workAreas(deps.electron)), smallest, pageAddress)
  if (state?.maximized) window.once('ready-to-show', () => window.maximize())
  keepState(window, stateFile)
  window.on('close', event => {
    if (deps.quitting()) return
    event.preventDefault()
    window.hide()
  })
  return window
}

export const workAreas = ({ screen }: ElectronModule): Rectangle[] =>
  screen.getAllDisplays().map(display => display.workArea)

/** A window of the desk's page: not seen before there is something to see, back by itself after a crash. */
export const createWindow = (
  deps: Pick<WindowDeps, 'electron' | 'session' | 'preload' | 'icon' | 'words'>,
  bounds: Partial<Rectangle>,
  least: { width: number; height: number },
  address: string,
): BrowserWindow => {
  const { electron } = deps
  const window = new electron.BrowserWindow({
    ...bounds,
    minWidth: least.width,
    minHeight: least.height,
    show: false,
    title: 'Skein',
    icon: deps.icon,
    backgroundColor: electron.nativeTheme.shouldUseDarkColors ? '#101012' : '#F3F1ED', // tokens.css --canvas
    webPreferences: webPreferences(deps.preload, deps.session),
  })
  window.once('ready-to-show', () => window.show())
  reviveAfterCrash(deps, window)
  offerContextMenu(electron, window.webContents, deps.words)
  void window.loadURL(address)
  return window
}

/** Brings the window to the front, wherever it is. */
export const bringToFront = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

const keepState = (window: BrowserWindow, file: string): void => {
  const keep = (): void => {
    if (!window.isDestroyed())
      writeWindowState(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
  // 'resized' and 'moved' come once at the end of a gesture on Windows and macOS; Linux keeps the state at closing.
  window.on('resized', keep)
  window.on('moved', keep)
  window.on('close', keep)
}

const reviveAfterCrash = (
  { electron, words }: Pick<WindowDeps, 'electron' | 'words'>,
  window: BrowserWindow,
): void => {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const now = Date.now()
    crashes = [...crashes.filter(at => now - at < 60_000), now]
    if (crashes.length <= mostReloads) return window.webContents.reload() // the address keeps the place, drafts are in the core
    crashes = []
    const choice = electron.dialog.showMessageBox(window, {
      type: 'error',
      message: words().crashing,
      buttons: [words().openAgain, words().quit],
      defaultId: 0,
      cancelId: 1,
    })
    void choice.then(({ response }) => (response === 0 ? window.webContents.reload() : electron.app.quit()))
  })
}
