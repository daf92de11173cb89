// The desk's main process, in order. It does windows and the operating system and nothing else; the work is in the core.
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import type { Destination } from '#shared/ipc/shell.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import { fault } from '#shared/protocol/fault.ts'
import { attentionOf, momentOf } from '#shared/rules/attention.ts'
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
import { createPopOuts, type PopOuts } from './pop-outs.ts'
import { guardContents, openSession } from './security.ts'
import { holdSingleInstance } from './single-instance.ts'
import { checkSpelling } from './spelling.ts'
import { installTray } from './tray.ts'
import { unlock } from './unlock.ts'
import { startUpdater } from './updater.ts'
import { type CoreWatch, watchCore } from './watch.ts'
import { bringToFront, openWindow } from './window.ts'
import { localeOf, sentenceFor, type Words, wordsFor } from './words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

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
  let popOuts: PopOuts | undefined

  /** What arrives before there is a page waits for it; the latest wins. */
  const go = (): void => {
    if (window === undefined || !loaded || next === undefined) return
    window.webContents.send(channels.navigate, next)
    next = undefined
  }
  const show = (to?: Destination): void => {
    if (to?.conversationId && popOuts?.show(to.conversationId)) return
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
  const tags = [...app.getPreferredSystemLanguages(), app.getLocale()]
  const locale = localeOf(tags[0] ?? '')
  let words = wordsFor(locale)
  const data = app.getPath('userData')
  const session = openSession(electron)
  checkSpelling(session, tags)
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
      version: app.getVersion(),
      ...(place.hubUrl === undefined ? {} : { hubUrl: place.hubUrl }),
    },
    failed: fault =>
      void askAfterFailure(electron, words, sentenceFor(fault, words)).then(again =>
        again ? core.start() : app.quit(),
      ),
  })
  let chosen: Preferences['attention']
  let attention = attentionOf(chosen)
  let ask: CoreWatch['ask'] = async () => ({ ok: false, fault: fault('internal') })
  const tray = installTray(
    {
      electron,
      platform: process.platform,
      icon: place.trayIcon,
      show: () => show(),
      window: () => window,
      mute: on =>
        void ask('setPreferences', {
          attention: { ...chosen, mutedUntil: on ? Date.now() + HOUR : null },
        }),
    },
    words,
  )
  const notifications = createNotifications({
    electron,
    platform: process.platform,
    words: () => words,
    attention: () => attention,
    watching: () => window?.isFocused() === true || popOuts?.focused() === true,
    heard: () => loaded,
    ask: (name, args) => ask(name, args),
    show,
    flash: () => window?.flashFrame(true),
    now: Date.now,
  })
  /** Quiet hours begin and muting ends without anybody doing anything. */
  const tellSilence = (): void => {
    const { muted, quiet } = momentOf(attention, Date.now(), 'away')
    tray.tell({ muted, quiet })
  }
  setInterval(tellSilence, MINUTE).unref()
  const watch = (): void => {
    const { port1, port2 } = new electron.MessageChannelMain()
    const watched = watchCore(port1, {
      arrived: notifications.arrived,
      arrivals: notifications.arrivals,
      standing: notifications.standing,
      waiting: waiting => tray.tell({ waiting }),
      preferences(preferences) {
        chosen = preferences.attention
        attention = attentionOf(chosen)
        const { language } = preferences
        words = wordsFor(language === 'system' ? locale : language)
        installMenu(electron, words)
        tray.speak(words)
        tellSilence()
      },
      person(person) {
        tray.tell({ person })
        if (person === null) notifications.clear()
        else popOuts?.restore()
      },
      signedOut: () => popOuts?.forget(),
    })
    ask = watched.ask
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
  const windowDeps = {
    electron,
    session,
    words: () => words,
    preload: place.preload,
    icon: place.icon,
    quitting: () => quitting,
  }
  const isMain = (contents: WebContents): boolean => contents === window?.webContents
  popOuts = createPopOuts({ ...windowDeps, file: join(data, 'pop-outs.json'), ours: isMain })
  handPorts(electron, contents => isMain(contents) || popOuts?.has(contents) === true, core)
  window = openWindow({ ...windowDeps, stateFile: join(data, 'window.json') })
  window.on('focus', () => window?.flashFrame(false))
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
