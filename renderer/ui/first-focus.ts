import type { KeyboardEvent } from 'react'

const fields = 'input:not([type=hidden]), textarea, [data-autofocus]'

/**
 * Where the focus goes when a layer opens: to its first field, else to the layer itself, so that nothing looks chosen before
 * anybody has chosen. For Radix's onOpenAutoFocus.
 */
export function focusFirst(event: Event): void {
  const layer = event.currentTarget
  if (!(layer instanceof HTMLElement)) return
  event.preventDefault()
  const target = layer.querySelector<HTMLElement>(fields) ?? layer
  target.focus({ preventScroll: true })
}

const stops =
  'input:not([type=hidden]):not(:disabled), textarea:not(:disabled), button:not(:disabled), a[href], [tabindex="0"]'

/**
 * Tab goes round inside a layer instead of out of it: what comes after it in the page is the window's end, not what one sees beside
 * it. Escape leaves.
 */
export function goRound(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab' || event.defaultPrevented) return
  const layer = event.currentTarget
  const all = [...layer.querySelectorAll<HTMLElement>(stops)].filter(
    each => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }),
  )
  const [first, last] = [all[0], all.at(-1)]
  const here = document.activeElement
  // A layer of its own inside this one (a list of choices) goes round by itself.
  if (!first || !last || !layer.contains(here)) return
  if (event.shiftKey ? here !== first && here !== layer : here !== last) return
  event.preventDefault()
  ;(event.shiftKey ? last : first).focus()
}
