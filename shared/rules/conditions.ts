import { type CustomerField, customerFields, type FieldKind } from '../model/customer-field.ts'
import type { Condition, Operator } from '../model/segment.ts'
import type { Workspace } from '../model/workspace.ts'

/** What can be asked of a field depends on what its values are. */
export type ConditionKind =
  | 'text'
  /** Named by an id or a code: equal or not. */
  | 'choice'
  | 'number'
  /** `2026-11-22`. */
  | 'date'
  /** Milliseconds; asked by the day, whose beginning the condition holds. */
  | 'instant'
  /** Several ids. */
  | 'set'
  /** Several texts. */
  | 'texts'

/** A field that customers are chosen by: one of their own, or what the desk knows of them from elsewhere. */
export interface ConditionField {
  id: string
  kind: ConditionKind
  /** Absent: derived, see `Derived`. */
  field?: CustomerField
}

/** From identities and conversations, those of everybody who is one person together. */
export type Derived = 'lastActivity' | 'open' | 'channel' | 'address'

const derived: Record<Derived, ConditionKind> = {
  channel: 'set',
  address: 'texts',
  open: 'number',
  lastActivity: 'instant',
}

const kinds: Record<FieldKind, ConditionKind> = {
  text: 'text',
  'long-text': 'text',
  link: 'text',
  number: 'number',
  date: 'date',
  choice: 'choice',
  language: 'choice',
  'time-zone': 'choice',
  tags: 'set',
  instant: 'instant',
}

export const conditionFields = (workspace: Pick<Workspace, 'attributes'> | undefined): ConditionField[] => [
  ...customerFields(workspace).map(field => ({ id: field.id, kind: kinds[field.kind], field })),
  ...Object.entries(derived).map(([id, kind]) => ({ id, kind })),
]

const operators: Record<ConditionKind, readonly Operator[]> = {
  text: ['contains', 'is', 'is-not', 'one-of', 'empty', 'filled'],
  texts: ['contains', 'is', 'empty', 'filled'],
  choice: ['is', 'is-not', 'one-of', 'empty', 'filled'],
  set: ['is', 'is-not', 'one-of', 'empty', 'filled'],
  number: ['is', 'is-not', 'before', 'after', 'empty', 'filled'],
  date: ['is', 'before', 'after', 'within', 'ahead', 'longer-ago', 'empty', 'filled'],
  instant: ['is', 'before', 'after', 'within', 'longer-ago', 'empty', 'filled'],
}

/** What a field of a kind may be asked; the first is what one asks most. */
export const operatorsOf = (kind: ConditionKind): readonly Operator[] => operators[kind]

/** How many values a question has. */
export const valuesOf = (operator: Operator): 'none' | 'one' | 'many' =>
  operator === 'empty' || operator === 'filled' ? 'none' : operator === 'one-of' ? 'many' : 'one'

/** Whether the value is a number of days, counted from today. */
export const inDays = (operator: Operator): boolean =>
  operator === 'within' || operator === 'ahead' || operator === 'longer-ago'

/** Ten years. */
const MOST_DAYS = 3660

/** Whether a condition can be asked of a field: one that a later desk saved, or whose field is gone, cannot, and nobody answers it. */
export function fits({ operator, values }: Condition, kind: ConditionKind): boolean {
  if (!operators[kind].includes(operator)) return false
  const wanted = valuesOf(operator)
  if (wanted === 'none') return true
  if (wanted === 'one' ? values.length !== 1 : values.length === 0) return false
  if (inDays(operator)) {
    const [days] = values
    return Number.isInteger(days) && Number(days) > 0 && Number(days) <= MOST_DAYS
  }
  const type = kind === 'number' || kind === 'instant' ? 'number' : 'string'
  return values.every(value => typeof value === type)
}
