// F6 goes from column to column and back to where the focus last was in each. Where there is room for one, the column comes in front.
import { flushSync } from 'react-dom'
import { bringToFront } from '../store/view.ts'
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

/** Behind the other column it is there, too: see one-column.ts. */
const there = (element: HTMLElement): boolean => element.getClientRects().length > 0

const seen = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true })

/** Into a column: where the focus last was, else its `data-column-entry`, else the column itself (tabIndex -1). */
export function focusColumn(name: string): void {
  const column = document.querySelector<HTMLElement>(`[data-column=${name}]`)
  if (column && there(column)) enter(column)
}

/** To the list itself, at the line one came from. */
export function focusList(): void {
  flushSync(() => bringToFront('list'))
  const column = document.querySelector<HTMLElement>('[data-column=list]')
  const list = column?.querySelector<HTMLElement>('[data-column-entry]') ?? column
  list?.focus({ preventScroll: true })
}

/** Where the thread is read; from there every key that means the conversation is a key. */
export function focusThread(): void {
  flushSync(() => bringToFront('main'))
  const column = document.querySelector<HTMLElement>('[data-column=main]')
  const place = column?.querySelector<HTMLElement>('.tl-scroll [tabindex="0"], .tl-scroll')
  ;(place ?? column)?.focus({ preventScroll: true })
}

/** Before another thread takes the place of this one: who is in it stays there, where the focus would go with what is taken away. */
export function stayInThread(): void {
  const column = document.querySelector<HTMLElement>('[data-column=main]')
  if (column?.contains(document.activeElement)) column.focus({ preventScroll: true })
}

function enter(column: HTMLElement): void {
  const name = column.dataset.column
  // Drawn first: what is not shown cannot take the focus.
  if (name === 'list' || name === 'main') flushSync(() => bringToFront(name))
  const last = lastFocused.get(column)
  const entry = column.querySelector<HTMLElement>('[data-column-entry]')
  const target = last?.isConnected && seen(last) ? last : (entry ?? column)
  target.focus({ preventScroll: true })
}

function step(by: 1 | -1): void {
  const columns = [...document.querySelectorAll<HTMLElement>('[data-column]')].filter(there)
  const here = columns.findIndex(column => column.contains(document.activeElement))
  const next = columns.at(here === -1 ? 0 : (here + by + columns.length) % columns.length)
  if (next) enter(next)
}

export function useColumnKeys(): void {
  useKey('next-column', () => step(1))
  useKey('previous-column', () => step(-1))
}
