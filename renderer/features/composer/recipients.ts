import type { Item, Mailbox } from '#shared/model/item.ts'

/** `Name <address>` or a bare address, as people type and paste them; null: no address can be read in it. */
export function parseMailbox(text: string): Mailbox | null {
  const trimmed = text.trim().replace(/[;,]+$/u, '')
  const angled = /^(.*?)\s*<([^<>]+)>$/u.exec(trimmed)
  const address = (angled?.[2] ?? trimmed).trim()
  if (!isAddress(address)) return null
  const name = (angled?.[1] ?? '').trim().replace(/^"(.*)"$/u, '$1')
  return { name, address: address.toLowerCase() }
}

/**
 * Looks like an address that mail can go to. Not RFC 5322 in full: quoted local parts and address literals are left out, for they are
 * almost always a slip of the hand.
 */
export const isAddress = (text: string): boolean =>
  text.length <= 320 &&
  /^[^\s@<>()[\]\\,;:"]+@(?:[^\s@<>()[\]\\,;:".]+\.)+[^\s@<>()[\]\\,;:".]{2,}$/u.test(text) &&
  !/^\.|\.\.|\.@/u.test(text)

/** Splits what was typed or pasted into one field. A comma inside a quoted name does not part two mailboxes. */
export const splitMailboxes = (text: string): string[] =>
  (text.match(/(?:"[^"]*"|[^,;\n"])+/gu) ?? []).map(part => part.trim()).filter(Boolean)

/**
 * Who else gets the answer: everybody the customer's latest mail was also addressed to, without ourselves and without the one who is
 * answered. Nobody, where we are not named ourselves: an address among them may well be another name of this inbox, and an answer to
 * it would come back. Nobody either where a machine wrote.
 */
export function copiesOf(latest: Item | undefined, to: string, own: readonly string[]): Mailbox[] {
  if (latest?.mail?.automatic !== 'no') return []
  const ours = new Set(own.map(address => address.toLowerCase()))
  const all = [...latest.mail.to, ...latest.mail.cc]
  if (!all.some(({ address }) => ours.has(address.toLowerCase()))) return []
  const seen = new Set([to.toLowerCase(), ...ours])
  return all.filter(({ address }) => {
    const known = address.toLowerCase()
    if (!isAddress(known) || seen.has(known)) return false
    seen.add(known)
    return true
  })
}
