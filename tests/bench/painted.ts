/** The real renderer in Chromium on a replica, and how long its frames take. */
import { chromium, type Locator, type Page } from '@playwright/test'
import { ensureRenderer } from '../../build/scripts/bundles.ts'
import { chromiumArgs, findChromium } from '../../build/scripts/chromium.ts'
import { startCore } from '../../electron/core/start.ts'
import { startPreview } from '../../electron/preview/host.ts'
import { replicaKey } from './fill.ts'

/** Core, preview and browser on a profile. */
export async function openPage(profileDir: string): Promise<{ page: Page; close(): Promise<void> }> {
  const core = await startCore({
    profileDir,
    key: replicaKey,
    device: { name: 'bench', platform: 'bench' },
  })
  const preview = await startPreview({
    connect: port => core.connect(port),
    renderer: { folder: ensureRenderer() },
  })
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: chromiumArgs,
    ...(executablePath ? { executablePath } : {}),
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  await page.goto(preview.url)
  return {
    page,
    async close() {
      await browser.close()
      await preview.close()
      await core.close()
    },
  }
}

/** A hand takes longer from one thing to the next than the page: what it is asked first is done. */
export function atRest(on: Page): Promise<void> {
  return on.evaluate(
    () => new Promise<void>(resolve => setTimeout(() => requestIdleCallback(() => resolve()), 200)),
  )
}

/** Scrolls something step by step, and the last fifth of it back; milliseconds of script, style and layout of each step. */
export async function scroll(
  on: Page,
  what: Locator,
  steps: number,
  by: number,
): Promise<{ work: number[]; nodes: number }> {
  const devtools = await on.context().newCDPSession(on)
  await devtools.send('Performance.enable')
  const spent = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? 0
    return 1000 * (of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration'))
  }
  const box = (await what.boundingBox())!
  await on.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const work: number[] = []
  let nodes = 0
  for (let step = 0; step < steps; step++) {
    const before = await spent()
    await on.mouse.wheel(0, step < steps * 0.8 ? by : -by)
    nodes = Math.max(nodes, await on.evaluate(nextFrame))
    work.push((await spent()) - before)
  }
  return { work, nodes }
}

/** In the page: after the next frame, how many elements there are. */
function nextFrame(): Promise<number> {
  return new Promise(resolve =>
    requestAnimationFrame(() => setTimeout(() => resolve(document.querySelectorAll('*').length))),
  )
}
