// The list of customers as it stands: whom it shows, in what order, and who is chosen. It is there again when one comes back.
import { z } from 'zod'
import { create } from 'zustand'
import { Id } from '#shared/model/base.ts'
import { everybody, type Segment, Where } from '#shared/model/segment.ts'
import { CustomerOrder } from '#shared/queries/index.ts'
import { type Chosen, chosenWith, everyOne, none } from '../../store/chosen.ts'
import { keepStore } from '../../store/kept.ts'
import { holdsWords } from './holds-words.ts'

interface ListState {
  /** The segment it began with; its conditions may have been changed since. */
  segmentId: Id | null
  where: Where
  /** After a crash: the segment's own conditions are put in as soon as they are there. */
  awaited: boolean
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
  awaited: false,
  text: '',
  order: 'last-activity',
  reversed: false,
  activeId: null,
  chosen: none,
}

export const useList = create<ListState>(() => initial)

/** What a window that crashed shows again. Conditions with words that somebody typed are not written down (S9): the segment has its own. */
keepStore(
  useList,
  'customers',
  z
    .object({
      segmentId: Id.nullable(),
      where: Where,
      awaited: z.boolean(),
      order: CustomerOrder,
      reversed: z.boolean(),
      activeId: Id.nullable(),
    })
    .transform(list =>
      holdsWords(list.where) ? { ...list, where: everybody, awaited: list.segmentId !== null } : list,
    ),
)

/** Puts in what was awaited. */
export function segmentCame({ where }: Segment): void {
  if (useList.getState().awaited) useList.setState({ where, awaited: false })
}

export const unchoose = (): void => useList.setState({ chosen: none })
export const chooseAll = (): void => useList.setState({ chosen: everyOne })

/** Chooses these, or with `off` the contrary. */
export const choose = (ids: readonly Id[], off = false): void =>
  useList.setState(({ chosen }) => ({ chosen: chosenWith(chosen, ids, off) }))

/** Another list has other people: whoever was chosen is not any more. */
const shows = (to: Partial<ListState>): void => useList.setState({ awaited: false, ...to, chosen: none })

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
