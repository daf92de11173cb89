// Where the person is: which list, which conversation, which customer; and how they came there, for back and forward.
import { z } from 'zod'
import { create } from 'zustand'
import { Sort, View } from '#shared/queries/index.ts'
import { forgetKept, keepStore } from './kept.ts'

/** What the desk shows: conversations and one of them, or the list of customers. */
export type Section = 'inbox' | 'customers'

export interface Place {
  section: Section
  customerId: string | null
  conversationId: string | null
  /** An item to bring into sight, from search or a link; taken away once it was shown. */
  itemId: string | null
}

/** Of two conversations beside each other. */
export type Side = 'left' | 'right'

interface ViewState extends Place {
  /** What is shown beside it (pane.ts); null: it has all the room. */
  beside: Place | null
  /** On which side it is, of two. */
  side: Side
  view: View
  /** A view of one's own in place of `view`; null: none. */
  savedViewId: string | null
  inboxId: string | null
  sort: Sort
  past: Place[]
  future: Place[]
  /** Where there is room for one column (one-column.ts): the list is in front of what is open. */
  listInFront: boolean
  /** What is open was come to from the list; back leads there. */
  fromList: boolean
  /** The side column laid over the main one, where the window is too narrow for both. */
  sideOpen: boolean
  searchOpen: boolean
  keysOpen: boolean
  outboxOpen: boolean
}

const nowhere: Place = { section: 'inbox', customerId: null, conversationId: null, itemId: null }

const initial: ViewState = {
  ...nowhere,
  beside: null,
  side: 'left',
  view: 'mine',
  savedViewId: null,
  inboxId: null,
  sort: 'longest-waiting',
  past: [],
  future: [],
  listInFront: true,
  fromList: true,
  sideOpen: false,
  searchOpen: false,
  keysOpen: false,
  outboxOpen: false,
}

export const useView = create<ViewState>(() => initial)

const Id = z.string().nullable()
const KeptPlace = z.object({
  section: z.enum(['inbox', 'customers']),
  customerId: Id,
  conversationId: Id,
  itemId: Id,
})
/** Where a window that crashed is again. */
keepStore(
  useView,
  'view',
  KeptPlace.extend({
    view: View,
    savedViewId: Id,
    inboxId: Id,
    sort: Sort,
    past: z.array(KeptPlace),
    future: z.array(KeptPlace),
    listInFront: z.boolean(),
    fromList: z.boolean(),
    sideOpen: z.boolean(),
    beside: KeptPlace.nullable(),
    side: z.enum(['left', 'right']),
  }),
)

const placeOf = ({ section, customerId, conversationId, itemId }: Place): Place => ({
  section,
  customerId,
  conversationId,
  itemId,
})

const historyLength = 50

interface Opened {
  customerId: string
  conversationId?: string | null
  itemId?: string | null
}

/** Shows a conversation (or a customer with none chosen). Going where one is already makes no history. */
export const open = (to: Opened): void => goTo(placeFor(to))

/** The same from the list, while one stays in it: where there is room for one column it keeps the front. */
export function standOn(to: Opened): void {
  const { listInFront, fromList } = useView.getState()
  goTo(placeFor(to))
  useView.setState({ listInFront, fromList })
}

const placeFor = ({ customerId, conversationId = null, itemId = null }: Opened): Place => ({
  ...{ section: 'inbox', customerId, conversationId, itemId },
})

/** Where there is room for one column: which of the two is seen. */
export const bringToFront = (which: 'list' | 'main'): void =>
  useView.setState(state => {
    const listInFront = which === 'list'
    if (state.listInFront === listInFront) return state
    return { listInFront, fromList: state.fromList || !listInFront }
  })

/** Shows the list of customers; what was open is there again after it. */
export const showCustomers = (): void =>
  goTo({ ...placeOf(useView.getState()), section: 'customers', itemId: null })

function goTo(next: Place): void {
  useView.setState(state => {
    const same =
      state.section === next.section &&
      state.customerId === next.customerId &&
      state.conversationId === next.conversationId
    const front = { listInFront: false, fromList: state.listInFront }
    if (same) return { itemId: next.itemId, ...front, fromList: state.listInFront || state.fromList }
    const somewhere = state.customerId !== null || state.section !== 'inbox'
    const past = somewhere ? [...state.past, placeOf(state)].slice(-historyLength) : state.past
    return { ...next, ...front, past, future: [], sideOpen: false }
  })
}

export const close = (): void => useView.setState({ ...nowhere, listInFront: true })

/** One came from the list of customers and has not been in the other since: that is the list to go to. */
export const cameFromCustomers = ({ section, listInFront, fromList, beside, past }: ViewState): boolean =>
  section === 'inbox' && !listInFront && !fromList && beside === null && past.at(-1)?.section === 'customers'

/** Nothing is open any more, and the list is in front; back leads to what was. */
export const leave = (): void => {
  goTo(nowhere)
  bringToFront('list')
}

/** What was before is seen, and further back is the list. */
const before = { listInFront: false, fromList: true }

export function back(): void {
  useView.setState(state => {
    const to = state.past.at(-1)
    if (!to) return {}
    const future = [placeOf(state), ...state.future]
    return { ...to, ...before, itemId: null, past: state.past.slice(0, -1), future }
  })
}

export function forward(): void {
  useView.setState(state => {
    const [to, ...future] = state.future
    if (!to) return {}
    return { ...to, ...before, itemId: null, past: [...state.past, placeOf(state)], future }
  })
}

/** Two beside each other: what is open stays at the right, and the left is for what comes next. Or one again: the one that is worked in. */
export const split = (): void =>
  useView.setState(state =>
    state.beside === null
      ? { beside: { ...placeOf(state), itemId: null }, side: 'left', sideOpen: false }
      : { beside: null, side: 'left' },
  )

/** Goes to work in the other one. */
export const changePlaces = (): void =>
  useView.setState(({ beside, side, ...state }) =>
    beside === null
      ? {}
      : { ...beside, beside: placeOf(state), side: side === 'left' ? 'right' : 'left', sideOpen: false },
  )

/** Changes one of the two places as it stands, without going anywhere. */
const amend = (active: boolean, part: Partial<Place>): void =>
  useView.setState(({ beside }) => (active || beside === null ? part : { beside: { ...beside, ...part } }))

/** @param active of the one that is worked in */
export const itemShown = (active: boolean): void => amend(active, { itemId: null })
/** The conversation that is addressed, where none was chosen yet. */
export const settle = (active: boolean, conversationId: string): void => {
  const { beside, ...state } = useView.getState()
  const place = active ? state : beside
  if (place?.conversationId === null) amend(active, { conversationId })
}
export const show = (view: View): void =>
  useView.setState({ view, savedViewId: null, section: 'inbox', listInFront: true })
/** Shows a view of one's own; null: the one that everybody has. */
export const showSaved = (savedViewId: string | null): void =>
  useView.setState({ savedViewId, section: 'inbox', listInFront: true })
export const narrowTo = (inboxId: string | null): void => useView.setState({ inboxId })
export const sortBy = (sort: Sort): void => useView.setState({ sort })
export const toggle = (what: 'sideOpen' | 'searchOpen' | 'keysOpen' | 'outboxOpen', to?: boolean): void =>
  useView.setState(state => ({ [what]: to ?? !state[what] }))
/** Another person sits down: nothing of where the last one was stays. */
export const forgetPlaces = (): void => {
  useView.setState(initial)
  forgetKept()
}
