// P10 as a person sees it: another view, another order, another conversation of a list of 50,000, from the key or click to the frame,
// and the list scrolled at its top and deep in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fillReplica, openFilled } from './fill.ts'
import { manyOpen } from './many-open.ts'
import { atRest, openPage, scroll } from './painted.ts'
import { quantiles, report } from './result.ts'

const TIMES = 25
const note = 'renderer and core as in a package, in Chromium without GPU; not Electron'

const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
const replica = openFilled(join(folder, 'replica.db'))
fillReplica(replica, manyOpen())
replica.db.pragma('wal_checkpoint(truncate)')
const rows = replica.db
  .prepare<[], number>("select count(*) from conversation where status = 'open'")
  .pluck()
  .get()!
replica.close()

const { page, close } = await openPage(folder)
const list = page.getByRole('listbox').first()
const tell = (name: string, times: readonly number[], more = note): void =>
  report({ id: 'P10', name, ...quantiles(times), unit: 'ms', rows, note: more })

try {
  await page.locator('[data-view="open"]').click()
  await page.getByRole('option').nth(5).waitFor()
  await atRest(page)

  const filtered: number[] = []
  for (let n = 0; n < TIMES; n++) {
    await atRest(page)
    filtered.push(await untilOther(page, `[data-view="${n % 2 === 0 ? 'unassigned' : 'open'}"]`, 'list'))
  }
  tell('another view of tens of thousands, click to painted list', filtered)

  const switched: number[] = []
  await list.focus()
  await page.keyboard.press('j')
  await page.locator('[role=feed][data-placed]').waitFor()
  for (let n = 0; n < TIMES; n++) {
    await atRest(page)
    switched.push(await untilOther(page, 'j', 'timeline'))
  }
  tell('the next conversation by J, key to painted timeline', switched)

  const top = await scroll(page, list, 80, 400)
  tell(
    'script, style and layout of a scrolled frame of the list',
    top.work,
    `at most ${top.nodes} elements in the page`,
  )

  await page.locator('[data-view="open"]').click()
  await list.focus()
  await page.keyboard.press('End')
  await page.waitForFunction(() => {
    const row = document.querySelector('[role=option]')
    const of = (name: string) => Number(row?.getAttribute(name) ?? 0)
    return of('aria-setsize') > 0 && of('aria-posinset') > of('aria-setsize') * 0.9
  })
  await page.locator('.conversation-name').first().waitFor()
  await atRest(page)
  const end = await scroll(page, list, 80, -400)
  tell('the same at its end', end.work, `at most ${end.nodes} elements in the page`)
} finally {
  await close()
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Clicks (a selector) or presses (a letter); milliseconds until the list, or the timeline that stands at its place, is another in a
 * painted frame.
 */
function untilOther(on: Page, how: string, what: 'list' | 'timeline'): Promise<number> {
  return on.evaluate(
    async ([by, of]) => {
      const read = (): string => {
        if (of === 'list')
          return [...document.querySelectorAll('[role=option] .conversation-name')]
            .map(each => each.textContent)
            .join()
        const feed = document.querySelector('[role=feed][data-placed]')
        const chosen = document.querySelector('[role=option][aria-selected=true]')?.id ?? ''
        return feed?.querySelector('[role=article]') ? `${feed.getAttribute('aria-label')} ${chosen}` : ''
      }
      const before = read()
      const start = performance.now()
      if (by.length > 1) document.querySelector<HTMLElement>(by)!.click()
      else
        document.activeElement!.dispatchEvent(
          new KeyboardEvent('keydown', { key: by, code: `Key${by.toUpperCase()}`, bubbles: true }),
        )
      await new Promise<void>(resolve => {
        const look = (): void => {
          const now = read()
          if (now !== '' && now !== before) resolve()
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
      // This frame is painted when its callbacks are done.
      await new Promise<void>(resolve => setTimeout(resolve))
      return performance.now() - start
    },
    [how, what] as const,
  )
}
