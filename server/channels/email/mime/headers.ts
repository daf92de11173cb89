import { decodeBytes, guess } from './charset.ts'
import { LIMITS } from './limits.ts'
import { decodeExtended } from './words.ts'

/** One field, unfolded; `name` in lower case. Raw 8-bit text is decoded, encoded words are not. */
export type Header = { name: string; value: string }

export type HeaderBlock = {
  headers: Header[]
  /** Where the body begins, an index into the same bytes. */
  bodyStart: number
  truncated: boolean
}

const LF = 0x0a
const CR = 0x0d

/**
 * Reads the header block that begins at `start` and ends before `end`. A block ends at an empty line or, where a sender
 * forgot it, at the first line that cannot be a header.
 */
export function readHeaders(bytes: Uint8Array, start: number, end: number): HeaderBlock {
  const lines: Uint8Array[] = []
  const fields: { first: number; last: number }[] = []
  let read = 0
  let at = start
  while (at < end) {
    let lf = bytes.indexOf(LF, at)
    if (lf < 0 || lf >= end) lf = end
    const stop = lf > at && bytes[lf - 1] === CR ? lf - 1 : lf
    if (stop === at) return block(lines, fields, Math.min(lf + 1, end), false)
    const line = bytes.subarray(at, stop)
    const folded = line[0] === 0x20 || line[0] === 0x09
    if (!folded && !isField(line)) {
      // "From x@y Mon ..." of an mbox, and lines broken by an old gateway, may stand between two fields.
      if (!fieldFollows(bytes, lf + 1, end)) return block(lines, fields, at, false)
      at = lf + 1
      continue
    }
    read += line.length
    if (read > LIMITS.headerBytes || fields.length >= LIMITS.headerFields) {
      return block(lines, fields, afterEmptyLine(bytes, lf, end), true)
    }
    if (folded && fields.length) {
      lines.push(line)
      fields.at(-1)!.last = lines.length
    } else if (!folded) {
      lines.push(line)
      fields.push({ first: lines.length - 1, last: lines.length })
    }
    at = lf + 1
  }
  return block(lines, fields, end, false)
}

/** Where the body begins, for a header that is too long to be looked at line by line. */
function afterEmptyLine(bytes: Uint8Array, from: number, end: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, end)
  const bare = buffer.indexOf('\n\n', from, 'latin1')
  const full = buffer.indexOf('\n\r\n', from, 'latin1')
  if (bare < 0 && full < 0) return end
  return full < 0 || (bare >= 0 && bare < full) ? bare + 2 : full + 3
}

function block(
  lines: Uint8Array[],
  fields: { first: number; last: number }[],
  bodyStart: number,
  truncated: boolean,
): HeaderBlock {
  const raw = fields.map(field => Buffer.concat(lines.slice(field.first, field.last)))
  const charset = declaredCharset(raw)
  return { headers: raw.map(bytes => toHeader(bytes, charset)), bodyStart, truncated }
}

/** The charset of the body tells about raw 8-bit headers, which RFC 5322 does not allow and many clients in Asia write. */
function declaredCharset(raw: Buffer[]): string | null {
  for (const field of raw) {
    const text = field.toString('latin1', 0, 400)
    const match = /^content-type:.*?charset\s*=\s*"?([\w.:-]+)/is.exec(text)
    if (match) return match[1]!
  }
  return null
}

function toHeader(bytes: Buffer, charset: string | null): Header {
  const text = isAscii(bytes) ? bytes.toString('latin1') : decodeRaw(bytes, charset)
  const colon = text.indexOf(':')
  return {
    name: text.slice(0, colon).trim().toLowerCase(),
    value: text
      .slice(colon + 1)
      .replace(/[\r\n\0]+/g, ' ')
      .trim(),
  }
}

function decodeRaw(bytes: Uint8Array, charset: string | null): string {
  const utf8 = decodeBytes(bytes, 'utf-8')
  if (!utf8.problem) return utf8.text
  if (charset && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    const declared = decodeBytes(bytes, charset)
    if (!declared.problem) return declared.text
  }
  return guess(bytes)
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7e) return false
  return true
}

/** `name:` with a name of printable ASCII (RFC 5322 3.6.8); spaces before the colon are an obsolete form. */
function isField(line: Uint8Array): boolean {
  for (let i = 0; i < line.length && i < 100; i++) {
    const byte = line[i]!
    if (byte === 0x3a) return i > 0
    if (byte === 0x20 || byte === 0x09) {
      let next = i
      while (line[next] === 0x20 || line[next] === 0x09) next++
      return i > 0 && line[next] === 0x3a
    }
    if (byte < 0x21 || byte > 0x7e) return false
  }
  return false
}

function fieldFollows(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from, lines = 0; at < end && lines < 4; lines++) {
    const line = bytes.subarray(at, Math.min(at + 100, end))
    if (line[0] !== 0x20 && line[0] !== 0x09)
      return isField(line) && KNOWN.test(Buffer.from(line).toString('latin1'))
    const lf = bytes.indexOf(LF, at)
    if (lf < 0) return false
    at = lf + 1
  }
  return false
}

const KNOWN =
  /^(received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-|x-|reply-to|sender|references|in-reply-to|dkim-|list-)/i

export function headerValue(headers: Header[], name: string): string | null {
  return headers.find(header => header.name === name && header.value !== '')?.value ?? null
}

/** A header of the form `value; name=value; ...` (RFC 2045, RFC 2231), as written by those who did not read them, too. */
export type Structured = { value: string; params: Map<string, string> }

export function parseStructured(header: string | null): Structured {
  const params = new Map<string, string>()
  if (!header) return { value: '', params }
  const pieces = splitParams(header.slice(0, 8192))
  const first = stripComments(pieces[0] ?? '').trim()
  const value = (/^\S*/.exec(first)?.[0] ?? '').toLowerCase().replace(/^["']|["']$/g, '')
  // `multipart/mixed boundary="a"`: the semicolon was forgotten.
  pieces[0] = first.slice(value.length)
  const continued = new Map<string, Map<number, { text: string; extended: boolean }>>()
  for (const piece of pieces) {
    const equals = piece.indexOf('=')
    if (equals < 0) continue
    const name = piece.slice(0, equals).trim().toLowerCase()
    const text = unquote(piece.slice(equals + 1))
    const part = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name)
    if (!part) {
      if (!params.has(name)) params.set(name, text)
    } else {
      const sections = continued.get(part[1]!) ?? new Map()
      continued.set(part[1]!, sections)
      const number = part[2] === undefined ? 0 : Number(part[2])
      if (!sections.has(number))
        sections.set(number, { text, extended: part[2] === undefined || part[3] === '*' })
    }
  }
  for (const [name, sections] of continued) params.set(name, joinSections(sections))
  return { value, params }
}

function joinSections(sections: Map<number, { text: string; extended: boolean }>): string {
  const ordered = [...sections].sort((a, b) => a[0] - b[0]).map(([, section]) => section)
  const first = ordered[0]!
  const prefix = first.extended ? /^([^']*)'[^']*'/.exec(first.text) : null
  const charset = prefix?.[1] || null
  // A character may be cut between two sections: neighbours that are percent-encoded are decoded together.
  let out = ''
  let run = ''
  ordered.forEach((section, i) => {
    const text = i === 0 && prefix ? section.text.slice(prefix[0].length) : section.text
    if (section.extended) run += text
    else {
      out += decodeExtended(run, charset) + text
      run = ''
    }
  })
  return out + decodeExtended(run, charset)
}

function splitParams(text: string): string[] {
  const pieces: string[] = []
  let quoted = false
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '\\' && quoted) i++
    else if (char === '"') quoted = !quoted
    else if (char === ';' && !quoted) {
      pieces.push(text.slice(start, i))
      start = i + 1
    }
  }
  pieces.push(text.slice(start))
  // A quote that was opened and never closed swallowed the rest: read again without quotes.
  return quoted ? text.split(';') : pieces
}

function unquote(raw: string): string {
  const text = raw.trim()
  if (!text.startsWith('"')) return stripComments(text).trim()
  const close = /^"((?:[^"\\]|\\.)*)"/s.exec(text)
  // A backslash before anything but a quote is part of a Windows path, not an escape.
  return (close ? close[1]! : text.slice(1)).replace(/\\(["\\])/g, '$1')
}

/** Comments stand after white space (`text/plain (plain text)`); `Invoice(1).pdf` has none. */
function stripComments(text: string): string {
  return text.includes('(') ? text.replace(/(^|\s)\([^()]*\)/g, '$1') : text
}
