type Decoder = InstanceType<typeof TextDecoder>

/**
 * Bytes to text for any charset label a mail may carry, right or wrong. Never throws: what does not decode becomes U+FFFD
 * and is named in `problem`.
 */
export type Decoded = { text: string; problem: 'unknown-charset' | 'bad-charset' | null }

/** Labels that name an encoding TextDecoder knows under another name (WHATWG knows none of these). */
const ALIASES: Record<string, string> = {
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  'x-gb18030': 'gb18030',
  'gb-2312': 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp950: 'big5',
  'windows-950': 'big5',
  'x-big5': 'big5',
  'big5-eten': 'big5',
  cp932: 'shift_jis',
  'windows-932': 'shift_jis',
  shiftjis: 'shift_jis',
  'x-shift-jis': 'shift_jis',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  ks_c_5601: 'euc-kr',
  utf8mb4: 'utf-8',
  utf_8: 'utf-8',
  iso8859_1: 'windows-1252',
  'latin-1': 'windows-1252',
  windows1252: 'windows-1252',
  tis620: 'windows-874',
}

/** Labels that say nothing about bytes above 127. */
const SILENT = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'default',
  'binary',
  '8bit',
  '7bit',
])

export function decodeBytes(bytes: Uint8Array, label: string | null): Decoded {
  const name = cleanLabel(label)
  if (SILENT.has(name)) return { text: withoutMark(guess(bytes)), problem: null }
  if (name === 'utf-7' || name === 'unicode-1-1-utf-7') return checked(decodeUtf7(ascii(bytes)))
  if (name === 'hz-gb-2312' || name === 'hz') return checked(decodeHz(bytes))
  if (name === 'iso-2022-kr' || name === 'csiso2022kr') return checked(decodeIso2022Kr(bytes))
  const decoder = decoderFor(name)
  if (!decoder) return { text: withoutMark(guess(bytes)), problem: 'unknown-charset' }
  if (decoder.encoding === 'windows-1252') {
    // Many programs write UTF-8 and still call it ISO-8859-1; Latin-1 text is next to never valid UTF-8.
    const utf8 = strict('utf-8', bytes)
    if (utf8 !== null) return { text: utf8, problem: null }
  }
  const text = decoder.decode(bytes)
  if (!text.includes('\ufffd')) return { text, problem: null }
  return mislabelled(bytes, name, text)
}

/** Text that says one thing and is another: the most common mistake is GBK or Latin-1 labelled as UTF-8, or the reverse. */
function mislabelled(bytes: Uint8Array, name: string, asLabelled: string): Decoded {
  const utf8 = strict('utf-8', bytes)
  if (utf8 !== null) return { text: utf8, problem: null }
  if (name === 'utf-8' || name === 'utf8') {
    const damaged = asLabelled.split('\ufffd').length - 1
    const sound = asLabelled.length - damaged - asciiCount(asLabelled)
    if (damaged > sound) return { text: guess(bytes), problem: 'bad-charset' }
  }
  return { text: asLabelled, problem: 'bad-charset' }
}

/** The text of bytes that no label describes: UTF-8 where it fits, then GB 18030 or Big5 where it looks like it, then Windows-1252. */
export function guess(bytes: Uint8Array): string {
  const utf8 = strict('utf-8', bytes)
  if (utf8 !== null) return utf8
  const chinese = looksLike(isGbPair, bytes) ? 'gb18030' : looksLike(isBig5Pair, bytes) ? 'big5' : null
  return (chinese ? strict(chinese, bytes) : null) ?? decoderFor('windows-1252')!.decode(bytes)
}

/** Whether a label names an encoding that can be decoded here. */
export function knowsCharset(label: string): boolean {
  const name = cleanLabel(label)
  return SILENT.has(name) || /^(utf-7|hz-gb-2312|hz|iso-2022-kr)$/.test(name) || decoderFor(name) !== null
}

function cleanLabel(label: string | null): string {
  return (label ?? '')
    .slice(0, 80)
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase()
}

const decoders = new Map<string, Decoder | null>()

function decoderFor(name: string): Decoder | null {
  const known = decoders.get(name)
  if (known !== undefined) return known
  let decoder: Decoder | null = null
  try {
    decoder = new TextDecoder(ALIASES[name] ?? name)
  } catch {
    decoder = null
  }
  // A sender chooses the labels: the cache must not grow with what they make up.
  if (decoder && decoders.size < 300) decoders.set(name, decoder)
  return decoder
}

const strictDecoders = new Map<string, Decoder>()

function strict(name: string, bytes: Uint8Array): string | null {
  let decoder = strictDecoders.get(name)
  if (!decoder) {
    decoder = new TextDecoder(name, { fatal: true })
    strictDecoders.set(name, decoder)
  }
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** High bytes of Chinese text come in pairs of the rows in use; those of Latin-1 text stand alone. */
function looksLike(isPair: (lead: number, trail: number) => boolean, bytes: Uint8Array): boolean {
  let pairs = 0
  let alone = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    if (isPair(bytes[i]!, bytes[i + 1] ?? 0)) {
      pairs++
      i++
    } else alone++
  }
  return pairs > 0 && alone * 10 <= pairs
}

/** GB 2312. */
function isGbPair(lead: number, trail: number): boolean {
  return lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe
}

/** Punctuation and the characters in common use of Big5. */
function isBig5Pair(lead: number, trail: number): boolean {
  return (
    lead >= 0xa1 && lead <= 0xc6 && ((trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe))
  )
}

function checked(text: string): Decoded {
  return { text, problem: text.includes('\ufffd') ? 'bad-charset' : null }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function asciiCount(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x80) count++
  return count
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** RFC 2152. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, run: string) => {
    if (run === '') return '+'
    const bytes = Buffer.from(run, 'base64')
    let out = ''
    for (let i = 0; i + 1 < bytes.length; i += 2) out += String.fromCharCode(bytes.readUInt16BE(i))
    return out
  })
}

/** RFC 1843: GB 2312 between `~{` and `~}`. */
function decodeHz(bytes: Uint8Array): string {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let chinese = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    const next = bytes[i + 1]
    if (byte === 0x7e && next === 0x7b && !chinese) chinese = true
    else if (byte === 0x7e && next === 0x7d && chinese) chinese = false
    else if (byte === 0x7e && next === 0x7e && !chinese) out[length++] = 0x7e
    else if (byte === 0x7e && next === 0x0a && !chinese) {
      // A line ended by a tilde goes on.
    } else {
      if (byte === 0x0a) chinese = false
      out[length++] = chinese ? byte | 0x80 : byte
      continue
    }
    i++
  }
  return decoderFor('gb18030')!.decode(out.subarray(0, length))
}

/** RFC 1557: KS C 5601 between SO and SI. */
function decodeIso2022Kr(bytes: Uint8Array): string {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let korean = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === 0x1b && bytes[i + 1] === 0x24 && bytes[i + 2] === 0x29) i += 3
    else if (byte === 0x0e) korean = true
    else if (byte === 0x0f) korean = false
    else out[length++] = korean && byte > 0x20 ? byte | 0x80 : byte
  }
  return decoderFor('euc-kr')!.decode(out.subarray(0, length))
}
