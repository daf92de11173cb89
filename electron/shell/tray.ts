// The mark beside the clock: how much is unread, the way back to the window, and out.
import type { ElectronModule } from './electron-module.ts'
import type { Words } from './words.ts'

export interface TrayDeps {
  electron: ElectronModule
  icon: string
  show(): void
}

export interface DeskTray {
  setUnread(count: number): void
  speak(words: Words): void
  close(): void
}

export const installTray = ({ electron, icon, show }: TrayDeps, first: Words): DeskTray => {
  const tray = new electron.Tray(icon)
  let words = first
  let unread = 0
  tray.on('click', show)
  const setUnread = (count: number): void => {
    unread = count
    tray.setToolTip(count === 0 ? words.noneUnread : words.unread(count))
    if (process.platform === 'darwin') tray.setTitle(count === 0 ? '' : String(count))
    electron.app.setBadgeCount(count) // the dock on macOS, the launcher where Linux has one
  }
  const speak = (chosen: Words): void => {
    words = chosen
    tray.setContextMenu(
      electron.Menu.buildFromTemplate([
        { label: words.show, click: show },
        { type: 'separator' },
        { label: words.quit, click: () => electron.app.quit() },
      ]),
    )
    setUnread(unread)
  }
  speak(first)
  return { setUnread, speak, close: () => tray.destroy() }
}
