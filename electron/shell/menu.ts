// The application menu: the system's own roles with our words, so that every shortcut people know works.
import type { MenuItemConstructorOptions } from 'electron'
import type { ElectronModule } from './electron-module.ts'
import type { Words } from './words.ts'

/** The menu as data; pure. Actions on conversations have their keys in the page, not here. */
export const menuTemplate = (
  words: Words,
  platform: NodeJS.Platform,
  packaged: boolean,
): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: words.file, submenu: [mac ? { role: 'close' } : { role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { label: words.window, role: 'windowMenu' },
  ]
}

export const installMenu = (electron: ElectronModule, words: Words): void => {
  const template = menuTemplate(words, process.platform, electron.app.isPackaged)
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
}
