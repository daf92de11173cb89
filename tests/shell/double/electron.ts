// A small double of the `electron` module: windows are pages of a real Chromium, the core is a real Node process, the rest
// records what the shell asked for. It stands in where there is no Electron binary; nothing proven with it has run in Electron.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  SafeStorage,
} from 'electron'
import { type Browser, chromium } from 'playwright-core'
import { chromiumForPages } from '../../../build/scripts/chromium.ts'
import type { ElectronModule } from '../../../electron/shell/electron-module.ts'
import { Emitter, emitPreventable } from './emitter.ts'
import { IpcMainDouble } from './ipc.ts'
import { ChannelDouble } from './ports.ts'
import { SessionDouble } from './session.ts'
import { UtilityDouble } from './utility.ts'
import { WindowDouble } from './window.ts'

export interface DoubleOptions {
  language?: string
  firstInstance?: boolean
  keychain?: ReturnType<SafeStorage['getSelectedStorageBackend']>
  /** Answers to message boxes, in order: the button's index. */
  answers?: number[]
  /** Environment of utility processes. */
  env?: NodeJS.ProcessEnv
}

/** One Chromium for all tests of a file; each session is a context of its own. It ends with the process. */
let browser: Promise<Browser> | undefined
const sharedBrowser = (): Promise<Browser> => {
  const { args, ...where } = chromiumForPages()
  browser ??= chromium.launch({
    ...where,
    // Electron's pages hear when a port's other end closes (its MessagePort documentation); Chromium's do so with this flag.
    args: [...args, '--enable-blink-features=MessagePortCloseEvent'],
  })
  return browser
}

/** The module as the shell sees it, and everything a test needs to act as the system and as a person. */
export type ElectronDouble = Awaited<ReturnType<typeof createElectron>>

export const createElectron = async (options: DoubleOptions = {}) => {
  const browser = await sharedBrowser()
  const userData = await mkdtemp(join(tmpdir(), 'skein-shell-'))
  const ipcMain = new IpcMainDouble()
  const windows: WindowDouble[] = []
  const sessions = new Map<string, SessionDouble>()
  const cores: UtilityDouble[] = []
  const channels: ChannelDouble[] = []
  const opened: string[] = []
  const asked: MessageBoxOptions[] = []
  const schemes: CustomScheme[] = []
  let menu: MenuItemConstructorOptions[] = []
  const popups: MenuItemConstructorOptions[][] = []
  let exited: (code: number) => void
  const ended = new Promise<number>(resolve => {
    exited = resolve
  })

  class AppDouble extends Emitter {
    isPackaged = false
    badge = 0
    requestSingleInstanceLock = (): boolean => options.firstInstance ?? true
    whenReady = async (): Promise<void> => {}
    getPath = (): string => userData
    getVersion = (): string => '0.1.0'
    getLocale = (): string => options.language ?? 'en-US'
    getPreferredSystemLanguages = (): string[] => [options.language ?? 'en-US']
    setAsDefaultProtocolClient = (): boolean => true
    setBadgeCount = (count: number): boolean => {
      this.badge = count
      return true
    }
    quit = (): void => {
      if (emitPreventable(this, 'before-quit')) return
      for (const window of windows) if (!window.isDestroyed()) window.close()
      if (windows.some(window => !window.isDestroyed())) return
      if (!emitPreventable(this, 'will-quit')) this.exit(0)
    }
    exit = (code = 0): void => exited(code)
  }
  const app = new AppDouble()

  class TrayDouble extends Emitter {
    static last: TrayDouble | undefined
    toolTip = ''
    menu: MenuItemConstructorOptions[] = []
    constructor() {
      super()
      TrayDouble.last = this
    }
    setToolTip = (text: string): void => {
      this.toolTip = text
    }
    setTitle = (): void => {}
    setContextMenu = (given: unknown): void => {
      this.menu = given as MenuItemConstructorOptions[]
    }
    destroy = (): void => {}
  }

  class NotificationDouble extends Emitter {
    static shown: NotificationDouble[] = []
    static isSupported = (): boolean => true
    readonly options: NotificationConstructorOptions
    constructor(given: NotificationConstructorOptions) {
      super()
      this.options = given
    }
    show = (): void => void NotificationDouble.shown.push(this)
    close = (): void => {
      NotificationDouble.shown = NotificationDouble.shown.filter(other => other !== this)
      this.emit('close')
    }
  }

  // Sealed by turning it round: enough to see that the key itself is not what lies on the disk.
  const safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  > = {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => options.keychain ?? 'gnome_libsecret',
    encryptString: text => Buffer.from([...text].reverse().join('')),
    decryptString: sealed => [...sealed.toString()].reverse().join(''),
  }

  const parts = {
    app,
    ipcMain,
    safeStorage,
    BrowserWindow: class extends WindowDouble {
      constructor(given: BrowserWindowConstructorOptions) {
        super(given, ipcMain, window => app.emit('web-contents-created', {}, window.webContents))
        windows.push(this)
      }
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) =>
        Object.assign(template, { popup: () => void popups.push(template) }),
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
        menu = template
      },
    },
    MessageChannelMain: class extends ChannelDouble {
      constructor() {
        super()
        channels.push(this)
      }
    },
    Notification: NotificationDouble,
    Tray: TrayDouble,
    dialog: {
      showMessageBox: async (...args: [MessageBoxOptions] | [unknown, MessageBoxOptions]) => {
        asked.push(args.at(-1) as MessageBoxOptions)
        return { response: options.answers?.shift() ?? 1, checkboxChecked: false }
      },
    },
    nativeImage: {
      createFromBitmap: (pixels: Buffer, { width }: { width: number }) => ({ pixels, width }),
    },
    nativeTheme: { shouldUseDarkColors: false },
    powerMonitor: new Emitter(),
    protocol: { registerSchemesAsPrivileged: (given: CustomScheme[]) => void schemes.push(...given) },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: {
      fromPartition: (partition: string) => {
        const session = sessions.get(partition) ?? new SessionDouble(partition, browser)
        sessions.set(partition, session)
        return session
      },
    },
    shell: { openExternal: async (address: string) => void opened.push(address) },
    utilityProcess: {
      fork: (entry: string) => {
        const core = new UtilityDouble(entry, { ...process.env, ...options.env })
        cores.push(core)
        return core
      },
    },
  } satisfies { [Name in keyof ElectronModule]?: unknown }

  return {
    electron: parts as unknown as ElectronModule,
    userData,
    app,
    ipcMain,
    windows,
    sessions,
    cores,
    opened,
    asked,
    schemes,
    ended,
    powerMonitor: parts.powerMonitor,
    menu: () => menu,
    /** Menus that were opened where somebody clicked. */
    popups,
    /** The shell's own end of its first channel: how it listens to the core. */
    watcher: () => channels[0]?.port1,
    tray: () => TrayDouble.last!,
    notifications: () => NotificationDouble.shown,
    /** A second start of the program; its arguments. */
    startAgain: (argv: string[]) => void app.emit('second-instance', {}, argv, userData, null),
    /** The system hands over a link (macOS). @returns whether the shell took it */
    openLink: (url: string) => emitPreventable(app, 'open-url', {}, url),
    async close() {
      for (const session of sessions.values()) session.ended = true
      await Promise.all(
        cores.map(core => {
          const { child } = core
          if (child.exitCode !== null || child.signalCode !== null) return undefined
          const gone = new Promise(resolve => child.once('exit', resolve))
          child.kill('SIGKILL')
          return gone
        }),
      )
      for (const session of sessions.values()) await session.close()
      await rm(userData, { recursive: true, force: true })
    },
  }
}
