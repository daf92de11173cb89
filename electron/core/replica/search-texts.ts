import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item, Mailbox } from '#shared/model/item.ts'

/** What an item can be found by, in the order in which a snippet is looked for. */
export function itemTexts(item: Item): string[] {
  const texts = [item.text, item.subject, ...item.attachments.map(file => file.name)]
  // Later items repeat what is in the timeline already; the first one may quote what nobody here has seen.
  if (item.seq <= 1 && item.quoted) texts.push(item.quoted)
  if (item.mail) texts.push(...addressesOf(item))
  return texts
}

/** The other side's names and addresses: our own are on every item. */
function addressesOf({ mail, direction }: Item): string[] {
  const mailboxes: Mailbox[] = [...mail!.cc]
  if (direction === 'in' && mail!.from) mailboxes.push(mail!.from)
  if (direction === 'out') mailboxes.push(...mail!.to)
  return mailboxes.flatMap(({ name, address }) => [name, address])
}

/** What a customer can be found by. */
export const customerTexts = (customer: Customer, identities: readonly Identity[]): string[] => [
  customer.name,
  ...identities.flatMap(({ name, address }) => (name === customer.name ? [address] : [name, address])),
  customer.company,
  customer.note,
]
