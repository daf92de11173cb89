// Updates, only where they can be trusted: a packaged desk whose build named an update server and whose updates are signed
// (Windows checks the publisher that app-update.yml names, macOS the app's own signature; an AppImage has none).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronModule } from './electron-module.ts'

const pause = 4 * 60 * 60 * 1000

/** @param resources `process.resourcesPath`; pure but for reading one file */
export const canUpdate = (packaged: boolean, platform: NodeJS.Platform, resources: string): boolean => {
  if (!packaged || platform === 'linux') return false
  try {
    const feed = readFileSync(join(resources, 'app-update.yml'), 'utf8')
    return platform === 'darwin' || /^publisherName:/m.test(feed)
  } catch {
    return false
  }
}

/** Looks now and every four hours; what it finds is installed when the person quits. */
export const startUpdater = async (electron: ElectronModule, ready: () => void): Promise<void> => {
  if (!canUpdate(electron.app.isPackaged, process.platform, process.resourcesPath)) return
  const { autoUpdater } = (await import('electron-updater')).default
  autoUpdater.autoInstallOnAppQuit = true
  autoUpdater.allowDowngrade = false
  autoUpdater.on('update-downloaded', ready)
  autoUpdater.on('error', error => console.error('update:', error.message)) // no network: the next look may succeed
  const look = (): void => void autoUpdater.checkForUpdates().catch(() => {})
  setInterval(look, pause).unref()
  look()
}
