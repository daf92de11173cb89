// The states the core tells: who sits here, how the desk stands to the hub, what the person prefers, who else is looking.
import { create } from 'zustand'
import type { EventOf } from '#shared/ipc/contract.ts'
import type { DeskState, Preferences, SyncState } from '#shared/ipc/states.ts'
import { link } from '../bridge.ts'

interface States {
  /** Whether the core answers; false at the start and while it restarts. */
  connected: boolean
  /** Null until the core has spoken for the first time. */
  desk: DeskState | null
  sync: SyncState | null
  preferences: Preferences | null
  presence: EventOf<'presence'>['agents']
  /** Customers who are connected, where one looks. */
  customers: NonNullable<EventOf<'presence'>['customers']>
}

const useStates = create<States>(() => ({
  connected: false,
  desk: null,
  sync: null,
  preferences: null,
  presence: [],
  customers: [],
}))

/** Called once, by main.tsx. */
export function followCore(): void {
  link.onConnected(connected => useStates.setState({ connected }))
  link.on('desk', desk => useStates.setState({ desk }))
  link.on('sync', sync =>
    // Who is where is known only from a connection; the next one tells it anew (S24).
    useStates.setState(sync.phase === 'live' ? { sync } : { sync, presence: [], customers: [] }),
  )
  link.on('preferences', preferences => useStates.setState({ preferences }))
  link.on('presence', ({ agents, customers }) =>
    useStates.setState(customers ? { presence: agents, customers } : { presence: agents }),
  )
  link.start()
}

export const useConnected = (): boolean => useStates(states => states.connected)
export const useDesk = (): DeskState | null => useStates(states => states.desk)
export const useSync = (): SyncState | null => useStates(states => states.sync)
export const usePreferences = (): Preferences | null => useStates(states => states.preferences)
export const usePresence = (): States['presence'] => useStates(states => states.presence)
/** The customer of a conversation, while they are connected: undefined when they are not, or their channel does not know. */
export const useCustomerThere = (conversationId: string): States['customers'][number] | undefined =>
  useStates(({ customers }) => customers.find(each => each.conversationId === conversationId))
/** The agent who sits here; empty while nobody is signed in. */
export const useMyId = (): string => useStates(states => states.desk?.agentId ?? '')

/** Outside components, for a handler's moment. */
export const statesNow = (): States => useStates.getState()
export const onStates = useStates.subscribe
