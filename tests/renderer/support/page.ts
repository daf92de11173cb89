// The renderer in a real Chromium over a scripted core: served by the preview's own host, from its sources, without a hub.
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { ensureRenderer } from '../../../build/scripts/bundles.ts'
import { chromiumForPages } from '../../../build/scripts/chromium.ts'
import { type Preview, startPreview } from '../../../electron/preview/host.ts'
import { createScriptedCore, type ScriptedCore } from './scripted-core.ts'
import { thursday } from './veloform.ts'
import type { World } from './world.ts'

const viteConfig = fileURLToPath(new URL('../../../build/vite.renderer.config.ts', import.meta.url))

export interface DeskPage {
  page: Page
  core: ScriptedCore
  close(): Promise<void>
}

export interface Stage {
  readonly browser: Browser
  /** Opens the desk on these rows in a fresh window. The page's clock stands at `now`. */
  open(
    world: World,
    options?: {
      width?: number
      height?: number
      now?: number
      signedIn?: boolean
      scale?: number
      prepare?: (core: ScriptedCore) => void
      /** Before the page is read. */
      begin?: (page: Page) => Promise<unknown>
    },
  ): Promise<DeskPage>
  close(): Promise<void>
}

/**
 * One browser and one page server for many windows.
 * @param from `build` takes the renderer as packages have it, built where its sources are newer; `sources` serves them through Vite, for looking while one works; a folder is one that was built before
 */
export async function openStage(from: 'build' | 'sources' | { folder: string } = 'build'): Promise<Stage> {
  let next: ScriptedCore | undefined
  const preview: Preview = await startPreview({
    connect: port => next?.connect(port),
    renderer: from === 'build' ? { folder: ensureRenderer() } : from === 'sources' ? { viteConfig } : from,
  })
  const browser: Browser = await chromium.launch(chromiumForPages())
  return {
    browser,
    async open(
      world,
      { width = 1440, height = 900, now = thursday, signedIn = true, scale = 1, prepare, begin } = {},
    ) {
      const core = createScriptedCore(world, { signedIn })
      core.sync({ lastContactAt: now, currentAt: now })
      prepare?.(core)
      next = core
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: scale,
      })
      const page = await context.newPage()
      await page.clock.install({ time: now })
      await begin?.(page)
      await page.goto(preview.entrance())
      await page.waitForSelector('#root > *')
      await page.evaluate(() => document.fonts.ready)
      return { page, core, close: () => context.close() }
    },
    async close() {
      await browser.close()
      await preview.close()
    },
  }
}
