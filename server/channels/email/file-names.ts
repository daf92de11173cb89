import { headerValue } from './mime/headers.ts'
import type { Part } from './mime/tree.ts'
import { decodeWords } from './mime/words.ts'
import { cleanLine } from './text.ts'

/** The sender's name for a file without any path, and without what could disguise its ending; null when it has none. */
export function givenName(part: Part): string | null {
  const raw = part.disposition.params.get('filename') ?? part.type.params.get('name')
  if (!raw) return null
  const line = cleanLine(decodeWords(raw), 1000).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
  const name = (line.split(/[\\/]/).findLast(piece => piece.trim() !== '') ?? '').trim()
  if (name === '' || name === '.' || name === '..') return null
  if (name.length <= 200) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  return (name.slice(0, 200 - ending.length) + ending).toWellFormed()
}

const ENDINGS: Record<string, string> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/x-vcard': 'vcf',
  'text/rfc822-headers': 'txt',
  'message/rfc822': 'eml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/pgp-signature': 'asc',
  'application/pkcs7-signature': 'p7s',
  'image/jpeg': 'jpg',
}

/** A name for a file that has none: from where it lay, from its subject, or by its number. */
export function defaultName(part: Part, number: number): string {
  const type = part.type.value
  const location = /([\w .-]{1,100}\.[a-z0-9]{1,8})$/i.exec(
    headerValue(part.headers, 'content-location') ?? '',
  )?.[1]
  if (location) return location.trim()
  const child = part.children[0]
  const subject = child ? cleanLine(decodeWords(headerValue(child.headers, 'subject') ?? ''), 100) : ''
  const ending =
    ENDINGS[type] ?? (/^(image|audio|video)\/[a-z0-9]{2,5}$/.test(type) ? type.split('/')[1]! : 'bin')
  return `${subject.replace(/[\\/:*?"<>|]/g, '_') || `attachment-${number}`}.${ending}`
}
