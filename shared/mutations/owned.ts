import { z } from 'zod'
import { Id } from '../model/base.ts'
import { type Doc, type Key, key } from '../model/row.ts'
import { type Context, leads, type Rows, refuse, type Verdict } from './mutation.ts'

/** Nouns of which some are the team's, and others an agent's own (`agentId`). */
export type Owned = 'segment' | 'macro' | 'savedView'

/** Whose own it is may change and remove it; the team's are for those who lead it. */
const mayWrite = ({ agentId }: Doc<Owned>, { agent }: Context): boolean =>
  agentId === null ? leads.includes(agent.role) : agentId === agent.id

const reads =
  (type: Owned) =>
  (args: { id: Id }): Key[] => [key(type, args.id)]

/** Makes one or changes it, whole: of two who change the team's at once the later one stands. */
export const saving = <T extends Owned>(type: T) => ({
  reads: reads(type),
  effect(rows: Rows, args: Doc<T>, context: Context): Verdict {
    const before = rows.get(type, args.id)
    if (!mayWrite(args, context) || (before && !mayWrite(before, context))) return refuse('forbidden')
    // A row stays in its stream; another owner is another row.
    if (before && before.agentId !== args.agentId) return refuse('not-possible')
    rows.put(type, args)
    return undefined
  },
})

export const removing = (type: Owned) => ({
  args: z.object({ id: Id }),
  reads: reads(type),
  effect(rows: Rows, { id }: { id: Id }, context: Context): Verdict {
    const there = rows.get(type, id)
    if (!there) return refuse('not-found')
    if (!mayWrite(there, context)) return refuse('forbidden')
    rows.remove(type, id)
    return undefined
  },
})
