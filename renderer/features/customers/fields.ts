// What customers can be asked, in words: fields, operators, values.
import { labelOf } from '#shared/model/customer-field.ts'
import { valueText } from '#shared/model/field-value.ts'
import { languageName, languages } from '#shared/model/language.ts'
import type { Condition, Operator } from '#shared/model/segment.ts'
import { timeZones } from '#shared/model/time-zone.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import {
  type ConditionField,
  type ConditionKind,
  conditionFields,
  inDays,
  valuesOf,
} from '#shared/rules/conditions.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { rowsNow, useLiveOne } from '../../store/live.ts'
import { dateText } from '../../ui/time.ts'
import { words } from './words.ts'

const made = new WeakMap<object, readonly ConditionField[]>()
const builtIn = conditionFields(undefined)

const fieldsOf = (workspace: Workspace | undefined): readonly ConditionField[] => {
  if (!workspace) return builtIn
  const fields = made.get(workspace) ?? conditionFields(workspace)
  made.set(workspace, fields)
  return fields
}

export const useConditionFields = (): readonly ConditionField[] => fieldsOf(useLiveOne('workspace', {}))

const derived = { channel: 'field-channel', address: 'field-address', open: 'field-open' } as const

export function fieldName({ id, field }: ConditionField): string {
  if (field) return labelOf(field, languageNow())
  return say(words, derived[id as keyof typeof derived] ?? 'field-activity')
}

/** An operator as one says it of a kind: a number is less, a day before. */
export function operatorName(operator: Operator, kind: ConditionKind): string {
  if (kind === 'number' && (operator === 'before' || operator === 'after'))
    return say(words, `number-${operator}`)
  if (kind === 'set' && (operator === 'is' || operator === 'is-not')) return say(words, `set-${operator}`)
  return say(words, `op-${operator}`)
}

export interface Option {
  value: string
  label: string
  also?: string[]
}

/** What can be chosen from, of fields whose values are names for something. */
export function optionsOf({ id, field }: ConditionField): Option[] | null {
  const language = languageNow()
  if (id === 'channel')
    return rowsNow('channels', {}).map(({ id: value, label }) => ({
      value,
      label: language === 'en' ? label.en : label.zh,
    }))
  switch (field?.kind) {
    case 'tags':
      return rowsNow('tags', {}).map(({ id: value, name }) => ({ value, label: name }))
    case 'choice':
      return field.options.map(({ id: value, name }) => ({ value, label: name }))
    case 'language':
      return languages.map(value => ({ value, label: languageName(value, language), also: [value] }))
    case 'time-zone':
      return timeZones().map(value => ({ value, label: value.replaceAll('_', ' ') }))
    default:
      return null
  }
}

export function valueName(field: ConditionField, operator: Operator, value: string | number): string {
  if (inDays(operator)) return say(words, 'days', { count: Number(value) })
  const option = optionsOf(field)?.find(each => each.value === value)
  if (option) return option.label
  if (field.kind === 'instant') return dateText(value as number)
  if (field.kind === 'date') return dateText(Date.parse(`${value}T12:00:00`))
  return field.field ? valueText(field.field, value, languageNow()) || String(value) : String(value)
}

/** A condition in the words of a chip: field, operator, values. */
export function told(
  { operator, values }: Condition,
  field: ConditionField,
): { field: string; operator: string; values: string } {
  return {
    field: fieldName(field),
    operator: operatorName(operator, field.kind),
    values:
      valuesOf(operator) === 'none'
        ? ''
        : values.map(value => valueName(field, operator, value)).join(say(words, 'or-between')),
  }
}
