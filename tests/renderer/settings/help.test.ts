// The tour, and the report that is handed over: Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { ok } from '#shared/protocol/fault.ts'
import type { ScriptedCore } from '../support/scripted-core.ts'
import { stageOfFile } from '../support/stage.ts'
import { veloform } from '../support/veloform.ts'

const stage = stageOfFile()
const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const ended = (core: ScriptedCore) =>
  core.asked.flatMap(({ name, args }) => (name === 'setPreferences' ? [args] : [])).at(-1)
const clean = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
}

it('whoever is new is offered the tour, walks it by arrows and Enter past every part of the desk, and is not asked again', async () => {
  const { page, core } = await stage.open(veloform())
  await list(page).waitFor()
  await page.getByRole('button', { name: 'New here? A tour of one minute' }).click()
  const seen: string[] = []
  for (let at = 1; at <= 6; at++) {
    const card = page.locator('.tour-card')
    await card.getByText(`${at} of 6`).waitFor()
    seen.push((await card.getAttribute('aria-label')) ?? '')
    // What it is about has a ring around it, and the card is in the window.
    const ring = await page.locator('.tour-ring').boundingBox()
    expect(ring!.width).toBeGreaterThan(20)
    const box = await card.boundingBox()
    expect(box!.x >= 0 && box!.y >= 0 && box!.x + box!.width <= 1440 && box!.y + box!.height <= 900).toBe(
      true,
    )
    if (at === 1) await clean(page)
    if (at < 6) await page.keyboard.press(at < 3 ? 'ArrowRight' : 'Enter')
  }
  expect(new Set(seen).size).toBe(6)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => ended(core)).toEqual({ tour: 'done' })
  await page.getByRole('button', { name: /New here/ }).waitFor({ state: 'detached' })
})

it('Escape skips it at any time, and keys are the desk’s again', async () => {
  const { page, core } = await stage.open(veloform())
  await list(page).waitFor()
  await page.getByRole('button', { name: 'New here? A tour of one minute' }).click()
  await page.locator('.tour-card').waitFor()
  await page.keyboard.press('j')
  expect(await page.locator('.chead').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.locator('.tour-card').waitFor({ state: 'detached' })
  await expect.poll(() => ended(core)).toEqual({ tour: 'skipped' })
  await page.keyboard.press('j')
  await page.locator('.chead').waitFor()
})

it('turned down by keyboard it goes, and the focus goes on to the list', async () => {
  const { page, core } = await stage.open(veloform())
  await list(page).waitFor()
  await page.getByRole('button', { name: 'Not now' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /New here/ }).waitFor({ state: 'detached' })
  await expect.poll(() => ended(core)).toEqual({ tour: 'skipped' })
  await page.keyboard.press('j')
  await page.locator('.chead').waitFor()
  expect(await list(page).evaluate(each => each.contains(document.activeElement))).toBe(true)
})

it('the report is copied and shown: core and page, and nothing that the person sees on the desk', async () => {
  const { page } = await stage.open(veloform(), {
    prepare: core =>
      core.answer('diagnostics', () =>
        ok({
          ...{ version: '0.1.0', protocol: 1, replica: 12, node: '24', platform: 'linux x64' },
          ...{
            memory: { rss: 1, heap: 1, external: 1 },
            upSince: 0,
            now: 1,
            clockOffset: 0,
            rows: { item: 7 },
          },
          ...{ database: { size: 1, free: 0 }, unindexed: 0, streams: 3 },
          sync: {
            ...{ phase: 'live', lastContactAt: 1, currentAt: 1, offlineSince: null, fault: null },
            ...{ waiting: 0, held: 0, refused: 0, uncertain: 0, failed: 0 },
          },
          troubles: [],
        }),
      ),
  })
  await list(page).waitFor()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Help' }).click()
  await page.evaluate(() => queueMicrotask(() => (null as unknown as Element).remove()))
  await page.getByRole('button', { name: 'Copy report' }).click()
  const shown = await page.getByRole('region', { name: 'The report' }).innerText()
  expect(shown).toContain('"item": 7')
  expect(shown).toContain('"name": "TypeError"')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    shown.endsWith('\n') ? shown : `${shown}\n`,
  )
  for (const word of ['Dmitri', 'veloform', '@', 'http', 'bike']) expect(shown).not.toContain(word)
  await clean(page)
})
