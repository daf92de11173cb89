// What can be asked, in words: fields, operators, values. Customers have one vocabulary, conversations another.
import type { Condition, Operator } from '#shared/model/segment.ts'
import { type ConditionField, type ConditionKind, inDays, valuesOf } from '#shared/rules/conditions.ts'
import { say } from '../../app/i18n.ts'
import type { Option } from '../../ui/options.tsx'
import { dateText } from '../../ui/time.ts'
import { words } from './words.ts'

export interface Vocabulary {
  fields: readonly ConditionField[]
  fieldName(field: ConditionField): string
  /** What can be chosen from, of fields whose values are names for something. */
  optionsOf(field: ConditionField): Option[] | null
  /** A value that is not among options nor a day; absent: as it is. */
  valueText?(field: ConditionField, value: string | number): string
}

/** An operator as one says it of a kind: a number is less, a day before. */
export function operatorName(operator: Operator, kind: ConditionKind): string {
  if (kind === 'number' && (operator === 'before' || operator === 'after'))
    return say(words, `number-${operator}`)
  if (kind === 'set' && (operator === 'is' || operator === 'is-not')) return say(words, `set-${operator}`)
  return say(words, `op-${operator}`)
}

function valueName(
  { optionsOf, valueText }: Vocabulary,
  field: ConditionField,
  operator: Operator,
  value: string | number,
): string {
  if (inDays(operator)) return say(words, 'days', { count: Number(value) })
  const option = optionsOf(field)?.find(each => each.value === value)
  if (option) return option.label
  if (field.kind === 'instant') return dateText(value as number)
  if (field.kind === 'date') return dateText(Date.parse(`${value}T12:00:00`))
  return valueText?.(field, value) || String(value)
}

/** A condition in the words of a chip: field, operator, values. */
export function told(
  { operator, values }: Condition,
  field: ConditionField,
  vocabulary: Vocabulary,
): { field: string; operator: string; values: string } {
  return {
    field: vocabulary.fieldName(field),
    operator: operatorName(operator, field.kind),
    values:
      valuesOf(operator) === 'none'
        ? ''
        : values.map(value => valueName(vocabulary, field, operator, value)).join(say(words, 'or-between')),
  }
}
