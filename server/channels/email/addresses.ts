import { type Address, addressParser } from 'postal-mime'
import type { Mailbox } from '#shared/model/item.ts'
import { type Header, headerValue } from './mime/headers.ts'
import { LIMITS } from './mime/limits.ts'
import { cleanLine } from './text.ts'

/** The mailboxes of a header, groups opened, those without an address left out. */
export function mailboxes(headers: Header[], name: string): Mailbox[] {
  const found: Mailbox[] = []
  for (const header of headers) {
    if (header.name !== name || found.length >= LIMITS.addresses) continue
    for (const address of flat(parse(header.value.slice(0, LIMITS.addressBytes)))) {
      const mailbox = toMailbox(address)
      if (mailbox && found.length < LIMITS.addresses) found.push(mailbox)
    }
  }
  return found
}

/** The display name of a header that has no address in it: "From: Central Office". */
export function bareName(headers: Header[], name: string): string {
  const value = headerValue(headers, name)
  const first = value ? flat(parse(value.slice(0, LIMITS.addressBytes)))[0] : undefined
  return first ? cleanLine(first.name || first.address, 200) : ''
}

/** For comparison: without white space, in lower case (RFC 5321 allows case in the local part, nobody uses it). */
export function normalAddress(address: string): string {
  return address.trim().toLowerCase()
}

function parse(value: string): Address[] {
  try {
    return addressParser(withoutComments(value))
  } catch {
    return []
  }
}

/**
 * Beside `<a@b>` a parenthesis is a comment (RFC 5322 3.2.2), which may stand even inside the address; where there is no
 * `<` it is the only name there is ("a@b (Ann)"). One that never closes is a smile.
 */
function withoutComments(value: string): string {
  if (!value.includes('(') || !value.includes('<')) return value
  let out = ''
  let depth = 0
  let quoted = false
  for (let i = 0; i < value.length; i++) {
    const char = value[i]!
    if (char === '\\' && i + 1 < value.length) {
      if (depth === 0) out += char + value[i + 1]!
      i++
    } else if (depth === 0 && char === '"') {
      quoted = !quoted
      out += char
    } else if (!quoted && char === '(') depth++
    else if (!quoted && char === ')' && depth > 0) depth--
    else if (depth === 0) out += char
  }
  return depth === 0 ? out : value
}

function flat(addresses: Address[]): { name: string; address: string }[] {
  return addresses.flatMap(address => address.group ?? [address])
}

function toMailbox(from: { name: string; address: string }): Mailbox | null {
  const address = from.address.replace(/\s+/g, '').replace(/^[<'"]+|[>'"]+$/g, '')
  if (!/^([^@()<>,;:"\\]+|"[^"]*")@[^@()<>,;:"\\]+$/.test(address)) return null
  if (address.length > 320) return null
  return { name: cleanLine(from.name, 200).replace(/^['"]|['"]$/g, ''), address: cleanLine(address, 320) }
}
