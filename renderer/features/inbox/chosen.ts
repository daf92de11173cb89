// Which conversations of the list are chosen, for what is done to many. Another list has none.
import { create } from 'zustand'
import type { Id } from '#shared/model/base.ts'
import { type Chosen, chosenWith, everyOne, none } from '../../store/chosen.ts'
import { useView } from '../../store/view.ts'

export const useChosen = create<{ chosen: Chosen }>(() => ({ chosen: none }))

export const unchoose = (): void => useChosen.setState({ chosen: none })
export const chooseAll = (): void => useChosen.setState({ chosen: everyOne })
export const choose = (ids: readonly Id[], off = false): void =>
  useChosen.setState(({ chosen }) => ({ chosen: chosenWith(chosen, ids, off) }))

useView.subscribe((now, before) => {
  const same =
    now.view === before.view && now.inboxId === before.inboxId && now.savedViewId === before.savedViewId
  if (!same) unchoose()
})
