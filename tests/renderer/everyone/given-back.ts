// What opens over the desk takes the focus and gives it back: after Escape it is where it was before.
import type { Page } from 'playwright-core'
import { settled } from './settled.ts'

/** More layers than lie over each other anywhere. */
const MOST = 6

interface Kept {
  /** What had the focus last outside of every layer; null: nothing had. */
  everyoneOutside?: Element | null
  everyoneHeld?: boolean
  everyoneLayer?: string
}

/** In the page, before a scene begins: notes where the focus is outside of what has opened. */
export function noteFocus(): void {
  const kept = globalThis as Kept
  kept.everyoneLayer =
    '[role=dialog], [role=alertdialog], [role=menu], .tour-card, .insert, .views-drawer[data-open], .shell[data-over][data-side=open] .shell-side'
  kept.everyoneOutside = null
  addEventListener(
    'focusin',
    ({ target }) => {
      if (kept.everyoneHeld || !(target instanceof Element) || target.closest(kept.everyoneLayer!)) return
      kept.everyoneOutside = target
    },
    true,
  )
}

/** Going round by Tab is not what somebody did before it opened. */
export const holdNotes = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const kept = globalThis as Kept
    kept.everyoneHeld = true
  })

/** Closes what is open by Escape. What is wrong with where the focus is then, a sentence each. */
export async function givenBackProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate(intoLayer))) return []
  for (let press = 0; press < MOST; press++) {
    await page.keyboard.press('Escape')
    await settled(page)
    if (!(await page.evaluate(layerOpen))) return page.evaluate(whereItIs)
  }
  return ['Escape does not close what is open']
}

/** Whether there is a layer; the focus is in it then, as it was when it had opened. */
function intoLayer(): boolean {
  const layers = document.querySelectorAll<HTMLElement>((globalThis as Kept).everyoneLayer!)
  const last = [...layers].at(-1)
  if (!last) return false
  const here = document.activeElement
  // A list at the caret leaves the focus in the field.
  if (last.matches('.insert') || [...layers].some(layer => layer.contains(here))) return true
  const stop = last.querySelector<HTMLElement>('input, textarea, button, [role=menuitem], [tabindex]')
  ;(stop ?? last).focus({ preventScroll: true })
  return true
}

const layerOpen = (): boolean => document.querySelector((globalThis as Kept).everyoneLayer!) !== null

function whereItIs(): string[] {
  const { everyoneOutside: before } = globalThis as Kept
  const here = document.activeElement
  const called = (element: Element | null): string =>
    element && element !== document.body
      ? `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}”`
      : 'nowhere'
  // What is gone cannot have it.
  if (!before?.isConnected || here === before) return []
  return [`the focus was at ${called(before)}, and after Escape it is at ${called(here)}`]
}
