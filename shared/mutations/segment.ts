import { z } from 'zod'
import { Id } from '../model/base.ts'
import { key } from '../model/row.ts'
import { Segment } from '../model/segment.ts'
import { type Context, define, everyone, leads, refuse, type Verdict } from './mutation.ts'

/** Whose own segment it is may change and remove it; the team's are for those who lead it. */
const mayWrite = ({ agentId }: Segment, { agent }: Context): boolean =>
  agentId === null ? leads.includes(agent.role) : agentId === agent.id

/** Makes a segment or changes it, whole: of two who change the team's at once the later one stands. */
export const saveSegment = define({
  name: 'segment.save',
  args: Segment,
  roles: everyone,
  reads: args => [key('segment', args.id)],
  effect(rows, args, context): Verdict {
    const before = rows.get('segment', args.id)
    if (!mayWrite(args, context) || (before && !mayWrite(before, context))) return refuse('forbidden')
    // A row stays in its stream; another owner is another segment.
    if (before && before.agentId !== args.agentId) return refuse('not-possible')
    rows.put('segment', args)
    return undefined
  },
})

export const removeSegment = define({
  name: 'segment.remove',
  args: z.object({ id: Id }),
  roles: everyone,
  reads: args => [key('segment', args.id)],
  effect(rows, args, context): Verdict {
    const segment = rows.get('segment', args.id)
    if (!segment) return refuse('not-found')
    if (!mayWrite(segment, context)) return refuse('forbidden')
    rows.remove('segment', args.id)
    return undefined
  },
})
