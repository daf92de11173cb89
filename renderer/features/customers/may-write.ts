import type { Segment } from '#shared/model/segment.ts'
import { leads } from '#shared/mutations/mutation.ts'
import { useAgents } from '../../store/directory.ts'
import { useMyId } from '../../store/states.ts'

/** Whether the person here leads the team. */
export function useLeads(): boolean {
  const me = useAgents().get(useMyId())
  return me !== undefined && leads.includes(me.role)
}

/** Whether they may change a segment: their own, or as one who leads the team's. */
export function useMayWrite(): (segment: Segment) => boolean {
  const isLead = useLeads()
  const me = useMyId()
  return ({ agentId }) => (agentId === null ? isLead : agentId === me)
}
