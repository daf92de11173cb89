import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'
import { record } from './timeline.ts'

const Pair = z.object({
  /** Whose pointer changes. */
  id: Id,
  /** The one who stands for both. */
  into: Id,
  /** A conversation of `id`: the change is told there, wherever it is shown. */
  conversationId: Id,
  at: Instant,
})

const reads = (args: z.infer<typeof Pair>, by: { mutationId: Id }) => [
  key('customer', args.id),
  key('customer', args.into),
  key('conversation', args.conversationId),
  key('item', by.mutationId),
]

/**
 * Says that two customers are one person. One pointer (S26): nothing else is rewritten, so nothing has to be put back. Only
 * who stands for themselves can be merged, and only into such a one; so there is never a cycle, whatever two desks do at once.
 */
export const mergeCustomers = define({
  name: 'customer.merge',
  args: Pair,
  roles: everyone,
  reads,
  effect(rows, args, context): Verdict {
    const customer = rows.get('customer', args.id)
    const survivor = rows.get('customer', args.into)
    const conversation = rows.get('conversation', args.conversationId)
    if (!customer || !survivor || !conversation) return refuse('not-found')
    if (args.id === args.into || conversation.customerId !== args.id) return refuse('invalid')
    if (customer.mergedInto === args.into) return undefined
    if (customer.mergedInto || survivor.mergedInto) return refuse('not-possible')
    rows.put('customer', { ...customer, mergedInto: args.into, mergedAt: context.now })
    record(rows, conversation, { kind: 'merged', customerId: args.into }, args.at, context)
    return undefined
  },
})

/** Takes a merge back. Compare and set: refused when the customer is by now part of somebody else. */
export const unmergeCustomers = define({
  name: 'customer.unmerge',
  args: Pair,
  roles: everyone,
  reads,
  effect(rows, args, context): Verdict {
    const customer = rows.get('customer', args.id)
    const conversation = rows.get('conversation', args.conversationId)
    if (!customer || !conversation) return refuse('not-found')
    if (conversation.customerId !== args.id) return refuse('invalid')
    if (customer.mergedInto === null) return undefined
    if (customer.mergedInto !== args.into) return refuse('not-possible')
    const { mergedAt: _, ...alone } = customer
    rows.put('customer', { ...alone, mergedInto: null })
    record(rows, conversation, { kind: 'unmerged', customerId: args.into }, args.at, context)
    return undefined
  },
})

/** Says that two customers are not one person, so that they are not suggested any more; or takes that back. */
export const tellApart = define({
  name: 'customer.apart',
  args: z.object({ id: Id, other: Id, apart: z.boolean() }),
  roles: everyone,
  reads: args => [key('customer', args.id), key('customer', args.other)],
  effect(rows, { id, other, apart }): Verdict {
    if (id === other) return refuse('invalid')
    const pair = [rows.get('customer', id), rows.get('customer', other)]
    // Said of either: taken back of both.
    for (const [at, customer] of pair.entries()) {
      if (!customer) return refuse('not-found')
      const whom = at === 0 ? other : id
      const known = customer.apart ?? []
      if (apart ? at === 0 && !known.includes(whom) : known.includes(whom)) {
        const rest = known.filter(each => each !== whom)
        rows.put('customer', { ...customer, apart: apart ? [...rest, whom].slice(-200) : rest })
      }
    }
    return undefined
  },
})
