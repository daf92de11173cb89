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
