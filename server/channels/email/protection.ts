/** What protects a mail, as its form says, and what the mail server that took it in says about its sender. */
import type { Mail } from '#shared/model/item.ts'
import type { Header } from './mime/headers.ts'
import type { Part } from './mime/tree.ts'

/** S/MIME (RFC 8551) and PGP (RFC 3156, RFC 9580). The hub holds no keys: it tells what it sees and proves nothing. */
export function protectionOf(root: Part, text: string): NonNullable<Mail['protection']> | null {
  const { value, params } = root.type
  const protocol = params.get('protocol')?.toLowerCase() ?? ''
  if (/^application\/(?:x-)?pkcs7-mime$/.test(value))
    return params.get('smime-type')?.toLowerCase().startsWith('signed') ? 'smime-signed' : 'smime-encrypted'
  if (value === 'multipart/signed') return protocol.includes('pgp') ? 'pgp-signed' : 'smime-signed'
  if (value === 'multipart/encrypted') return 'pgp-encrypted'
  if (/^-----BEGIN PGP MESSAGE-----$/m.test(text)) return 'pgp-encrypted'
  if (/^-----BEGIN PGP SIGNED MESSAGE-----$/m.test(text)) return 'pgp-signed'
  return null
}

/**
 * The word of the trusted receiver (RFC 8601) on DMARC: the topmost Authentication-Results with its name. Whoever sends a
 * mail can write such a header, too; a receiver removes those with its own name, and all others are not looked at. Null:
 * nobody is trusted, or says nothing.
 */
export function senderOf(headers: Header[], trusted: string): NonNullable<Mail['sender']> | null {
  if (trusted === '') return null
  for (const { name, value } of headers) {
    if (name !== 'authentication-results') continue
    const text = value.slice(0, 10_000)
    const server = /^\s*([^\s;]+)/.exec(text)?.[1]?.toLowerCase()
    if (server !== trusted.toLowerCase()) continue
    const result = /(?:^|[;\s])dmarc\s*=\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase()
    if (result === 'pass' || result === 'bestguesspass') return 'verified'
    return result === 'fail' ? 'unverified' : null
  }
  return null
}
