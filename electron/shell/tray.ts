// The mark beside the clock: how many customers wait, whether one would be heard, whose desk it is, the way back to the window, and out.
import type { ElectronModule } from './electron-module.ts'
import { drawOverlay } from './overlay.ts'
import type { Words } from './words.ts'

export interface TrayDeps {
  electron: ElectronModule
  platform: NodeJS.Platform
  icon: string
  show(): void
  /** Sounds off for an hour, or on again. */
  mute(on: boolean): void
  /** The window whose entry in the task bar carries the number, on Windows. */
  window(): { setOverlayIcon: Electron.BrowserWindow['setOverlayIcon'] } | undefined
}

export interface TrayState {
  waiting: number
  person: string | null
  muted: boolean
  quiet: boolean
}

export interface DeskTray {
  tell(change: Partial<TrayState>): void
  speak(words: Words): void
  close(): void
}

export const installTray = (deps: TrayDeps, first: Words): DeskTray => {
  const { electron, platform, show } = deps
  const tray = new electron.Tray(deps.icon)
  let words = first
  let state: TrayState = { waiting: 0, person: null, muted: false, quiet: false }
  tray.on('click', show)

  const draw = (): void => {
    const { waiting, person, muted, quiet } = state
    const counted = waiting === 0 ? words.noneWaits : words.wait(waiting)
    tray.setToolTip([counted, ...(muted ? [words.muted] : quiet ? [words.quiet] : [])].join('\n'))
    if (platform === 'darwin') tray.setTitle(waiting === 0 ? '' : String(waiting))
    tray.setContextMenu(
      electron.Menu.buildFromTemplate([
        { label: person === null ? words.signedOut : person || words.signedIn, enabled: false },
        ...(quiet ? [{ label: words.quiet, enabled: false }] : []),
        { type: 'separator' },
        { label: words.show, click: show },
        { label: muted ? words.unmute : words.muteHour, click: () => deps.mute(!muted) },
        { type: 'separator' },
        { label: words.quit, click: () => electron.app.quit() },
      ]),
    )
  }
  const count = (): void => {
    const { waiting } = state
    electron.app.setBadgeCount(waiting) // the dock on macOS, the launcher where Linux has one
    if (platform !== 'win32') return
    const { size, pixels } = drawOverlay(waiting)
    const picture =
      waiting === 0
        ? null
        : electron.nativeImage.createFromBitmap(pixels, { width: size, height: size, scaleFactor: 2 })
    deps.window()?.setOverlayIcon(picture, waiting === 0 ? '' : words.wait(waiting))
  }
  draw()
  return {
    tell(change) {
      const before = state
      state = { ...state, ...change }
      if (JSON.stringify(before) === JSON.stringify(state)) return
      draw()
      if (before.waiting !== state.waiting) count()
    },
    speak(chosen) {
      words = chosen
      draw()
    },
    close: () => tray.destroy(),
  }
}
