import { hexPair } from './words.ts'

/** `sound` is false when some of the bytes could not be what the encoding says they are. */
export type Transferred = { bytes: Uint8Array; sound: boolean }

/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 6). Names that no RFC knows (`8-bit`, `plain`, `text/html`) mean: as it is.
 */
export function decodeTransfer(body: Uint8Array, encoding: string): Transferred {
  const name = encoding.toLowerCase().match(/[a-z0-9][\w-]*/)?.[0] ?? ''
  if (name === 'base64') return decodeBase64(body)
  if (/^quoted-?printable$/.test(name)) return { bytes: decodeQuotedPrintable(body), sound: true }
  if (/^(x-)?uu(e|encode|enc)?$/.test(name)) {
    const decoded = decodeUuencoded(Buffer.from(body).toString('latin1'))
    return decoded ? { bytes: decoded.bytes, sound: true } : { bytes: body, sound: false }
  }
  return { bytes: body, sound: true }
}

const BASE64 = new Int8Array(256).fill(-1)
for (const [value, char] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  BASE64[char.charCodeAt(0)] = value
}

/**
 * One pass over the bytes. Some mailers pad every line, so what follows a padding begins a new unit; what is no digit is
 * passed over, and counted.
 */
function decodeBase64(body: Uint8Array): Transferred {
  const out = Buffer.allocUnsafe(Math.ceil((body.length * 3) / 4))
  let length = 0
  let bits = 0
  let held = 0
  let digits = 0
  let strange = 0
  let broken = false
  const endUnit = () => {
    if (held === 6) broken = true
    bits = 0
    held = 0
  }
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!
    const value = BASE64[byte]!
    if (value >= 0) {
      digits++
      bits = ((bits << 6) | value) & 0xffff
      held += 6
      if (held >= 8) {
        held -= 8
        out[length++] = (bits >> held) & 0xff
      }
    } else if (byte === 0x3d) endUnit()
    else if (byte > 0x20) strange++
  }
  endUnit()
  // Not base64 at all: better shown as it came than as noise.
  if (strange * 9 > digits) return { bytes: body, sound: false }
  return { bytes: out.subarray(0, length), sound: !broken && strange * 99 <= digits }
}

export function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!
    if (byte !== 0x3d) {
      out[length++] = byte
      continue
    }
    const hex = hexPair(body[i + 1], body[i + 2])
    if (hex >= 0) {
      out[length++] = hex
      i += 2
      continue
    }
    const end = softBreak(body, i + 1)
    if (end > 0) i = end
    else out[length++] = byte
  }
  return out.subarray(0, length)
}

/** The index of the line feed of a soft line break whose `=` stands before `at`, 0 when it is none. */
function softBreak(body: Uint8Array, at: number): number {
  // Gateways add spaces at the ends of lines: few, and bounded here so that a line of `= = =` stays linear.
  for (let i = at; i < at + 80; i++) {
    if (i >= body.length || body[i] === 0x0a) return i
    if (body[i] !== 0x20 && body[i] !== 0x09 && body[i] !== 0x0d) return 0
  }
  return 0
}

export type Uuencoded = { name: string; bytes: Uint8Array; start: number; end: number }

/** The first file that stands uuencoded in a text at or after `from`, with the place it takes there. */
export function decodeUuencoded(text: string, from = 0): Uuencoded | null {
  const begin = /^begin(?:-base64)? [0-7]{3,4} +(\S[^\r\n]{0,300})\r?$/gm
  begin.lastIndex = from
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const file = uuencodedLines(text, match.index + match[0].length + 1)
    if (file) return { name: match[1]!.trim(), bytes: file.bytes, start: match.index, end: file.end }
  }
  return null
}

function uuencodedLines(text: string, from: number): { bytes: Uint8Array; end: number } | null {
  const chunks: Uint8Array[] = []
  let at = from
  while (at < text.length) {
    const lf = text.indexOf('\n', at)
    const stop = lf < 0 ? text.length : lf
    const line = text.slice(at, Math.min(stop, at + 120)).replace(/\r$/, '')
    at = stop + 1
    if (line === 'end')
      return chunks.length ? { bytes: Buffer.concat(chunks), end: Math.min(at, text.length) } : null
    const chunk = uuencodedLine(line)
    if (!chunk) return null
    chunks.push(chunk)
  }
  return null
}

function uuencodedLine(line: string): Uint8Array | null {
  if (line === '' || line === '`') return new Uint8Array(0)
  const digit = (i: number) => ((line.charCodeAt(i) || 0x20) - 0x20) & 0x3f
  const size = digit(0)
  if (/[^ -`]/.test(line) || line.length > 86 || Math.ceil(size / 3) * 4 > line.length + 3) return null
  const out: number[] = []
  for (let i = 1; out.length < size; i += 4) {
    out.push(
      (digit(i) << 2) | (digit(i + 1) >> 4),
      ((digit(i + 1) & 15) << 4) | (digit(i + 2) >> 2),
      ((digit(i + 2) & 3) << 6) | digit(i + 3),
    )
  }
  return Uint8Array.from(out.slice(0, size))
}
