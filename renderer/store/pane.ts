// Two conversations beside each other. The one that is worked in is the place of view.ts, so that lists, keys, history and the panel mean
// it; the other one waits beside it, and they change places when the focus does.
import { createContext, useContext } from 'react'
import { type Place, type Side, useView } from './view.ts'

/** On which side a component is; null: of whatever is worked in. */
export const Pane = createContext<Side | null>(null)

/** Whether the pane around is the one that is worked in. */
export function useIsActive(): boolean {
  const side = useContext(Pane)
  return useView(view => side === null || view.beside === null || view.side === side)
}

/** One thing of the place that the pane around shows. */
export function useHere<K extends keyof Place>(what: K): Place[K] {
  const active = useIsActive()
  return useView(view => (active ? view[what] : view.beside![what]))
}
