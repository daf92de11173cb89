import { useAgents } from '../../store/directory.ts'
import { useMyId } from '../../store/states.ts'

/** Whether this person may set up inboxes; the hub decides all the same. */
export const useMaySetUp = (): boolean => useAgents().get(useMyId())?.role === 'administrator'
