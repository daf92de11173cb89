import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Customer } from '../model/customer.ts'
import { key } from '../model/row.ts'
import { define, everyone, refuse, type Verdict } from './mutation.ts'

/** Changes some fields of a profile. Only the fields named are touched, so two agents' edits do not eat each other. */
export const editCustomer = define({
  name: 'customer.edit',
  args: z.object({
    id: Id,
    set: Customer.pick({
      name: true,
      company: true,
      language: true,
      timeZone: true,
      tier: true,
      note: true,
    }).partial(),
  }),
  roles: everyone,
  reads: args => [key('customer', args.id)],
  effect(rows, args): Verdict {
    const customer = rows.get('customer', args.id)
    if (!customer) return refuse('not-found')
    const set = Object.fromEntries(Object.entries(args.set).filter(([, value]) => value !== undefined))
    rows.put('customer', { ...customer, ...set })
    return undefined
  },
})
