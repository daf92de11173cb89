/** The list of customers in a real Chromium over a real core and a real hub on the store in memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Preferences } from '#shared/ipc/states.ts'
import { ensureRenderer } from '../../../build/scripts/bundles.ts'
import { chromiumForPages } from '../../../build/scripts/chromium.ts'
import { startCore } from '../../../electron/core/start.ts'
import { startPreview } from '../../../electron/preview/host.ts'
import { Page as CorePage } from '../../core/page.ts'
import { people, seedPeople } from '../../customers/team.ts'
import { password, startMemoryHub } from '../../hub/memory-hub.ts'

export interface Stage {
  hub: Awaited<ReturnType<typeof startMemoryHub>>
  /** Asks the same core. */
  core: CorePage
  open(look?: Partial<Preferences> & { width?: number; height?: number; scale?: number }): Promise<Page>
  close(): Promise<void>
}

/** A desk that is signed in and up to date. @param who ann, or sue who leads */
export async function openStage(who: 'ann' | 'sue', count: number): Promise<Stage> {
  const hub = await startMemoryHub({ seed: seedPeople(count), people })
  const profileDir = await mkdtemp(join(tmpdir(), 'skein-customers-'))
  const core = await startCore({
    profileDir,
    key: new Uint8Array(32).fill(9),
    device: { name: 'desk', platform: 'linux' },
  })
  const asking = new CorePage(port => core.connect(port))
  await asking.ask('signIn', { hubUrl: hub.url, email: `${who}@skein.example`, password })
  await asking.untilSync('live')
  const preview = await startPreview({
    connect: port => core.connect(port),
    renderer: { folder: ensureRenderer() },
  })
  const browser: Browser = await chromium.launch(chromiumForPages())
  return {
    hub,
    core: asking,
    async open({ width = 1440, height = 900, scale = 1, ...preferences } = {}) {
      await asking.ask('setPreferences', {
        theme: 'light',
        language: 'en',
        density: 'comfortable',
        ...preferences,
      })
      const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale })
      const page = await context.newPage()
      await page.goto(preview.entrance())
      await page.locator('.rail').waitFor()
      await page.evaluate(() => document.fonts.ready)
      return page
    },
    async close() {
      await browser.close()
      await preview.close()
      asking.close()
      await core.close()
      await hub.close()
      await rm(profileDir, { recursive: true, force: true })
    },
  }
}
