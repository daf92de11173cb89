/**
 * What hostile HTML may not do, seen from outside the page: run, ask anybody, go anywhere, open, save, take the focus. The same
 * watch looks at the real desk and at the bare page that shows that it can see (laboratory.ts).
 */
import type { BrowserContext, Frame, Page, Request } from 'playwright-core'
import type { Canary } from './canary.ts'

export interface Seen {
  executions: string[]
  /** Whatever was asked for, allowed or not. */
  requests: string[]
  /** The part of them that a policy refused before anybody was asked. */
  refused: string[]
  /** Connections that arrived at the canary. */
  connections: string[]
  navigations: string[]
  popups: string[]
  downloads: string[]
}

export interface Watch {
  /** What was seen since the last time. */
  take(): Promise<Seen>
  /** Everything since then in one list, with its kind, as an assertion reads it. */
  lines(): Promise<string[]>
}

const empty = (): Seen => ({
  ...{ executions: [], requests: [], refused: [], connections: [] },
  ...{ navigations: [], popups: [], downloads: [] },
})

/** A picture within the mail asks nobody. */
const PICTURE = /^data:image\/(?:png|gif|jpe?g|webp);base64,/iu
const NOWHERE = /^about:(?:blank|srcdoc)$/u

/**
 * @param ours the address of our own page, whose own requests are allowed when `mine` says so
 * Must be called before the page under watch is opened.
 */
export async function watchContext(
  context: BrowserContext,
  { ours, mine = () => false, canary }: { ours: string; mine?(request: Request): boolean; canary: Canary },
): Promise<Watch> {
  let seen = empty()
  let connections = (await canary.seen()).length
  await context.exposeFunction(
    'hit',
    (what: unknown) => void seen.executions.push(String(what).slice(0, 200)),
  )
  await context.addInitScript(() => {
    const told = (what: unknown) => (window as unknown as { hit(what: unknown): void }).hit(what ?? 'run')
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      Object.defineProperty(window, name, { value: told, configurable: true })
  })
  context.on('request', request => {
    const url = request.url()
    if (mine(request) || NOWHERE.test(url) || PICTURE.test(url)) return
    const mainly = request.isNavigationRequest() && isMain(request)
    ;(mainly ? seen.navigations : seen.requests).push(short(url))
  })
  context.on('requestfailed', request => {
    if (request.failure()?.errorText === 'csp') seen.refused.push(short(request.url()))
  })
  const look = (page: Page): void => {
    page.on('framenavigated', (frame: Frame) => {
      const url = frame.url()
      if (!NOWHERE.test(url) && !url.startsWith(ours)) seen.navigations.push(short(url))
    })
    page.on('download', download => void seen.downloads.push(short(download.url())))
    page.on('dialog', dialog => {
      seen.executions.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
  }
  for (const page of context.pages()) look(page)
  context.on('page', async page => {
    look(page)
    if (context.pages()[0] === page) return // the one under watch
    seen.popups.push(short(page.url()))
    await page.close().catch(() => undefined)
  })
  return {
    async take() {
      const connected = await canary.seen()
      const all = { ...seen, connections: connected.slice(connections).filter(Boolean) }
      seen = empty()
      connections = connected.length
      return all
    },
    async lines() {
      const connected = await canary.seen()
      return Object.entries({ ...seen, connections: connected.slice(connections).filter(Boolean) }).flatMap(
        ([kind, lines]: [string, string[]]) => lines.map(line => `${kind}: ${line}`),
      )
    },
  }
}

const short = (url: string): string => (url.length > 200 ? `${url.slice(0, 200)} …` : url)

export function isMain(request: Request): boolean {
  try {
    return request.frame().parentFrame() === null
  } catch {
    return true // a page that is about to be: its frame is not there yet
  }
}
