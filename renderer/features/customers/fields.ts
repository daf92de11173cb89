import { labelOf } from '#shared/model/customer-field.ts'
import { valueText } from '#shared/model/field-value.ts'
import { languageName, languages } from '#shared/model/language.ts'
import { timeZones } from '#shared/model/time-zone.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import { type ConditionField, conditionFields } from '#shared/rules/conditions.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { rowsNow, useLiveOne } from '../../store/live.ts'
import type { Option } from '../../ui/options.tsx'
import type { Vocabulary } from '../conditions/vocabulary.ts'
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

const vocabularies = new WeakMap<readonly ConditionField[], Vocabulary>()

/** What customers can be asked, in words. */
export function useCustomerVocabulary(): Vocabulary {
  const fields = useConditionFields()
  const made = vocabularies.get(fields) ?? {
    fields,
    fieldName,
    optionsOf,
    valueText: ({ field }, value) => (field ? valueText(field, value, languageNow()) : ''),
  }
  vocabularies.set(fields, made)
  return made
}
