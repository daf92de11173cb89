// The mark beside the clock: how much is unread, the way back to the window, and out.
import type { ElectronModule } from './electron-module.ts'
import type { Words } from './words.ts'

export interface TrayDeps {
  electron: ElectronModule
  words: Words
  icon: string
  show(): void
}

export interface DeskTray {
  setUnread(count: number): void
  close(): void
}

export const installTray = ({ electron, words, icon, show }: TrayDeps): DeskTray => {
  const tray = new electron.Tray(icon)
  tray.setContextMenu(
    electron.Menu.buildFromTemplate([
      { label: words.show, click: show },
      { type: 'separator' },
      { label: words.quit, click: () => electron.app.quit() },
    ]),
  )
  tray.on('click', show)
  const setUnread = (count: number): void => {
    tray.setToolTip(count === 0 ? words.noneUnread : words.unread(count))
    if (process.platform === 'darwin') tray.setTitle(count === 0 ? '' : String(count))
    electron.app.setBadgeCount(count) // the dock on macOS, the launcher where Linux has one
  }
  setUnread(0)
  return { setUnread, close: () => tray.destroy() }
}
