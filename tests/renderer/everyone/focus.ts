import type { Page } from 'playwright-core'
import { focused } from './in-page.ts'

/** More than there are anywhere, so that a round ends by itself. */
const MOST = 160
/** Around an element, in pixels: its ring and the gap before it. */
const RING = 5

type Stop = NonNullable<Awaited<ReturnType<typeof focused>>>

/** A picture of where the focus is, with it and without it. */
async function isSeen(page: Page, { box }: Stop): Promise<boolean> {
  const { width, height } = page.viewportSize()!
  const x = Math.max(0, box.x - RING)
  const y = Math.max(0, box.y - RING)
  const clip = {
    ...{ x, y },
    width: Math.min(width - x, box.width + 2 * RING),
    height: Math.min(height - y, box.height + 2 * RING),
  }
  const picture = () => page.screenshot({ clip, animations: 'disabled', caret: 'initial' })
  const withIt = await picture()
  const kept = await page.evaluateHandle(() => document.activeElement as HTMLElement)
  await kept.evaluate(element => element.blur())
  const without = await picture()
  await kept.evaluate(element => element.focus({ preventScroll: true }))
  return !withIt.equals(without)
}

/**
 * Goes once round a scene by Tab. What is wrong with where the focus is, a sentence each: not seen at all, without a ring, out of the
 * dialog that is open, or against the order in which one reads.
 * @param known what was looked at closely before; the same thing elsewhere is not looked at again
 */
export async function focusProblems(page: Page, known: Set<string>): Promise<string[]> {
  const problems: string[] = []
  const been = new Set<string>()
  // Where it begins may be in the midst of a round.
  const start = await page.evaluate(focused)
  let before: Stop | null = null
  // In a menu one goes by arrows, and Tab does nothing.
  if ((await page.locator('[role=menu]').count()) > 0) return []
  const trapped = (await page.locator('[role=dialog][data-modal], [role=alertdialog]').count()) > 0
  for (let step = 0; step < MOST; step++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(focused)
    if (!stop) {
      if (trapped) problems.push('the focus leaves the dialog for the page')
      before = null
      if (step > 0 && been.size > 0) break
      continue
    }
    if (been.has(stop.id)) break
    been.add(stop.id)
    if (!stop.seen) problems.push(`the focus is where nobody sees it: ${stop.label}`)
    else if (trapped && !stop.inDialog) problems.push(`the focus leaves the dialog: ${stop.label}`)
    else if (!stop.layer && !known.has(stop.key)) {
      known.add(stop.key)
      if (!(await isSeen(page, stop))) problems.push(`no ring: ${stop.label}`)
    }
    // What closes a dialog stands in its corner, and comes last.
    const asRead = stop.closes || stop.id === start?.id || !stop.before || !isBackwards(stop.before, stop.box)
    if (before && before.region === stop.region && !asRead)
      problems.push(`${stop.label} comes after ${before.label}, and stands before it`)
    before = stop
  }
  return problems
}

/** Above and not in a next column, or in the same line and further left. */
function isBackwards(one: Stop['box'], other: Stop['box']): boolean {
  const above = other.y + other.height <= one.y + 2 && other.x < one.x + one.width
  const sameLine = other.y < one.y + one.height && one.y < other.y + other.height
  return above || (sameLine && other.x + other.width <= one.x + 2)
}
