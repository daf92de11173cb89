// P3 and P5 as a person sees them: the real renderer in Chromium on the filled replica, from the key or click to the frame.
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { BUSIEST_NAME } from './data.ts'
import { atRest, openPage, scroll } from './painted.ts'
import { quantiles, readOptions, report } from './result.ts'

const { replica: path, items } = readOptions()
const { page, close } = await openPage(dirname(path!))
const note = 'renderer and core as in a package, in Chromium without GPU; not Electron'
try {
  await page.locator('[data-view="open"]').click()
  await page.getByRole('option').filter({ hasText: BUSIEST_NAME }).first().waitFor()
  await page.getByRole('option').nth(3).waitFor()

  const busiest: number[] = []
  const others = await page.evaluate(otherCustomers, BUSIEST_NAME)
  for (let n = 0; n < 40; n++) {
    await open(page, others[n % others.length]!)
    await atRest(page)
    busiest.push(await open(page, BUSIEST_NAME))
  }
  report({
    id: 'P3',
    name: `click to painted timeline, customer with ${Math.min(10_000, items / 10).toLocaleString('en')} items`,
    ...quantiles(busiest.slice(1)),
    unit: 'ms',
    rows: items,
    note,
  })

  const painted: number[] = []
  for (let n = 0; n < 40; n++) {
    // Anew each time, so that the timeline stands at its end.
    await open(page, others[n % others.length]!)
    await open(page, BUSIEST_NAME)
    await page.getByRole('tab', { name: /^Note/ }).click()
    const box = page.getByRole('textbox', { name: /^Your note/ })
    const text = `bench ${n} 备注`
    await box.fill(text)
    await page.evaluate(watchFor, text)
    await atRest(page)
    await page.keyboard.press('Control+Enter')
    painted.push(await page.evaluate(() => (window as never as { painted: Promise<number> }).painted))
  }
  report({
    id: 'P5',
    name: 'Ctrl+Enter to painted note, durable',
    ...quantiles(painted.slice(1)),
    unit: 'ms',
    rows: items,
    note,
  })
  const { work, nodes } = await scroll(page, page.getByRole('feed'), 120, -300)
  report({
    id: 'P3',
    name: 'script, style and layout of a scrolled frame',
    ...quantiles(work),
    unit: 'ms',
    rows: items,
    note: `at most ${nodes} elements in the page`,
  })
} finally {
  await close()
}

/** Clicks a customer's conversation; milliseconds until their timeline is in a painted frame. */
function open(on: Page, name: string): Promise<number> {
  return on.evaluate(async who => {
    const row = [...document.querySelectorAll<HTMLElement>('.conversation')].find(
      each => each.querySelector('.conversation-name')?.textContent === who,
    )!
    const start = performance.now()
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    row.click()
    await new Promise<void>(resolve => {
      const look = (): void => {
        // Until it stands at its place a timeline is there, but hidden.
        const feed = document.querySelector('[role=feed][data-placed]')
        if (feed?.getAttribute('aria-label')?.includes(who) && feed.querySelector('[role=article]')) resolve()
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    // This frame is painted when its callbacks are done.
    await new Promise<void>(resolve => setTimeout(resolve))
    return performance.now() - start
  }, name)
}

/** In the page: names of some other customers in the list. */
function otherCustomers(busiest: string): string[] {
  const names = [...document.querySelectorAll('.conversation-name')].map(name => name.textContent ?? '')
  return [...new Set(names)].filter(name => name !== busiest).slice(0, 3)
}

/** In the page: `window.painted` becomes the milliseconds from the next key until an article holds the text. */
function watchFor(text: string): void {
  let start = 0
  addEventListener(
    'keydown',
    event => {
      if (event.key === 'Enter') start = performance.now()
    },
    true,
  )
  ;(window as never as { painted: Promise<number> }).painted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`"${text}" was not painted`)), 20_000)
    const look = (): void => {
      const articles = [...document.querySelectorAll('[role=article], article')]
      const there = start > 0 && articles.some(article => article.textContent?.includes(text))
      if (there)
        setTimeout(() => resolve(performance.now() - start)) // when this frame is painted
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}
