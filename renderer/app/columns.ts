// F6 goes from column to column and back to where the focus last was in each.
import { useKey } from './keys/use-key.ts'

const lastFocused = new WeakMap<Element, HTMLElement>()

/** Called once, by main.tsx. */
export function rememberFocus(): void {
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    const column = target.closest('[data-column]')
    if (column && column !== target) lastFocused.set(column, target)
  })
}

const seen = (element: HTMLElement): boolean => element.getClientRects().length > 0

/** Into a column: where the focus last was, else its `data-column-entry`, else the column itself (tabIndex -1). */
export function focusColumn(name: string): void {
  const column = document.querySelector<HTMLElement>(`[data-column=${name}]`)
  if (column && seen(column)) enter(column)
}

function enter(column: HTMLElement): void {
  const last = lastFocused.get(column)
  const entry = column.querySelector<HTMLElement>('[data-column-entry]')
  const target = last?.isConnected && seen(last) ? last : (entry ?? column)
  target.focus({ preventScroll: true })
}

function step(by: 1 | -1): void {
  const columns = [...document.querySelectorAll<HTMLElement>('[data-column]')].filter(seen)
  const here = columns.findIndex(column => column.contains(document.activeElement))
  const next = columns.at(here === -1 ? 0 : (here + by + columns.length) % columns.length)
  if (next) enter(next)
}

export function useColumnKeys(): void {
  useKey('next-column', () => step(1))
  useKey('previous-column', () => step(-1))
}
