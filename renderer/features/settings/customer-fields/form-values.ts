// What stands in the form of a field, read and checked: a whole attribute, or what is wrong and where.
import type { Attribute, AttributeKind, Choice } from '#shared/model/attribute.ts'
import { fieldOfAttribute } from '#shared/model/customer-field.ts'
import { readValue } from '#shared/model/field-value.ts'

export interface FormValues {
  kind: AttributeKind
  en: string
  zh: string
  min: string
  max: string
  identifies: boolean
  options: readonly Choice[]
}

export const valuesOf = (attribute: Attribute | null): FormValues => ({
  kind: attribute?.kind ?? 'text',
  en: attribute?.label.en ?? '',
  zh: attribute?.label.zh ?? '',
  min: String(attribute?.min ?? ''),
  max: String(attribute?.max ?? ''),
  identifies: attribute?.identifies ?? false,
  options: attribute?.options ?? [],
})

export type Wrong = 'label-wrong' | 'bound-wrong' | 'bounds-wrong' | 'options-wrong' | 'option-twice'

const number = fieldOfAttribute({ id: 'bound', kind: 'number', label: { en: '', zh: '' } })

/** Undefined: not a number. Null: none. */
function boundOf(text: string): number | null | undefined {
  const read = readValue(number, text)
  return read.ok ? (read.value as number | null) : undefined
}

/** @param id of the attribute, new or there already */
export function read(values: FormValues, id: string): { attribute: Attribute } | { wrong: Wrong } {
  const { kind } = values
  const label = { en: values.en.trim(), zh: values.zh.trim() }
  if (label.en === '' && label.zh === '') return { wrong: 'label-wrong' }
  if (kind === 'number') {
    const [min, max] = [boundOf(values.min), boundOf(values.max)]
    if (min === undefined || max === undefined) return { wrong: 'bound-wrong' }
    if (min !== null && max !== null && min > max) return { wrong: 'bounds-wrong' }
    return { attribute: { id, kind, label, min, max } }
  }
  const identifies = kind === 'text' && values.identifies ? { identifies: true } : {}
  if (kind !== 'choice') return { attribute: { id, kind, label, ...identifies } }
  const options = values.options
    .map(option => ({ ...option, name: option.name.trim() }))
    .filter(({ name }) => name !== '')
  if (options.every(({ archived }) => archived)) return { wrong: 'options-wrong' }
  const names = options.map(({ name }) => name.normalize('NFKC').toLowerCase())
  if (new Set(names).size < names.length) return { wrong: 'option-twice' }
  return { attribute: { id, kind, label, options } }
}
