import { z } from 'zod'
import { Id } from './base.ts'

/**
 * What a field is asked. Numbers and times are `before` and `after`; of tags, channels and addresses `is` means: has it. Of days counted from
 * today: `within` the last so many, `ahead` in the next so many, `longer-ago` than so many.
 */
export const Operator = z.enum([
  'is',
  'is-not',
  'one-of',
  'contains',
  'before',
  'after',
  'within',
  'ahead',
  'longer-ago',
  'empty',
  'filled',
])
export type Operator = z.infer<typeof Operator>

/** One question about a customer's field (rules/conditions.ts has the fields and what each may be asked). */
export const Condition = z.object({
  field: Id,
  operator: Operator,
  /** One for most, any number for `one-of`, none for `empty` and `filled`. */
  values: z.array(z.union([z.string().max(400), z.number()])).max(100),
})
export type Condition = z.infer<typeof Condition>

/** Conditions of one level: all of them hold, or any. None at all: everybody. */
export const Where = z.object({
  match: z.enum(['all', 'any']),
  conditions: z.array(Condition).max(20),
})
export type Where = z.infer<typeof Where>

/** Customers who answer some conditions, under a name. */
export const Segment = z.object({
  id: Id,
  name: z.string().trim().min(1).max(60),
  where: Where,
  /** Whose own it is, in their stream; null: the team's, in the workspace's. */
  agentId: Id.nullable(),
})
export type Segment = z.infer<typeof Segment>

export const everybody: Where = { match: 'all', conditions: [] }
