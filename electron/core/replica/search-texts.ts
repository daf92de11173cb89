import type { AttributeValue } from '#shared/model/attribute.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item, Mailbox } from '#shared/model/item.ts'
import { typedForms } from '#shared/rules/pinyin.ts'

/**
 * What an item can be found by, in the order in which a snippet is looked for. The first item of a conversation also
 * stands for what the others repeat: who writes to whom, and what was quoted that nobody here may have seen.
 */
export function itemTexts({ text, subject, attachments, quoted, mail, direction, seq }: Item): string[] {
  const texts = [text, subject, ...attachments.map(file => file.name)]
  const isFirst = seq <= 1
  if (isFirst && quoted) texts.push(quoted)
  if (!mail) return texts
  const others: Mailbox[] = [...mail.cc]
  // Our own address is on every item.
  if (isFirst && direction === 'in' && mail.from) others.push(mail.from)
  if (isFirst && direction === 'out') others.push(...mail.to)
  for (const { name, address } of others) texts.push(name, address)
  return texts
}

/** What of a customer can be found and shown. */
export const customerTexts = (customer: Customer, identities: readonly Identity[]): string[] => [
  customer.name,
  ...identities.flatMap(({ name, address }) => (name === customer.name ? [address] : [name, address])),
  customer.company,
  customer.note,
  ...Object.values(customer.attributes ?? {}).filter(isWords),
]

/** Not of an option, which is known by an id, nor a number or a day: those are asked for by conditions. */
const isWords = (value: AttributeValue): value is string =>
  typeof value === 'string' && !/^(?:[\da-f]{8}-[\da-f-]{27}|\d{4}-\d\d-\d\d)$/.test(value)

/** All that a customer can be found by: also their Chinese names as they are typed. */
export const customerForms = (customer: Customer, identities: readonly Identity[]): string[] => [
  ...customerTexts(customer, identities),
  ...[...new Set([customer.name, ...identities.map(({ name }) => name)])].map(typedForms).filter(Boolean),
]
