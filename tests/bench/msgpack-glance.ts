/**
 * Reads of a packet what a light desk must know and skips the rest: rows are counted, not decoded. msgpack by
 * https://github.com/msgpack/msgpack/blob/master/spec.md
 */
import type { Acknowledgement, Cursor } from '#shared/protocol/common.ts'

export interface Glance {
  type: number
  event: string
  patch: {
    patch: number
    rows: number
    remaining: number
    cursors: Cursor[]
    pages: { stream: string; token: string | null }[]
    acknowledged: Acknowledgement[]
  }
}

const wanted = new Set(['patch', 'remaining', 'cursors', 'pages', 'acknowledged'])

/** All of it. */
export const unpack = (bytes: Buffer): unknown => new Reader(bytes).value()

export function glance(bytes: Buffer): Glance {
  const patch: Record<string, unknown> = {}
  const seen = { type: -1, event: '', patch }
  const reader = new Reader(bytes)
  for (let left = reader.map(); left > 0; left--) {
    const name = reader.value() as string
    if (name === 'type') seen.type = reader.value() as number
    else if (name !== 'data' || !reader.isArray) reader.skip()
    else {
      reader.array()
      seen.event = reader.value() as string
      if (seen.event !== 'patch') return seen as unknown as Glance
      for (let fields = reader.map(); fields > 0; fields--) {
        const field = reader.value() as string
        if (field === 'rows') {
          const count = reader.array()
          patch.rows = count
          for (let row = 0; row < count; row++) reader.skip()
        } else if (wanted.has(field)) patch[field] = reader.value()
        else reader.skip()
      }
    }
  }
  return seen as unknown as Glance
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isArray(): boolean {
    const head = this.#bytes[this.#at] ?? 0
    return (head & 0xf0) === 0x90 || head === 0xdc || head === 0xdd
  }

  map(): number {
    return this.#count(0x80, 0xde)
  }

  array(): number {
    return this.#count(0x90, 0xdc)
  }

  value(): unknown {
    const head = this.#bytes[this.#at] ?? 0
    if (this.isArray) return Array.from({ length: this.array() }, () => this.value())
    if ((head & 0xf0) === 0x80 || head === 0xde || head === 0xdf)
      return Object.fromEntries(Array.from({ length: this.map() }, () => [this.value(), this.value()]))
    const start = this.#at
    this.#step()
    return this.#plain(head, start + 1)
  }

  #plain(head: number, from: number): unknown {
    const bytes = this.#bytes
    const end = this.#at
    if (head < 0x80) return head
    if (head >= 0xe0) return head - 0x100
    if (head < 0xc0) return bytes.toString('utf8', from, end)
    switch (head) {
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xcc:
      case 0xcd:
      case 0xce:
        return bytes.readUIntBE(from, end - from)
      case 0xcf:
        return Number(bytes.readBigUInt64BE(from))
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return bytes.readIntBE(from, end - from)
      case 0xd3:
        return Number(bytes.readBigInt64BE(from))
      case 0xcb:
        return bytes.readDoubleBE(from)
      case 0xd9:
        return bytes.toString('utf8', from + 1, end)
      case 0xda:
        return bytes.toString('utf8', from + 2, end)
      case 0xdb:
        return bytes.toString('utf8', from + 4, end)
      case 0xc9:
        return JSON.parse(bytes.toString('utf8', from + 5, end))
      default:
        return null
    }
  }

  skip(): void {
    for (let values = 1; values > 0; values--) values += this.#step()
  }

  /** Over one head and its bytes; answers how many values hang on it. */
  #step(): number {
    const bytes = this.#bytes
    const head = bytes[this.#at++] ?? 0
    if (head < 0x80 || head >= 0xe0) return 0
    if (head < 0x90) return 2 * (head & 0x0f)
    if (head < 0xa0) return head & 0x0f
    if (head < 0xc0) return this.#over(head & 0x1f)
    switch (head) {
      case 0xc0:
      case 0xc2:
      case 0xc3:
        return 0
      case 0xcc:
      case 0xd0:
        return this.#over(1)
      case 0xcd:
      case 0xd1:
        return this.#over(2)
      case 0xca:
      case 0xce:
      case 0xd2:
        return this.#over(4)
      case 0xcb:
      case 0xcf:
      case 0xd3:
        return this.#over(8)
      case 0xc4:
      case 0xd9:
        return this.#over(this.#number(1))
      case 0xc5:
      case 0xda:
        return this.#over(this.#number(2))
      case 0xc6:
      case 0xdb:
        return this.#over(this.#number(4))
      case 0xc9: // length, type, bytes
        return this.#over(this.#number(4) + 1)
      case 0xd4:
        return this.#over(2)
      case 0xdc:
        return this.#number(2)
      case 0xdd:
        return this.#number(4)
      case 0xde:
        return 2 * this.#number(2)
      case 0xdf:
        return 2 * this.#number(4)
      default:
        throw new Error(`msgpack head ${head} is not on this wire`)
    }
  }

  #count(fixed: number, long: number): number {
    const head = this.#bytes[this.#at++] ?? 0
    if ((head & 0xf0) === fixed) return head & 0x0f
    return this.#number(head === long ? 2 : 4)
  }

  #number(size: 1 | 2 | 4): number {
    const from = this.#at
    this.#at += size
    return this.#bytes.readUIntBE(from, size)
  }

  #over(count: number): 0 {
    this.#at += count
    return 0
  }
}
