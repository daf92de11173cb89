import { createHash } from 'node:crypto'
import { mailboxes } from './addresses.ts'
import { defaultName, givenName } from './file-names.ts'
import { decodeBytes, knowsCharset } from './mime/charset.ts'
import { type Header, headerValue } from './mime/headers.ts'
import { LIMITS } from './mime/limits.ts'
import { decodeUuencoded } from './mime/transfer.ts'
import type { Part } from './mime/tree.ts'
import { decodeWords } from './mime/words.ts'
import { cleanLine, cleanText, escapeHtml, type HtmlBudget, htmlBudget, htmlToText, unflow } from './text.ts'

export type BodyProblem =
  | 'unknown-charset'
  | 'bad-charset'
  | 'too-many-attachments'
  | 'text-cut'
  | 'html-too-large'
  | 'no-text'

export type ParsedAttachment = {
  name: string
  type: string
  size: number
  sha256: string
  /** Content-ID that the HTML refers to; null: an ordinary attachment. */
  contentId: string | null
  bytes: Uint8Array
}

export type Body = {
  text: string
  html: string | null
  attachments: ParsedAttachment[]
  /** message/delivery-status parts (RFC 3464) as text. */
  deliveryStatus: string[]
  /** Header of the message that a report returns. */
  returned: Header[] | null
}

/** A piece of the body in one or two forms; the pieces of a mail stand one below the other. */
type Piece = { plain: string | null; html: string | null }

type Gathered = {
  files: { part: Part; name: string; bytes: Uint8Array }[]
  deliveryStatus: string[]
  returned: Header[] | null
  problems: Set<BodyProblem>
  html: HtmlBudget
}

/** What a person reads and opens of a mail, from its tree of parts. */
export function readBody(root: Part, problems: Set<BodyProblem>): Body {
  const gathered: Gathered = { files: [], deliveryStatus: [], returned: null, problems, html: htmlBudget() }
  const pieces = gather(root, gathered, false)
  const html = joinHtml(pieces, gathered, root)
  const referred = html === null ? new Set<string>() : contentIds(html)
  if (gathered.files.length > LIMITS.attachments) problems.add('too-many-attachments')
  const text = joinText(pieces, gathered) || gathered.deliveryStatus.join('\n\n').trim()
  if (text.trim() === '') problems.add('no-text')
  return {
    text,
    html,
    attachments: gathered.files.slice(0, LIMITS.attachments).map(file => toAttachment(file, referred)),
    deliveryStatus: gathered.deliveryStatus,
    returned: gathered.returned,
  }
}

function gather(part: Part, into: Gathered, report: boolean): Piece[] {
  const type = part.type.value
  if (type === 'multipart/alternative') return alternative(part, into, report)
  if (type.startsWith('multipart/')) {
    const inReport = report || type === 'multipart/report'
    return part.children.flatMap(child => gather(child, into, inReport))
  }
  if (type === 'message/rfc822' || type === 'message/global') return embedded(part, into, report)
  if (type === 'message/delivery-status' || type === 'message/global-delivery-status') {
    into.deliveryStatus.push(
      cleanText(decodeBytes(part.body.subarray(0, LIMITS.headerBytes), null).text, LIMITS.headerBytes),
    )
    return []
  }
  if (type === 'text/rfc822-headers' && report) {
    into.returned ??= headerPart(part)
    return []
  }
  if (isReadable(part)) return [readPiece(part, into)]
  attach(part, into)
  return []
}

/** One content in several forms, the best last (RFC 2046 5.1.4): we keep one plain and one HTML form of it. */
function alternative(part: Part, into: Gathered, report: boolean): Piece[] {
  const forms = part.children.map(child => gather(child, into, report)).filter(pieces => pieces.length > 0)
  const plain = forms.find(pieces => pieces.some(piece => piece.plain?.trim()))
  const html = forms.findLast(pieces => pieces.some(piece => piece.html))
  if (!plain || !html || plain === html) return html ?? plain ?? forms.flat()
  return [{ plain: plain.map(piece => plainOf(piece, into)).join('\n\n'), html: html.map(htmlOf).join('') }]
}

/** As most mail clients write it, so that whoever folds quotations leaves it open. */
const FORWARDED = '---------- Forwarded message ----------'

/** A message in a message: its text is read below its header, its files are files of this mail. */
function embedded(part: Part, into: Gathered, report: boolean): Piece[] {
  const child = part.children[0]
  if (part.message === 0) attach(part, into)
  if (!child) return []
  if (report) {
    into.returned ??= child.headers
    return []
  }
  const pieces = gather(child, into, false)
  const head = ['From', 'To', 'Date', 'Subject'].flatMap(name => {
    const value = headerValue(child.headers, name.toLowerCase())
    return value
      ? [
          `${name}: ${cleanLine(name === 'Subject' ? decodeWords(value) : shown(child.headers, name, value), 500)}`,
        ]
      : []
  })
  return [{ plain: [FORWARDED, ...head].join('\n'), html: null }, ...pieces]
}

function shown(headers: Header[], name: string, value: string): string {
  if (name === 'Date') return value
  const list = mailboxes(headers, name.toLowerCase())
  return list.map(one => (one.name ? `${one.name} <${one.address}>` : one.address)).join(', ') || value
}

function headerPart(part: Part): Header[] {
  const lines = decodeBytes(part.body.subarray(0, LIMITS.headerBytes), null)
    .text.replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  return lines.flatMap(line => {
    const colon = line.indexOf(':')
    return colon > 0
      ? [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }]
      : []
  })
}

function isReadable(part: Part): boolean {
  if (part.disposition.value === 'attachment' || givenName(part) !== null) return false
  return /^text\/(plain|html|enriched|richtext|rfc822-headers|markdown)$/.test(part.type.value)
}

function readPiece(part: Part, into: Gathered): Piece {
  const cut = part.body.length > LIMITS.textPartBytes
  const isHtml = part.type.value === 'text/html'
  if (cut) {
    into.problems.add('text-cut')
    into.files.push({ part, name: isHtml ? 'message.html' : 'message.txt', bytes: part.body })
  }
  const bytes = cut ? part.body.subarray(0, LIMITS.textPartBytes) : part.body
  const decoded = decodeBytes(bytes, charsetOf(part, isHtml))
  if (decoded.problem) into.problems.add(decoded.problem)
  const text = cleanText(decoded.text, LIMITS.textPartBytes)
  if (isHtml) return { plain: null, html: text }
  if (/enriched|richtext/.test(part.type.value)) return { plain: withoutEnrichment(text), html: null }
  const flowed = part.type.params.get('format')?.toLowerCase() === 'flowed'
  const lines = flowed ? unflow(text, part.type.params.get('delsp')?.toLowerCase() === 'yes') : text
  return { plain: withoutUuencoded(part, lines, into), html: null }
}

/** RFC 1896. */
function withoutEnrichment(text: string): string {
  return text
    .replace(/<param>[^<]{0,200}<\/param>/gi, '')
    .replace(/<<|<\/?[a-z0-9-]{1,60}>/gi, tag => (tag === '<<' ? '<' : ''))
}

function charsetOf(part: Part, isHtml: boolean): string | null {
  const declared = part.type.params.get('charset') ?? null
  if (!isHtml || (declared !== null && knowsCharset(declared))) return declared
  const head = Buffer.from(part.body.subarray(0, 2048)).toString('latin1')
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? declared
}

/** Files that stand in the text itself, from the time before MIME. */
function withoutUuencoded(part: Part, text: string, into: Gathered): string {
  let out = ''
  let at = 0
  for (let count = 0; count < LIMITS.uuencoded; count++) {
    const found = decodeUuencoded(text, at)
    if (!found) break
    into.files.push({
      part: { ...part, contentId: null, type: { value: 'application/octet-stream', params: new Map() } },
      name: found.name,
      bytes: found.bytes,
    })
    out += text.slice(at, found.start)
    at = found.end
  }
  return out + text.slice(at)
}

function joinText(pieces: Piece[], into: Gathered): string {
  const text = pieces
    .map(piece => plainOf(piece, into))
    .filter(one => one.trim() !== '')
    // `\s+$` would cost the square of a long run of spaces that something follows.
    .map(one => one.replace(/^\n+/, '').trimEnd())
    .join('\n\n')
  if (text.length > LIMITS.text) into.problems.add('text-cut')
  return cleanText(text, LIMITS.text)
}

function joinHtml(pieces: Piece[], into: Gathered, root: Part): string | null {
  if (!pieces.some(piece => piece.html)) return null
  const html = pieces.map(htmlOf).join('\n').toWellFormed()
  if (html.length <= LIMITS.html) return html
  into.problems.add('html-too-large')
  into.files.push({
    part: { ...root, contentId: null, type: { value: 'text/html', params: new Map() } },
    name: 'message.html',
    bytes: Buffer.from(html),
  })
  return null
}

function plainOf(piece: Piece, into: Gathered): string {
  return piece.plain?.trim()
    ? piece.plain
    : piece.html
      ? htmlToText(piece.html, into.html)
      : (piece.plain ?? '')
}

function htmlOf(piece: Piece): string {
  return (
    piece.html ?? (piece.plain ? `<div style="white-space:pre-wrap">${escapeHtml(piece.plain)}</div>` : '')
  )
}

function contentIds(html: string): Set<string> {
  const found = new Set<string>()
  for (const match of html.matchAll(/cid:([^"'\s<>)]{1,400})/gi)) {
    found.add(match[1]!)
    try {
      found.add(decodeURIComponent(match[1]!))
    } catch {
      // Not percent-encoded, then it stands as it is.
    }
  }
  return found
}

function attach(part: Part, into: Gathered): void {
  if (part.body.length === 0 && givenName(part) === null) return
  into.files.push({
    part,
    name: givenName(part) ?? defaultName(part, into.files.length + 1),
    bytes: part.body,
  })
}

function toAttachment(
  file: { part: Part; name: string; bytes: Uint8Array },
  referred: Set<string>,
): ParsedAttachment {
  const { contentId, type } = file.part
  return {
    name: file.name,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value.slice(0, 200) : 'application/octet-stream',
    size: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    contentId: contentId !== null && referred.has(contentId) ? contentId.slice(0, 400) : null,
    bytes: file.bytes,
  }
}
