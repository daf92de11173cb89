import { readFileSync } from 'node:fs'
import type {
  BrowserWindowConstructorOptions,
  Rectangle,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron'
import type { Frame, Page, Request } from 'playwright-core'
import { Emitter, emitPreventable } from './emitter.ts'
import type { IpcMainDouble } from './ipc.ts'
import { portDouble } from './ports.ts'
import { fromBrowser, type SessionDouble, toBrowser } from './session.ts'

type OpenHandler = (details: { url: string }) => Pick<WindowOpenHandlerResponse, 'action'>

/** A frame of a page, as messages name their sender. */
class FrameDouble {
  readonly contents: ContentsDouble
  readonly frame: Frame
  constructor(contents: ContentsDouble, frame: Frame) {
    this.contents = contents
    this.frame = frame
  }
  get url(): string {
    return fromBrowser(this.frame.url())
  }
  postMessage(
    channel: string,
    message: unknown,
    ports: Parameters<WebFrameMain['postMessage']>[2] = [],
  ): void {
    const ids = ports.map(port => this.contents.openPort(portDouble(port)))
    void this.contents.run(
      this.frame,
      ([name, data, given]) => window.__electron.receive(name, data, given),
      [channel, message, ids] as const,
    )
  }
}

/** The page of a window. A crashed page cannot be used again in Chromium's test protocol: reload opens a new one in its place. */
export class ContentsDouble extends Emitter {
  page: Page | undefined
  closed = false
  private readonly session: SessionDouble
  private readonly preload: string
  private readonly ipc: IpcMainDouble
  private readonly frames = new WeakMap<Frame, FrameDouble>()
  private readonly ports = new Map<number, ReturnType<typeof portDouble>>()
  private lastPort = 0
  private address = 'about:blank'
  private ownNavigation = false
  private openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(session: SessionDouble, preload: string, ipc: IpcMainDouble) {
    super()
    this.session = session
    this.preload = preload
    this.ipc = ipc
    const others = session.navigates
    session.navigates = async (request, url) => {
      const frame = frameOf(request)
      if (frame?.page() === this.page && frame !== undefined) return this.mayNavigate(frame, url)
      if (frame !== undefined && (await frame.page().opener()) !== this.page) return others(request, url)
      // A new window on its way: Electron asks before there is one.
      return this.openHandler({ url }).action === 'allow'
    }
  }

  get mainFrame(): FrameDouble | undefined {
    return this.page === undefined ? undefined : this.frameDouble(this.page.mainFrame())
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  /** Words that were put in place of misspelled ones. */
  readonly replaced: string[] = []
  replaceMisspelling(word: string): void {
    this.replaced.push(word)
  }
  /** What the shell would do with a window.open of that address; for schemes that no browser page can show. */
  wouldOpen(url: string): string {
    return this.openHandler({ url }).action
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.page === undefined) return
    void this.run(this.page.mainFrame(), ([name, data]) => window.__electron.receive(name, data, []), [
      channel,
      args[0],
    ] as const)
  }
  reload(): void {
    void this.load(this.address)
  }

  async load(address: string): Promise<void> {
    this.address = address
    try {
      if (this.page === undefined || this.crashed) await this.openPage()
      this.ownNavigation = true
      await this.page?.goto(toBrowser(address))
    } catch (error) {
      // A closed window, or a test that ends, takes away what was still loading.
      if (!this.closed && !this.session.ended) throw error
    }
    this.emit('did-finish-load')
  }

  openPort(port: ReturnType<typeof portDouble>): number {
    this.lastPort += 1
    const id = this.lastPort
    this.ports.set(id, port)
    const page = this.page
    const tell = (data: unknown, closed: boolean): void => {
      if (page === undefined) return
      void this.run(page.mainFrame(), ([to, value, end]) => window.__electron.port(to, value, end), [
        id,
        data,
        closed,
      ] as const)
    }
    port.on('message', ({ data }: { data: unknown }) => tell(data, false))
    port.once('close', () => tell(null, true))
    port.start()
    return id
  }

  /** Runs in a frame, unless it has gone meanwhile. */
  async run<Args>(frame: Frame, script: (args: Args) => unknown, args: Args): Promise<void> {
    await (frame.evaluate as (script: (args: Args) => unknown, args: Args) => Promise<unknown>)(
      script,
      args,
    ).catch(() => {})
  }

  private crashed = false

  private frameDouble(frame: Frame): FrameDouble {
    const known = this.frames.get(frame) ?? new FrameDouble(this, frame)
    this.frames.set(frame, known)
    return known
  }

  private mayNavigate(frame: Frame, url: string): boolean {
    const top = frame === this.page?.mainFrame()
    if (top && this.ownNavigation) {
      this.ownNavigation = false
      return true
    }
    const stopped = emitPreventable(this, 'will-frame-navigate', { url, isMainFrame: top })
    return !stopped && !(top && emitPreventable(this, 'will-navigate', { url }))
  }

  private async openPage(): Promise<void> {
    const page = await (await this.session.context()).newPage()
    this.page = page
    this.crashed = false
    page.on('framenavigated', frame => {
      if (frame === page.mainFrame() && frame.url() !== 'about:blank') this.address = fromBrowser(frame.url())
    })
    page.on('popup', popup => void popup.close())
    page.on('crash', () => {
      this.crashed = true
      for (const port of this.ports.values()) port.close()
      this.ports.clear()
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    await page.exposeBinding(
      '__toMain',
      ({ frame }, kind: 'send' | 'invoke', channel: string, args: unknown[]) => {
        const event = { sender: this, senderFrame: this.frameDouble(frame) }
        return kind === 'send'
          ? void this.ipc.emit(channel, event, ...args)
          : this.ipc.answer(channel, event, args)
      },
    )
    await page.exposeBinding('__toPort', (_source, id: number, data: unknown) =>
      this.ports.get(id)?.postMessage(data),
    )
    // Sub-frames get neither preload nor bridge, as with nodeIntegrationInSubFrames: false.
    await page.addInitScript({
      content: `(() => { if (window !== top) return; ${pageSide}; ((require, process) => {${readFileSync(this.preload, 'utf8')}})(__electron.require, __electron.process) })()`,
    })
  }
}

/** Undefined for the first request of a window that is not there yet. */
const frameOf = (request: Request): Frame | undefined => {
  try {
    return request.frame()
  } catch {
    return undefined
  }
}

/** Electron's side of the page: what a sandboxed preload may require, and ports that lead through the test protocol. */
const pageSide = `
  const listeners = new Map()
  const ports = new Map()
  const open = id => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => __toPort(id, data)
    ports.set(id, port1)
    return port2
  }
  globalThis.__electron = {
    process: { platform: ${JSON.stringify(process.platform)}, sandboxed: true, contextIsolated: true },
    require: name => {
      if (name !== 'electron') throw new Error('a sandboxed preload cannot load ' + name)
      return {
        contextBridge: { exposeInMainWorld: (key, value) => { globalThis[key] = Object.freeze(value) } },
        ipcRenderer: {
          on: (channel, listener) => void listeners.set(channel, listener),
          send: (channel, ...args) => void __toMain('send', channel, args),
          invoke: (channel, ...args) => __toMain('invoke', channel, args),
        },
      }
    },
    receive: (channel, data, ids) => listeners.get(channel)?.({ ports: ids.map(open) }, data),
    port: (id, data, closed) => (closed ? ports.get(id)?.close() : ports.get(id)?.postMessage(data)),
  }
`

declare global {
  interface Window {
    __electron: {
      receive(channel: string, data: unknown, ports: number[]): void
      port(id: number, data: unknown, closed: boolean): void
    }
  }
}

export class WindowDouble extends Emitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: ContentsDouble
  shown = false
  focused = false
  private minimized = false
  private maximized = false
  private gone = false
  private bounds: Rectangle

  constructor(
    options: BrowserWindowConstructorOptions,
    ipc: IpcMainDouble,
    born: (window: WindowDouble) => void,
  ) {
    super()
    this.options = options
    const { session, preload } = options.webPreferences ?? {}
    this.webContents = new ContentsDouble(session as unknown as SessionDouble, preload ?? '', ipc)
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    born(this)
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.load(address)
    this.emit('ready-to-show')
  }
  show(): void {
    this.shown = true
  }
  hide(): void {
    this.shown = false
    this.focused = false
  }
  focus(): void {
    this.focused = true
    this.emit('focus')
  }
  isFocused = (): boolean => this.focused
  minimize(): void {
    this.minimized = true
    this.focused = false
  }
  restore(): void {
    this.minimized = false
  }
  isMinimized = (): boolean => this.minimized
  maximize(): void {
    this.maximized = true
  }
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.gone
  getNormalBounds = (): Rectangle => this.bounds
  setMenuBarVisibility(): void {}
  overlay = ''
  setOverlayIcon(_picture: unknown, description: string): void {
    this.overlay = description
  }
  flashing = false
  flashFrame(on: boolean): void {
    this.flashing = on
  }
  /** A person moves the window. */
  moveTo(bounds: Rectangle): void {
    this.bounds = bounds
    this.emit('moved')
  }
  close(): void {
    if (emitPreventable(this, 'close')) return
    this.destroy()
  }
  destroy(): void {
    this.gone = true
    this.shown = false
    this.webContents.closed = true
    void this.webContents.page?.close()
    this.emit('closed')
  }
}
