/**
 * Every field of a customer, built in and defined by an administrator, with its kind, its label and how one typed value of it is
 * read and checked. The panel, the mutations, bulk edit, segments and CSV all go by this list.
 */
import type { Attribute, AttributeLabel, AttributeValue, Choice } from './attribute.ts'
import type { Id } from './base.ts'
import type { Customer } from './customer.ts'
import type { Workspace } from './workspace.ts'

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'number'
  | 'date'
  | 'choice'
  | 'link'
  | 'language'
  | 'time-zone'
  | 'tags'
  | 'instant' // not edited: milliseconds since 1970

export interface CustomerField {
  /** The property of `Customer`, or the id of the attribute. */
  id: Id
  kind: FieldKind
  label: AttributeLabel
  /** Whether it is an attribute of the workspace: its value is in `customer.attributes` and changed by `customer.attribute`. */
  custom: boolean
  archived: boolean
  options: readonly Choice[]
  /** Bounds of a number. */
  min: number | null
  max: number | null
  /** Of a text; characters. */
  longest: number
}

/** Null: it has none. Tags are their ids; an instant is milliseconds. */
export type FieldValue = AttributeValue | readonly Id[] | null

const LONGEST_TEXT = 500

const own = (id: keyof Customer, kind: FieldKind, en: string, zh: string, longest = 0): CustomerField => ({
  ...{ id, kind, label: { en, zh }, longest },
  ...{ custom: false, archived: false, options: [], min: null, max: null },
})

/** What every customer has, in the order it is shown. */
export const builtInFields: readonly CustomerField[] = [
  own('name', 'text', 'Name', '姓名', 200),
  own('company', 'text', 'Company', '公司', 200),
  own('tier', 'text', 'Tier', '级别', 40),
  own('language', 'language', 'Language', '语言', 35),
  own('timeZone', 'time-zone', 'Time zone', '时区', 60),
  own('tagIds', 'tags', 'Tags', '标签'),
  own('note', 'long-text', 'Note', '备注', 20_000),
  own('createdAt', 'instant', 'Customer since', '成为客户'),
]

export const fieldOfAttribute = ({ id, kind, label, ...rest }: Attribute): CustomerField => ({
  ...{ id, kind, label, custom: true, archived: rest.archived ?? false, options: rest.options ?? [] },
  ...{ min: rest.min ?? null, max: rest.max ?? null, longest: kind === 'link' ? 2000 : LONGEST_TEXT },
})

/** All that can be shown: the built-in ones, then the workspace's that are not archived. */
export const customerFields = (workspace: Pick<Workspace, 'attributes'> | undefined): CustomerField[] => [
  ...builtInFields,
  ...(workspace?.attributes ?? []).filter(({ archived }) => !archived).map(fieldOfAttribute),
]

/** A field's name in the desk's language; the other one where there is none. */
export const labelOf = ({ label }: Pick<CustomerField, 'label'>, language: string): string =>
  language.startsWith('zh') ? label.zh || label.en : label.en || label.zh

export function fieldValue(field: CustomerField, customer: Customer): FieldValue {
  if (field.custom) return customer.attributes?.[field.id] ?? null
  if (field.kind === 'tags') return customer.tagIds ?? []
  const value = customer[field.id as 'name' | 'createdAt']
  return value === '' ? null : value
}
