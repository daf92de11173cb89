// What opens over the desk takes the focus, and gives it back to where it was: not always to a button, for a key can have opened it, or an
// entry of a menu that is gone by then.

/** Where the focus has been, the latest last; of each layer only the latest, so that going round in one forgets nothing. */
const been: HTMLElement[] = []
const MOST = 24
const layerOf = (element: Element): Element | null =>
  element.closest('[role=dialog], [role=alertdialog], [role=menu], aside')

/** Nobody goes to a dialog itself: it catches the focus when what had it is gone. */
const isCaught = (element: Element): boolean => element.matches('[role=dialog], [role=alertdialog]')

/** Called once, by main.tsx. */
export function noteWhereFocusIs(): void {
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    const layer = layerOf(target)
    if (isCaught(target) && been.some(element => element.isConnected && layerOf(element) === target)) return
    const kept = been
      .filter(element => element.isConnected && element !== target && (!layer || layerOf(element) !== layer))
      .slice(1 - MOST)
    been.splice(0, been.length, ...kept, target)
  })
}

/**
 * Back to where the focus was before this layer took it: the latest place outside of it that is still there and seen. Where somebody has
 * gone on to something else meanwhile, it stays. For Radix's onCloseAutoFocus, which has its own way where nothing had the focus before.
 */
export function giveBack(event: Event): void {
  const layer = event.currentTarget
  if (!(layer instanceof HTMLElement)) return
  const here = document.activeElement
  if (here !== null && here !== document.body && !layer.contains(here) && !isCaught(here)) {
    event.preventDefault()
    return
  }
  if (focusBefore(layer)) event.preventDefault()
}

/** To the latest place outside of a layer that is still there and seen. @returns whether there is one */
export function focusBefore(layer: Element): boolean {
  const before = been.findLast(
    element =>
      element.isConnected &&
      !layer.contains(element) &&
      element.checkVisibility({ visibilityProperty: true }),
  )
  before?.focus({ preventScroll: true })
  return before !== undefined
}
