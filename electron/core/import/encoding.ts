/** How the bytes of a table stand for signs: found from the bytes themselves, for what Excel writes in China and elsewhere. */
import type { TableEncoding } from '#shared/ipc/import.ts'

/** Bytes looked at where the bytes themselves decide nothing. */
const LOOKED_AT = 256 * 1024
/** Bytes decoded in one piece. */
const PIECE = 64 * 1024

const starts = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

export function encodingOf(bytes: Uint8Array): TableEncoding {
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be'
  const beginning = bytes.subarray(0, LOOKED_AT)
  const wide = zeros(beginning)
  if (wide) return wide
  if (isUtf8(bytes)) return 'utf-8'
  return legacyOf(beginning)
}

/** Text of two bytes a sign without a mark: nearly every second byte of Latin text is zero. */
function zeros(bytes: Uint8Array): TableEncoding | null {
  const count = [0, 0]
  for (const [index, byte] of bytes.entries()) if (byte === 0) count[index % 2]!++
  const [even, odd] = count as [number, number]
  const some = bytes.length / 16
  if (odd > some && odd > even * 4) return 'utf-16le'
  return even > some && even > odd * 4 ? 'utf-16be' : null
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let from = 0; from < bytes.length; from += PIECE)
      decoder.decode(bytes.subarray(from, from + PIECE), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/**
 * Chinese stands in pairs of bytes of which the first is high; a Western accent stands alone between letters. In Big5 two in five second
 * bytes are below 0xA1, in what is written in mainland China hardly any.
 */
function legacyOf(bytes: Uint8Array): TableEncoding {
  let pairs = 0
  let alone = 0
  let low = 0
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index]! < 0x81) continue
    const next = bytes[index + 1] ?? 0
    const isPair = next >= 0xa1 || (next >= 0x40 && next <= 0x7e && !isAccent(bytes, index))
    if (!isPair) {
      alone++
      continue
    }
    pairs++
    if (next < 0xa1) low++
    index++
  }
  if (alone > pairs) return 'windows-1252'
  return low * 10 > pairs ? 'big5' : 'gb18030'
}

/** A high byte among letters is an accent: before a letter that another one follows, or behind one. */
const isAccent = (bytes: Uint8Array, index: number): boolean =>
  isLetter(bytes[index - 1]) || (isLetter(bytes[index + 1]) && isLetter(bytes[index + 2]))

const isLetter = (byte = 0): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

/** The text in pieces, without a mark at its beginning. What is no sign is U+FFFD. */
export function* textOf(bytes: Uint8Array, encoding: TableEncoding): Generator<string> {
  const decoder = new TextDecoder(encoding)
  for (let from = 0; from < bytes.length; from += PIECE)
    yield decoder.decode(bytes.subarray(from, from + PIECE), { stream: true })
  yield decoder.decode()
}
