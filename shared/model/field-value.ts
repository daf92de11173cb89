/** One value of a customer's field: read from what somebody typed or pasted, checked, and shown. */
import type { CustomerField, FieldValue } from './customer-field.ts'
import { languageName, languageOf } from './language.ts'
import { timeZoneOf } from './time-zone.ts'

/** Why a value does not fit its field. The renderer has a sentence for each kind in both languages. */
export type FieldProblem =
  | { kind: 'too-long'; limit: number }
  | { kind: 'not-a-number' }
  | { kind: 'too-small'; limit: number }
  | { kind: 'too-large'; limit: number }
  | { kind: 'not-a-date' }
  | { kind: 'not-a-choice' }
  | { kind: 'not-a-link' }
  | { kind: 'not-a-language' }
  | { kind: 'not-a-time-zone' }
  | { kind: 'not-typed' } // tags and instants are not set by typing one value

export type ReadValue = { ok: true; value: FieldValue } | { ok: false; problem: FieldProblem }

type Read = (text: string, field: CustomerField) => string | number | FieldProblem

/** `1,234.5` and `１２３４`; a comma elsewhere than between thousands is nobody's certain meaning. */
const readNumber: Read = text => {
  const plain = text.normalize('NFKC').replaceAll(/\s/gu, '')
  if (!/^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/u.test(plain)) return { kind: 'not-a-number' }
  const value = Number(plain.replaceAll(',', ''))
  return Number.isFinite(value) ? value : { kind: 'not-a-number' }
}

/** `2026-11-22`, `2026/11/22`, `2026年11月22日`, `22.11.2026`. Not `11/12/2026`, which is two days. */
const readDate: Read = text => {
  const plain = text.normalize('NFKC').trim()
  const found =
    /^(?<y>\d{4})(?:[-/.]|\s*年\s*)(?<m>\d{1,2})(?:[-/.]|\s*月\s*)(?<d>\d{1,2})\s*日?$/u.exec(plain) ??
    /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/u.exec(plain)
  const { y = '', m = '', d = '' } = found?.groups ?? {}
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  return isDate(date) ? date : { kind: 'not-a-date' }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  // 30 February would become a day of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

const isLink = (text: string): boolean =>
  /^https:\/\/[^\s/?#@\\]+\.[^\s/?#@\\.]{2,}(?:[/?#][^\s\p{Cc}]*)?$/iu.test(text)

const readLink: Read = text => {
  const link = /^[a-z][a-z\d+.-]*:/iu.test(text) ? text : `https://${text}`
  return isLink(link) ? link : { kind: 'not-a-link' }
}

const same = (one: string, other: string): boolean =>
  one.normalize('NFKC').trim().toLowerCase() === other.normalize('NFKC').trim().toLowerCase()

const readChoice: Read = (text, { options }) => {
  const offered = options.filter(({ archived }) => !archived)
  const found = offered.find(({ id }) => id === text) ?? offered.find(({ name }) => same(name, text))
  return found?.id ?? { kind: 'not-a-choice' }
}

const readers: Record<CustomerField['kind'], Read> = {
  text: text => text.replaceAll(/\s+/gu, ' '),
  'long-text': text => text,
  number: readNumber,
  date: readDate,
  choice: readChoice,
  link: readLink,
  language: text => languageOf(text) ?? { kind: 'not-a-language' },
  'time-zone': text => timeZoneOf(text) ?? { kind: 'not-a-time-zone' },
  tags: () => ({ kind: 'not-typed' }),
  instant: () => ({ kind: 'not-typed' }),
}

/** What somebody typed, or what stands in a cell of a table, as the field's value. Empty is none. */
export function readValue(field: CustomerField, typed: string): ReadValue {
  const text = typed.trim()
  if (text === '') return { ok: true, value: null }
  const value = readers[field.kind](text, field)
  if (typeof value === 'object') return { ok: false, problem: value }
  const problem = problemOf(field, value)
  return problem ? { ok: false, problem } : { ok: true, value }
}

/** What is wrong with a value of the stored form; null: nothing. The rule that the hub keeps, too. */
export function problemOf(field: CustomerField, value: string | number): FieldProblem | null {
  const { kind, longest, options, min, max } = field
  if (kind === 'number') {
    if (typeof value !== 'number') return { kind: 'not-a-number' }
    if (min !== null && value < min) return { kind: 'too-small', limit: min }
    if (max !== null && value > max) return { kind: 'too-large', limit: max }
    return null
  }
  if (typeof value !== 'string') return { kind: 'not-typed' }
  if (kind === 'date') return isDate(value) ? null : { kind: 'not-a-date' }
  if (kind === 'choice')
    return options.some(({ id, archived }) => id === value && !archived) ? null : { kind: 'not-a-choice' }
  if (kind === 'link' && !isLink(value)) return { kind: 'not-a-link' }
  if (kind === 'tags' || kind === 'instant') return { kind: 'not-typed' }
  return value.length > longest ? { kind: 'too-long', limit: longest } : null
}

/**
 * A value for people: the choice's name, the language's. What `readValue` understands again, except of tags, whose names the
 * caller knows, and instants.
 */
export function valueText(field: CustomerField, value: FieldValue, language: string): string {
  if (value === null) return ''
  if (typeof value === 'object') return value.join(', ')
  if (field.kind === 'choice') return field.options.find(({ id }) => id === value)?.name ?? ''
  if (field.kind === 'language') return languageName(String(value), language)
  return String(value)
}
