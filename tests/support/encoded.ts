/** Text in the encodings that Excel writes in China; there is only a decoder, so its table is turned round. */
const tables = new Map<string, Map<string, readonly number[]>>()

function tableOf(encoding: 'gb18030' | 'big5'): Map<string, readonly number[]> {
  const known = tables.get(encoding)
  if (known) return known
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, readonly number[]>()
  for (let first = 0x81; first <= 0xfe; first++)
    for (let second = 0x40; second <= 0xfe; second++) {
      const sign = decoder.decode(new Uint8Array([first, second]))
      if ([...sign].length === 1 && sign !== '\ufffd' && !table.has(sign)) table.set(sign, [first, second])
    }
  tables.set(encoding, table)
  return table
}

export function encoded(text: string, encoding: 'gb18030' | 'big5'): Uint8Array {
  const table = tableOf(encoding)
  return new Uint8Array(
    [...text].flatMap(sign => {
      const code = sign.codePointAt(0)!
      const bytes = code < 0x80 ? [code] : table.get(sign)
      if (!bytes) throw new Error(`${sign} is not in ${encoding}`)
      return bytes
    }),
  )
}

/** Excel's "Unicode text". */
export function wide(text: string, { mark = true, big = false } = {}): Uint8Array {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}
