// The tour: which step is shown. It is offered until it was taken or turned down, and can be taken again at any time.
import { create } from 'zustand'
import { request } from '../../store/core.ts'
import { bringToFront } from '../../store/view.ts'

/** A place of the desk, by the attribute that marks it, and what is said of it (words.ts). */
export const steps = ['views', 'list', 'thread', 'composer', 'search', 'sync'] as const
export type Step = (typeof steps)[number]

const target: Record<Step, string> = {
  views: '.views-open, .inbox-views',
  list: '[data-column=list] [role=listbox], [data-column=list] .empty-view',
  thread: '.tl, [data-column=main]',
  composer: '[data-keys=composer], [data-column=main]',
  search: '.inbox-search',
  sync: '.sync',
}
export const targetOf = (step: Step): Element | null => document.querySelector(target[step])

/** Where there is room for one column: which of the two it is in. */
const front: Record<Step, 'list' | 'main'> = {
  ...{ views: 'list', list: 'list', thread: 'main', composer: 'main', search: 'list', sync: 'list' },
}
export const bringToSight = (step: Step): void => bringToFront(front[step])

/** Null: it is not being taken. */
export const useTour = create<{ at: number | null }>(() => ({ at: null }))

export const startTour = (): void => useTour.setState({ at: 0 })

/** One step on or back; past the last it is done. */
export function goOn(by: 1 | -1): void {
  const { at } = useTour.getState()
  if (at === null) return
  if (at + by >= steps.length) endTour('done')
  else useTour.setState({ at: Math.max(0, at + by) })
}

export function endTour(how: 'done' | 'skipped'): void {
  useTour.setState({ at: null })
  void request('setPreferences', { tour: how })
}
