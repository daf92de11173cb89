// F6 goes from column to column and back to where the focus last was in each. Where there is room for one, the column comes in front.
import { flushSync } from 'react-dom'
import { bringToFront } from '../store/view.ts'
import { perform, useKey } from './keys/use-key.ts'

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
  focusIn('list', '[data-column-entry]')
}

/** Where the thread is read; from there every key that means the conversation is a key. */
export function focusThread(): void {
  flushSync(() => bringToFront('main'))
  focusIn('main', '.tl-scroll [tabindex="0"], .tl-scroll')
}

/** To a place in a column. While it is still on its way the column has the focus, and gives it on when the place is there. */
function focusIn(name: string, place: string): void {
  const column = document.querySelector<HTMLElement>(`[data-column=${name}]`)
  if (!column) return
  const focusPlace = (): boolean => {
    const found = column.querySelector<HTMLElement>(place)
    found?.focus({ preventScroll: true })
    return found !== null && document.activeElement === found
  }
  if (focusPlace()) return
  column.focus({ preventScroll: true })
  const coming = new MutationObserver(() => {
    if (document.activeElement !== column || focusPlace()) coming.disconnect()
  })
  coming.observe(column, { subtree: true, childList: true, attributeFilter: ['data-placed'] })
}

/** Before another thread takes the place of this one: who is in it stays there, where the focus would go with what is taken away. */
export function stayInThread(): void {
  const column = document.querySelector<HTMLElement>('[data-column=main]')
  if (column?.contains(document.activeElement)) column.focus({ preventScroll: true })
}

/** While a way of showing the thread gives way to another: who is in it, or in its words, is there again. */
export function stayWhere(way: () => void): void {
  const { activeElement } = document
  const inWords = activeElement?.closest('[data-keys=composer]')
  const inThread = activeElement?.closest('[data-column=main]')
  const inNote = inWords?.querySelector('.comp-box-note')
  flushSync(way)
  if (inWords) perform(inNote ? 'note' : 'reply')
  if (inThread && document.activeElement === document.body) focusThread()
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
