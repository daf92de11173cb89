import type { Id } from '#shared/model/base.ts'
import { leads } from '#shared/mutations/mutation.ts'
import { useAgents } from './directory.ts'
import { useMyId } from './states.ts'

/** Whether the person here leads the team. */
export function useLeads(): boolean {
  const me = useAgents().get(useMyId())
  return me !== undefined && leads.includes(me.role)
}

/** Whether they may change what somebody owns: their own, or as one who leads the team's (mutations/owned.ts). */
export function useMayWrite(): (owned: { agentId: Id | null }) => boolean {
  const isLead = useLeads()
  const me = useMyId()
  return ({ agentId }) => (agentId === null ? isLead : agentId === me)
}
