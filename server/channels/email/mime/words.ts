import { decodeBytes } from './charset.ts'

/** A charset label and what it encodes, at most one line of a header long. */
const WORD = /=\?([^?\s]{1,100})\?([bq])\?([^?]*)\?=/gi

/** These switch alphabets by escape sequences; two words of them joined would not decode. */
const STATEFUL = /^(iso-2022|hz|utf-7)/i

/**
 * Text of an unstructured header: RFC 2047 encoded words decoded, everything else as it is. Neighbouring words of one
 * charset are decoded as one run of bytes, because many clients cut a Chinese character in two.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  let out = ''
  let pending: { charset: string; chunks: Uint8Array[] } | null = null
  let end = 0
  const flush = () => {
    if (pending) out += decodeBytes(Buffer.concat(pending.chunks), pending.charset).text
    pending = null
  }
  for (const match of value.matchAll(WORD)) {
    const between = value.slice(end, match.index)
    const charset = match[1]!.split('*')[0]!.toLowerCase()
    const joins: boolean = pending !== null && between.trim() === ''
    if (!joins) {
      flush()
      out += between
    } else if (pending!.charset !== charset || STATEFUL.test(charset)) flush()
    const bytes = wordBytes(match[2]!, match[3]!)
    if (pending) pending.chunks.push(bytes)
    else pending = { charset, chunks: [bytes] }
    end = match.index + match[0].length
  }
  flush()
  return out + value.slice(end)
}

function wordBytes(encoding: string, text: string): Uint8Array {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64')
  return qBytes(text)
}

function qBytes(text: string): Uint8Array {
  const raw = Buffer.from(text, 'utf8')
  const out = Buffer.allocUnsafe(raw.length)
  let length = 0
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i]!
    const hex = byte === 0x3d ? hexPair(raw[i + 1], raw[i + 2]) : -1
    if (hex >= 0) i += 2
    out[length++] = hex >= 0 ? hex : byte === 0x5f ? 0x20 : byte
  }
  return out.subarray(0, length)
}

/** The value of two hexadecimal digits given as bytes, -1 when they are not. */
export function hexPair(high: number | undefined, low: number | undefined): number {
  const h = hexDigit(high)
  const l = hexDigit(low)
  return h < 0 || l < 0 ? -1 : h * 16 + l
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** RFC 2231 `charset'language'percent-encoded`. */
export function decodeExtended(value: string, charset: string | null): string {
  const raw = Buffer.from(value, 'utf8')
  const out = Buffer.allocUnsafe(raw.length)
  let length = 0
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] === 0x25 ? hexPair(raw[i + 1], raw[i + 2]) : -1
    if (hex >= 0) i += 2
    out[length++] = hex >= 0 ? hex : raw[i]!
  }
  return decodeBytes(out.subarray(0, length), charset || 'utf-8').text
}
