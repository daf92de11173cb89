import { z } from 'zod'
import { AttributeValue } from '../model/attribute.ts'
import { Id } from '../model/base.ts'
import { ConsentWay } from '../model/consent.ts'
import { Customer } from '../model/customer.ts'
import { fieldOfAttribute } from '../model/customer-field.ts'
import { problemOf } from '../model/field-value.ts'
import { key } from '../model/row.ts'
import { mergeLines } from '../rules/merge-lines.ts'
import { type Context, define, everyone, refuse, type Verdict } from './mutation.ts'

const Typed = Customer.pick({
  name: true,
  company: true,
  language: true,
  timeZone: true,
  tier: true,
  note: true,
}).partial()
type Typed = keyof typeof Typed.shape

const LONGEST_NOTE = 20_000

/**
 * Changes fields of a profile. Only the fields named are touched, so edits of different fields never eat each other. With
 * `seen`, what the author had before them, a field that became something else meanwhile is not replaced unseen: notes are
 * joined, of the others the change is refused whole (`changed`, with who changed which field).
 */
export const editCustomer = define({
  name: 'customer.edit',
  args: z.object({ id: Id, set: Typed, seen: Typed.optional() }),
  roles: everyone,
  reads: args => [key('customer', args.id)],
  effect(rows, args, context): Verdict {
    const customer = rows.get('customer', args.id)
    if (!customer) return refuse('not-found')
    let next = customer
    for (const field of Object.keys(args.set) as Typed[]) {
      let value = args.set[field]
      const seen = args.seen?.[field]
      if (value === undefined || value === customer[field]) continue
      if (seen !== undefined && seen !== customer[field]) {
        if (field !== 'note') return changed(customer, field)
        value = mergeLines(seen, customer.note, value, context.agent.name)
        if (value.length > LONGEST_NOTE) return changed(customer, field)
      }
      next = edited({ ...next, [field]: value }, field, context)
    }
    if (next !== customer) rows.put('customer', next)
    return undefined
  },
  keeps({ id, set }) {
    const [[field, mine] = [], ...others] = Object.entries(set)
    return { customerId: id, ...(field && others.length === 0 ? { field, mine: mine ?? '' } : {}) }
  },
})

/**
 * Gives a customer a value of an attribute that the workspace defines, or takes it away (null). Refused when it does not fit
 * (`wrong-value`, with what is wrong), or when `seen` is given and it became something else meanwhile (`changed`).
 */
export const setAttribute = define({
  name: 'customer.attribute',
  args: z.object({
    id: Id,
    workspaceId: Id,
    attributeId: Id,
    value: AttributeValue.nullable(),
    seen: AttributeValue.nullable().optional(),
  }),
  roles: everyone,
  reads: args => [key('customer', args.id), key('workspace', args.workspaceId)],
  onlyReads: ['workspace'],
  effect(rows, args, context): Verdict {
    const { attributeId, value, seen } = args
    const customer = rows.get('customer', args.id)
    const workspace = rows.get('workspace', args.workspaceId)
    const attribute = workspace?.attributes?.find(({ id }) => id === attributeId)
    if (!customer || !attribute) return refuse('not-found')
    const stands = customer.attributes?.[attributeId] ?? null
    if (stands === value) return undefined
    if (attribute.archived) return refuse('not-possible')
    const problem = value === null ? null : problemOf(fieldOfAttribute(attribute), value)
    if (problem)
      return refuse('wrong-value', {
        problem: problem.kind,
        ...('limit' in problem ? { limit: String(problem.limit) } : {}),
      })
    if (seen !== undefined && seen !== stands) return changed(customer, attributeId)
    const { [attributeId]: _before, ...others } = customer.attributes ?? {}
    const attributes = value === null ? others : { ...others, [attributeId]: value }
    rows.put('customer', edited({ ...customer, attributes }, attributeId, context))
    return undefined
  },
  keeps: ({ id, workspaceId, attributeId, value }) => ({
    ...{ customerId: id, workspaceId, field: attributeId },
    ...(value === null ? {} : { mine: String(value), kind: typeof value }),
  }),
})

const Tagging = z.object({ id: Id, tagId: Id })
const tagging = (args: z.infer<typeof Tagging>) => [key('customer', args.id), key('tag', args.tagId)]

export const tagCustomer = define({
  name: 'customer.tag',
  args: Tagging,
  roles: everyone,
  reads: tagging,
  onlyReads: ['tag'],
  effect(rows, args): Verdict {
    const customer = rows.get('customer', args.id)
    if (!customer || !rows.get('tag', args.tagId)) return refuse('not-found')
    const tagIds = customer.tagIds ?? []
    if (!tagIds.includes(args.tagId)) rows.put('customer', { ...customer, tagIds: [...tagIds, args.tagId] })
    return undefined
  },
  keeps: ({ id }) => ({ customerId: id }),
})

export const untagCustomer = define({
  name: 'customer.untag',
  args: Tagging,
  roles: everyone,
  reads: tagging,
  onlyReads: ['tag'],
  effect(rows, args): Verdict {
    const customer = rows.get('customer', args.id)
    if (!customer) return refuse('not-found')
    const tagIds = (customer.tagIds ?? []).filter(id => id !== args.tagId)
    if (tagIds.length !== (customer.tagIds ?? []).length) rows.put('customer', { ...customer, tagIds })
    return undefined
  },
  keeps: ({ id }) => ({ customerId: id }),
})

/** Notes what a customer said about being approached by one way. By whom and when is the hub's to say, not the arguments'. */
export const setConsent = define({
  name: 'customer.consent',
  args: z.object({
    id: Id,
    way: ConsentWay,
    /** `unknown` takes back what was noted. */
    state: z.enum(['given', 'refused', 'unknown']),
    how: z.string().trim().max(200),
  }),
  roles: everyone,
  reads: args => [key('customer', args.id)],
  effect(rows, { id, way, state, how }, { agent, now }): Verdict {
    const customer = rows.get('customer', id)
    if (!customer) return refuse('not-found')
    const { [way]: _before, ...others } = customer.consents ?? {}
    const noted = state === 'unknown' ? {} : { [way]: { state, how, at: now, agentId: agent.id } }
    rows.put('customer', { ...customer, consents: { ...others, ...noted } })
    return undefined
  },
  keeps: ({ id }) => ({ customerId: id }),
})

const edited = (customer: Customer, field: string, { agent, now }: Context): Customer => ({
  ...customer,
  edited: { ...customer.edited, [field]: { agentId: agent.id, at: now } },
})

/** Something else stands there than the author had seen. */
function changed({ edited }: Customer, field: string): Verdict {
  const by = edited?.[field]?.agentId
  return refuse('changed', { field, ...(by ? { agentId: by } : {}) })
}
