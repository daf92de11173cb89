/**
 * Mail HTML in a real Chromium behind each wall alone, behind all, and behind none. `nothing` shows that the watch sees and that
 * the vectors are alive; `sanitiser` has neither sandbox nor policy around it; `frame` has nothing sanitised, only the sandbox,
 * the frame's own policy and the desk's.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { wholeChromium } from '../../build/scripts/chromium.ts'
import { contentSecurityPolicy } from '../../electron/page/headers.ts'
import { type Canary, startCanary } from './canary.ts'
import { leftOver } from './left-over.ts'
import { isMain, type Seen, type Watch, watchContext } from './watch.ts'

export type Walls = 'nothing' | 'sanitiser' | 'frame' | 'all'

export interface Looked extends Seen {
  /** Elements and attributes that should not have been left; by the number of the mail in the batch. */
  left: string[]
  /** The page's focus went into a mail by itself. */
  focus: string[]
}

export interface Laboratory {
  /**
   * Shows these mails at once, each in a frame of its own, presses everything in them, and says what happened since the last time: what
   * comes late is told with those that follow.
   */
  look(walls: Walls, mails: string[]): Promise<Looked>
  /** For the self-check: the page and its watch. */
  page: Page
  watch: Watch
  close(): Promise<void>
}

const mailHtml = fileURLToPath(new URL('../../renderer/features/timeline/mail-html.ts', import.meta.url))

export async function openLaboratory(): Promise<Laboratory> {
  const built = await build({
    ...{ configFile: false, logLevel: 'warn' },
    build: {
      ...{ write: false, minify: false, target: 'chrome150' },
      lib: { entry: mailHtml, formats: ['iife'], name: 'mailHtml' },
    },
  })
  const [bundle] = built as { output: { code?: string }[] }[]
  const code = bundle!.output.map(({ code }) => code ?? '').join('\n')
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/tools.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8')
      return void response.end(`${code}\nglobalThis.mailHtml = mailHtml\nglobalThis.leftOver = ${leftOver}`)
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (url === '/desk') response.setHeader('content-security-policy', contentSecurityPolicy())
    response.end(
      '<!doctype html><link rel=icon href=data:,><title>laboratory</title><script src=/tools.js></script><body>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const ours = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const canary: Canary = await startCanary()
  // With all that a browser around a page may do with what is in it.
  const whole = wholeChromium()
  const browser: Browser = await chromium.launch({
    ...whole,
    args: [...whole.args, ...canary.browserArgs, '--disable-popup-blocking'],
  })
  const context = await browser.newContext({ acceptDownloads: false })
  let opened = false
  const watch = await watchContext(context, { ours, canary, mine: () => !opened })
  const page = await context.newPage()
  // The page under watch stays, whatever is tried: what would lead it away was written down and is stopped.
  await context.route(
    () => opened,
    route =>
      route.request().isNavigationRequest() && isMain(route.request())
        ? route.abort('aborted')
        : route.continue(),
  )
  let at: string | undefined
  const open = async (path: string): Promise<void> => {
    if (path === at) return
    opened = false
    await page.goto(ours + path)
    opened = true
    at = path
    await watch.take()
  }
  await open('')

  return {
    page,
    watch,
    async look(walls, mails) {
      await open(walls === 'frame' || walls === 'all' ? 'desk' : '')
      const { left, focus } = await page.evaluate(show, { walls, mails })
      await page.evaluate(settle)
      const seen = await watch.take()
      await page.evaluate(() => document.body.replaceChildren())
      return { ...seen, left, focus }
    },
    async close() {
      await browser.close()
      await canary.close()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** In the page. */
async function show({ walls, mails }: { walls: Walls; mails: string[] }) {
  const tools = globalThis as unknown as {
    mailHtml: typeof import('../../renderer/features/timeline/mail-html.ts')
    leftOver(page: Document): string[]
  }
  const { safeMail } = tools.mailHtml
  const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/u
  const left: string[] = []
  const focus: string[] = []
  const frames = mails.map(html => {
    const frame = document.createElement('iframe')
    const mail = walls === 'sanitiser' || walls === 'all' ? safeMail(html).document : ''
    if (walls === 'frame' || walls === 'all') frame.setAttribute('sandbox', 'allow-same-origin')
    frame.srcdoc =
      walls === 'nothing'
        ? html
        : walls === 'sanitiser'
          ? mail.replace(policy, '')
          : walls === 'all'
            ? mail
            : `${policy.exec(safeMail('').document)?.[0]}${html}`
    return frame
  })
  const loaded = frames.map(
    frame => new Promise(resolve => frame.addEventListener('load', resolve, { once: true })),
  )
  document.body.append(...frames)
  // A document that leads away at once may never be loaded; only behind no wall can that be.
  const limit = new Promise(resolve => setTimeout(resolve, walls === 'nothing' ? 3000 : 60_000))
  await Promise.race([Promise.all(loaded), limit])
  // A field takes the focus when the page is painted.
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  for (const [at, frame] of frames.entries()) {
    let page: Document | null = null
    try {
      page = frame.contentDocument
    } catch {}
    if (!page) {
      if (walls === 'all' || walls === 'sanitiser') left.push(`${at}: the document is out of reach`)
      continue
    }
    if (walls === 'all' || walls === 'sanitiser')
      left.push(...tools.leftOver(page).map(what => `${at}: ${what}`))
    if (document.activeElement === frame) focus.push(`${at}`)
    const all = [...page.querySelectorAll<HTMLElement>('*')].slice(0, 400)
    for (const element of all) {
      try {
        if (typeof element.click === 'function') element.click()
        else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
      } catch {}
    }
    for (const type of [
      'mouseover',
      'pointerdown',
      'keydown',
      'focusin',
      'dblclick',
      'wheel',
      'copy',
      'drop',
    ])
      for (const element of all) element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }))
  }
  return { left, focus }
}

/** In the page: whatever was started would have run or asked by now; two frames and an empty queue later. */
const settle = () =>
  new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))
