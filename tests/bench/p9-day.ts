// P9: the desk with a million items: how soon its first list is painted, what core and page weigh, and whether they weigh the same after
// eight hours of work: 480 minutes, each as fast as it goes. Chromium, not Electron.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { ensureRenderer } from '../../build/scripts/bundles.ts'
import { chromiumArgs, findChromium } from '../../build/scripts/chromium.ts'
import { startCore } from '../../electron/core/start.ts'
import { Page as CorePage } from '../core/page.ts'
import { password } from '../hub/memory-hub.ts'
import { cacheFolder } from './cache.ts'
import { replicaKey } from './fill.ts'
import {
  bundleCore,
  type CoreWeight,
  forgetFiles,
  hubOf,
  type PageWeight,
  slope,
  startCoreProcess,
  weighPage,
} from './p9-parts.ts'
import { quantiles, readOptions, report } from './result.ts'

const { replica: path, items } = readOptions()
const MINUTES = Number(process.env.SKEIN_P9_MINUTES ?? 480)
const BETWEEN = 30
const MB = 1e6
const note = 'Chromium, not Electron'

const renderer = ensureRenderer()
// Within the checkout, so that it finds its packages.
const bundled = mkdtempSync(join(cacheFolder('core'), 'day-'))
const program = await bundleCore(bundled)
const hub = await hubOf(path!)
const executablePath = findChromium()
const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath ? { executablePath } : {}) })

const newPage = (from: Browser) => from.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })

/** From the start of the core's process until the first list is painted in a page. The page says when, so that asking costs it nothing. */
async function start() {
  const page = await newPage(browser)
  page.setDefaultTimeout(15_000)
  await page.addInitScript(noteFirstList)
  const begun = performance.timeOrigin + performance.now()
  const core = await startCoreProcess(program, path!, renderer)
  await page.goto(core.url, { timeout: 120_000 })
  const painted = await page.evaluate(() => (window as never as { firstList: Promise<number> }).firstList)
  return { core, page, took: painted - begun }
}

/** In the page: `window.firstList` becomes when its first list was painted. Milliseconds of the epoch. */
function noteFirstList(): void {
  ;(window as never as { firstList: Promise<number> }).firstList = new Promise(resolve => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector('[role=option] .conversation-name, .empty-view')) return
      watcher.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
    })
    watcher.observe(document, { subtree: true, childList: true })
  })
}

async function starts(times: number, before: () => boolean): Promise<{ took: number[]; cold: boolean }> {
  const took: number[] = []
  let cold = false
  for (let n = 0; n < times; n++) {
    cold = before()
    const run = await start()
    took.push(run.took)
    await run.page.close()
    await run.core.close()
  }
  return { took, cold }
}

await (await start()).core.close() // What is compiled and set up once.
const cold = await starts(3, () => {
  execFileSync('sync')
  return forgetFiles()
})
report({
  id: 'P9',
  name: 'start, files not in memory: core started until the first list is painted',
  ...quantiles(cold.took),
  unit: 'ms',
  rows: items,
  note: cold.cold
    ? `${note}; the browser runs already`
    : `${note}; the system's cache could not be emptied: warm`,
})
const warm = await starts(5, () => false)
report({
  id: 'P9',
  name: 'start, warm',
  ...quantiles(warm.took),
  unit: 'ms',
  rows: items,
  note: `${note}; the browser runs already`,
})

// ---------------------------------------------------------------------------------------------- a day

const { core, page } = await start()
const devtools = await page.context().newCDPSession(page)
await devtools.send('Performance.enable')
const colleagueDir = mkdtempSync(join(tmpdir(), 'skein-bench-colleague-'))
const colleague = await startCore({
  profileDir: colleagueDir,
  key: replicaKey,
  device: { name: 'colleague', platform: 'bench' },
})
const theirs = new CorePage(port => colleague.connect(port))
await theirs.ask('signIn', { hubUrl: hub.url, email: 'agent1@example.com', password })
await theirs.untilSync('live')
await page.locator('[data-condition=synced]').waitFor({ timeout: 120_000 })

interface Sample {
  minute: number
  core: CoreWeight
  page: PageWeight
}
const samples: Sample[] = []
const weigh = async (minute: number): Promise<void> => {
  const sample = { minute, core: await core.weigh(), page: await weighPage(browser, page, devtools) }
  samples.push(sample)
  const mb = (bytes: number) => (bytes / MB).toFixed(1).padStart(7)
  console.log(
    `minute ${String(minute).padStart(3)}: core ${mb(sample.core.own)} MB (resident ${mb(sample.core.rss)}, heap ${mb(sample.core.heapUsed)} of ${mb(sample.core.heapTotal)}, beside it ${mb(sample.core.external)}, ${sample.core.handles} handles), page ${mb(sample.page.own)} MB (heap ${mb(sample.page.heap)}), ${sample.page.nodes} nodes, ${sample.page.listeners} listeners, ${sample.page.frames} frames`,
  )
}

const press = (...chords: string[]) =>
  chords.reduce((before, chord) => before.then(() => page.keyboard.press(chord)), Promise.resolve())
/** Whatever comes meanwhile, Escape means the dialog. */
async function leave(): Promise<void> {
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
const questions = ['refund', '退款', '发票', 'card', '物流', 'how do I', '的']

/** A minute of an agent's day. */
async function minute(n: number): Promise<void> {
  const at = (step: number) => hub.talks[(n * 7 + step * 131) % hub.talks.length]!
  await hub.write(at(1), `Customer ${n}: 请问我的快递在哪里？ Where is it?`)
  await theirs.ask('mutate', {
    name: 'note.add',
    args: { id: uuidv7(), conversationId: at(2), text: `Colleague ${n}`, attachments: [], at: Date.now() },
  })
  if (n % 60 === 0) await press('3', 'Home')
  // A view that was just chosen has rows first: a hand on J sees them, too.
  await page.locator('[role=option] .conversation-name').first().waitFor()
  await page.getByRole('listbox').first().focus()
  await press('j')
  await page.locator('[role=feed][data-placed]').waitFor()
  await page.mouse.move(800, 400)
  for (let step = 0; step < 4; step++) await page.mouse.wheel(0, step < 3 ? -400 : 800)
  if (n % 2 === 0) {
    await press('n')
    await page.getByRole('textbox', { name: /^Your note/ }).fill(`Minute ${n} 备注`)
    await press('Control+Enter', 'Escape')
  }
  if (n % 3 === 0) {
    await press('Control+k')
    await page.getByRole('combobox').fill(questions[n % questions.length]!)
    // Some are not found, and then there is nothing to wait for.
    await page.waitForTimeout(400)
    await leave()
  }
  if (n % 8 === 4) await page.locator('[data-view="closed"]').click()
  if (n % 8 === 5) await page.locator('[data-view="unassigned"]').click()
  if (n % 8 === 6) await page.locator('[data-view="open"]').click()
  if (n % 10 === 0) {
    await press('Control+,')
    await page.getByRole('dialog').waitFor()
    await leave()
    await press('?')
    await page.getByRole('dialog').waitFor()
    await leave()
    await press('Control+Shift+O')
    await leave()
  }
  if (n % 12 === 7)
    await theirs.ask('mutate', {
      name: n % 24 === 7 ? 'conversation.close' : 'conversation.snooze',
      args: {
        conversationId: at(3),
        at: Date.now(),
        ...(n % 24 === 7 ? {} : { until: Date.now() + 3_600_000 }),
      },
    })
  if (n % 15 === 9) {
    await press('c')
    await page.locator('[data-view], [role=grid], [role=listbox]').first().waitFor()
    await press('Control+[')
  }
}

// Idle: everything that is kept for a while after the first look has gone.
await page.waitForTimeout(8_000)
await weigh(0)
/** Minutes in which something did not come: said, and the day goes on. */
let missed = 0
for (let n = 1; n <= MINUTES; n++) {
  await minute(n).catch(async error => {
    missed += 1
    console.log(`minute ${n} was cut short: ${String(error).split('\n').slice(0, 3).join(' ')}`)
    await leave()
    await page.locator('[data-view="open"]').click()
  })
  if (n % BETWEEN === 0) {
    // As one who gets coffee: what waits is done, what is kept for a moment goes.
    await page.waitForTimeout(7_000)
    await weigh(n)
  }
}

const idle = samples[0]!
const last = samples.at(-1)!
/** The first hours fill caches that have a bound. */
const settled = samples.filter(({ minute: at }) => at >= MINUTES / 4)
const ofQuarter = (quarter: number, of: (sample: Sample) => number): number => {
  const then = samples.filter(
    ({ minute: at }) => at > (MINUTES * (quarter - 1)) / 4 && at <= (MINUTES * quarter) / 4,
  )
  return then.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, then.length)
}
for (const [name, unit, of] of [
  ['the core: its process, not shared', 'MB', (sample: Sample) => sample.core.own / MB],
  ['the core: resident, with the program itself', 'MB', (sample: Sample) => sample.core.rss / MB],
  ['the core: heap', 'MB', (sample: Sample) => sample.core.heapUsed / MB],
  ['the core: files and sockets held', '', (sample: Sample) => sample.core.handles],
  ['the page: its process, not shared', 'MB', (sample: Sample) => sample.page.own / MB],
  ['the page: heap', 'MB', (sample: Sample) => sample.page.heap / MB],
  ['the page: nodes', '', (sample: Sample) => sample.page.nodes],
  ['the page: listeners', '', (sample: Sample) => sample.page.listeners],
] as const) {
  const digits = unit === '' ? 0 : 1
  const [first, fourth] = [ofQuarter(1, of), ofQuarter(4, of)].map(value => value.toFixed(digits))
  const growth = (slope(settled.map(of)) * (60 / BETWEEN)).toFixed(2)
  report({
    id: 'P9',
    name: `${name}, after ${MINUTES} minutes`,
    median: of(last),
    p99: Math.max(...samples.map(of)),
    unit,
    rows: items,
    note: `${note}; idle ${of(idle).toFixed(digits)}, first quarter ${first}, last ${fourth}, ${growth} an hour after the first; ${missed} minutes cut short; ${samples.map(sample => of(sample).toFixed(0)).join(' ')}`,
  })
}
theirs.close()
await colleague.close()
rmSync(colleagueDir, { recursive: true, force: true })
rmSync(bundled, { recursive: true, force: true })
await browser.close()
await core.close()
await hub.close()
