// The desk's main process, in order. It does windows and the operating system and nothing else; the work is in the core.
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import type { Destination } from '#shared/ipc/shell.ts'
import { linkScheme } from './address.ts'
import { channels } from './channels.ts'
import { createCoreProcess } from './core-process.ts'
import { deepLinkAmong } from './deep-link.ts'
import type { ElectronModule } from './electron-module.ts'
import { firstSignIn } from './first-sign-in.ts'
import { handPorts } from './hand-ports.ts'
import { installMenu } from './menu.ts'
import { createNotifications } from './notifications.ts'
import { registerPageScheme, servePage } from './page.ts'
import { guardContents, openSession } from './security.ts'
import { holdSingleInstance } from './single-instance.ts'
import { installTray } from './tray.ts'
import { unlock } from './unlock.ts'
import { startUpdater } from './updater.ts'
import { watchCore } from './watch.ts'
import { bringToFront, openWindow } from './window.ts'
import { localeOf, sentenceFor, type Words, wordsFor } from './words.ts'

/** Where the shell's parts lie, and what its command line said. */
export interface Place {
  preload: string
  passphrasePreload: string
  renderer: string
  core: string
  icon: string
  trayIcon: string
  argv: readonly string[]
  hubUrl?: string | undefined
  /** From a checkout: sign in at the first start. */
  signIn?: string | undefined
}

export const runShell = async (electron: ElectronModule, place: Place): Promise<void> => {
  const { app } = electron
  let window: BrowserWindow | undefined
  let loaded = false
  let next: Destination | undefined = deepLinkAmong(place.argv)
  let quitting = false

  /** What arrives before there is a page waits for it; the latest wins. */
  const go = (): void => {
    if (window === undefined || !loaded || next === undefined) return
    window.webContents.send(channels.navigate, next)
    next = undefined
  }
  const show = (to?: Destination): void => {
    next = to ?? next
    if (window !== undefined && loaded) bringToFront(window)
    go()
  }

  // Before the app is ready.
  if (!holdSingleInstance(electron, show)) return
  registerPageScheme(electron)
  guardContents(electron)
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  app.on('window-all-closed', () => {}) // the tray keeps the desk running
  await app.whenReady()

  // What everything else stands on: words, the page, the key.
  const locale = localeOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale())
  const words = wordsFor(locale)
  const data = app.getPath('userData')
  const session = openSession(electron)
  const pages = new Map()
  servePage(session, place.renderer, pages)
  installMenu(electron, words)
  const keyFile = join(data, 'key.json')
  const key = await unlock({
    electron,
    session,
    keyFile,
    preload: place.passphrasePreload,
    pages,
    locale,
    words,
  })
  if (key === undefined) return app.quit()

  // The core, and the shell as its client.
  const core = createCoreProcess({
    electron,
    entry: place.core,
    start: {
      profileDir: join(data, 'profile'),
      key: new Uint8Array(key),
      device: { name: hostname(), platform: process.platform },
      ...(place.hubUrl === undefined ? {} : { hubUrl: place.hubUrl }),
    },
    failed: fault =>
      void askAfterFailure(electron, words, sentenceFor(fault, words)).then(again =>
        again ? core.start() : app.quit(),
      ),
  })
  const tray = installTray({ electron, icon: place.trayIcon, show: () => show() }, words)
  const notifications = createNotifications({
    electron,
    watching: () => window?.isFocused() === true,
    show,
  })
  const watch = (): void => {
    const { port1, port2 } = new electron.MessageChannelMain()
    watchCore(port1, {
      arrived(event) {
        notifications.arrived(event)
        window?.flashFrame(!window.isFocused())
      },
      unread: tray.setUnread,
      language(chosen) {
        const spoken = wordsFor(chosen ?? locale)
        installMenu(electron, spoken)
        tray.speak(spoken)
      },
      signedOut: notifications.clear,
    })
    port1.once('close', () => quitting || watch())
    core.connect(port2)
  }
  core.start()
  watch()
  if (place.signIn !== undefined) {
    const { port1, port2 } = new electron.MessageChannelMain()
    void firstSignIn(port1, place.signIn)
    core.connect(port2)
  }

  // The window.
  handPorts(electron, () => window, core)
  window = openWindow({
    electron,
    session,
    words,
    preload: place.preload,
    icon: place.icon,
    stateFile: join(data, 'window.json'),
    quitting: () => quitting,
  })
  window.webContents.on('did-finish-load', () => {
    loaded = true
    go()
  })
  window.webContents.on('render-process-gone', () => {
    loaded = false
  })
  app.on('activate', () => show())
  electron.powerMonitor.on('resume', core.awake)
  electron.powerMonitor.on('unlock-screen', core.awake)
  void startUpdater(electron, () =>
    new electron.Notification({ title: 'Skein', body: words.updateReady }).show(),
  )

  // The end: the core closes its replica first.
  app.on('before-quit', () => {
    quitting = true
  })
  app.on('will-quit', event => {
    event.preventDefault()
    tray.close()
    void core.close().then(() => app.exit(0))
  })
}

const askAfterFailure = async (electron: ElectronModule, words: Words, message: string): Promise<boolean> => {
  const { response } = await electron.dialog.showMessageBox({
    type: 'error',
    message,
    buttons: [words.tryAgain, words.quit],
    defaultId: 0,
    cancelId: 1,
  })
  return response === 0
}
