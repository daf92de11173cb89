import type { OnBeforeRequestListenerDetails, Session } from 'electron'
import type { Browser, BrowserContext, Request as PageRequest, Route } from 'playwright-core'
import { Emitter, emitPreventable } from './emitter.ts'

type Handler = (request: GlobalRequest) => GlobalResponse | Promise<GlobalResponse>
type GlobalRequest = Request
type GlobalResponse = Response
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  answer: (response: { cancel?: boolean }) => void,
) => void
type PermissionRequest = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>
type PermissionCheck = Parameters<NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>>

/** Chromium opens no scheme of ours, so in the browser skein-app://desk is this host; nothing of it reaches a network. */
const stage = 'https://desk.skein-app.test'
export const toBrowser = (address: string): string => address.replace(/^skein-app:\/\/desk(?=\/|$)/, stage)
export const fromBrowser = (address: string): string =>
  address.startsWith(`${stage}/`) ? `skein-app://desk${address.slice(stage.length)}` : address

/** An Electron session as a Chromium context of its own. */
export class SessionDouble extends Emitter {
  readonly partition: string
  /** Requests that the shell let out of the page: a test expects none. */
  readonly escaped: string[] = []
  /** The test is over. */
  ended = false
  /** Decides about navigations; set by the windows. @returns whether it may go on */
  navigates: (request: PageRequest, url: string) => Promise<boolean> = async () => true

  private readonly browser: Browser
  private opened: Promise<BrowserContext> | undefined
  private handler: Handler = async () => new Response(null, { status: 404 })
  private before: BeforeRequest = (_details, answer) => answer({})
  private asked: (...args: PermissionRequest) => void = (_contents, _permission, answer) => answer(true)
  private checked: (...args: PermissionCheck) => boolean = () => true
  private device: () => boolean = () => true

  constructor(partition: string, browser: Browser) {
    super()
    this.partition = partition
    this.browser = browser
  }

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.before = listener
    },
  }
  readonly protocol = {
    handle: (_scheme: string, handler: Handler): void => {
      this.handler = handler
    },
  }
  spelling = { languages: [] as string[], from: '' }
  setSpellCheckerLanguages(languages: string[]): void {
    this.spelling.languages = languages
  }
  setSpellCheckerDictionaryDownloadURL(from: string): void {
    this.spelling.from = from
  }
  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    if (handler !== null) this.asked = handler
  }
  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    if (handler !== null) this.checked = handler
  }
  setDevicePermissionHandler(handler: (() => boolean) | null): void {
    if (handler !== null) this.device = handler
  }

  /** What Electron asks the shell when a page at `url` wants something: all three must agree. */
  grants(
    permission: PermissionRequest[1],
    url: string,
  ): { request: boolean; check: boolean; device: boolean } {
    let request = false
    const details = { requestingUrl: url, isMainFrame: true } as PermissionRequest[3]
    this.asked(
      {} as PermissionRequest[0],
      permission,
      granted => {
        request = granted
      },
      details,
    )
    const check = this.checked({} as PermissionCheck[0], permission, url, {} as PermissionCheck[3])
    return { request, check, device: this.device() }
  }
  /** @returns whether a download from there would go on */
  downloads(url: string): boolean {
    return !emitPreventable(this, 'will-download', {}, { getURL: () => url })
  }
  /** @returns whether the shell lets a request pass */
  lets(url: string): boolean {
    let cancelled = false
    this.before({ url } as OnBeforeRequestListenerDetails, ({ cancel }) => {
      cancelled = cancel === true
    })
    return !cancelled
  }

  context(): Promise<BrowserContext> {
    this.opened ??= this.browser.newContext({ viewport: null }).then(async context => {
      await context.route('**/*', (route, request) => this.serve(route, request))
      return context
    })
    return this.opened
  }

  async close(): Promise<void> {
    this.ended = true
    await (await this.opened)?.close()
  }

  private async serve(route: Route, request: PageRequest): Promise<void> {
    const url = fromBrowser(request.url())
    // 204 ends a navigation where it is, as preventDefault does in Electron.
    if (request.isNavigationRequest() && !(await this.navigates(request, url)))
      return route.fulfill({ status: 204 })
    if (!this.lets(url)) return route.abort('blockedbyclient')
    if (!url.startsWith('skein-app:')) {
      this.escaped.push(url)
      return route.abort('blockedbyclient')
    }
    const response = await this.handler(new Request(url, { method: request.method() }))
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }
}
