// The list of customers as it stands: whom it shows, in what order, and who is chosen. It is there again when one comes back.
import { create } from 'zustand'
import type { Id } from '#shared/model/base.ts'
import { everybody, type Segment, type Where } from '#shared/model/segment.ts'
import type { CustomerOrder } from '#shared/queries/index.ts'
import { type Chosen, chosenWith, everyOne, none } from '../../store/chosen.ts'

interface ListState {
  /** The segment it began with; its conditions may have been changed since. */
  segmentId: Id | null
  where: Where
  text: string
  order: CustomerOrder
  reversed: boolean
  /** Where the keys are. */
  activeId: Id | null
  chosen: Chosen
}

const initial: ListState = {
  segmentId: null,
  where: everybody,
  text: '',
  order: 'last-activity',
  reversed: false,
  activeId: null,
  chosen: none,
}

export const useList = create<ListState>(() => initial)

export const unchoose = (): void => useList.setState({ chosen: none })
export const chooseAll = (): void => useList.setState({ chosen: everyOne })

/** Chooses these, or with `off` the contrary. */
export const choose = (ids: readonly Id[], off = false): void =>
  useList.setState(({ chosen }) => ({ chosen: chosenWith(chosen, ids, off) }))

/** Another list has other people: whoever was chosen is not any more. */
const shows = (to: Partial<ListState>): void => useList.setState({ ...to, chosen: none })

export const showSegment = (segment: Segment | null): void =>
  shows({ segmentId: segment?.id ?? null, where: segment?.where ?? everybody, text: '', activeId: null })
export const ask = (where: Where): void => shows({ where })
export const find = (text: string): void => shows({ text: text.slice(0, 400) })
export const stand = (activeId: Id | null): void => useList.setState({ activeId })

/** The same order again is the other way round. */
export const orderBy = (order: CustomerOrder): void =>
  useList.setState(state => ({ order, reversed: state.order === order && !state.reversed }))

/** Another person sits down. */
export const forgetList = (): void => useList.setState(initial)

export const sameWhere = (one: Where, other: Where): boolean => JSON.stringify(one) === JSON.stringify(other)
