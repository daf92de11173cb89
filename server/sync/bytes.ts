/**
 * A buffer that grows, and the primitives of msgpack (https://github.com/msgpack/msgpack/blob/master/spec.md) that the wire
 * needs. Strings go to the buffer as they are met: their head is chosen by the most bytes they can take, not by a count of
 * them beforehand.
 */

const FIRST = 64 * 1024
/** A buffer that one large message has blown up is not kept. */
const KEEP = 4 * 1024 * 1024

export class Bytes {
  #buffer = Buffer.allocUnsafeSlow(FIRST)
  #at = 0

  get at(): number {
    return this.#at
  }

  /** What was written since the last time. */
  take(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.#at)
    this.#buffer.copy(bytes, 0, 0, this.#at)
    this.drop()
    if (this.#buffer.length > KEEP) this.#buffer = Buffer.allocUnsafeSlow(FIRST)
    return bytes
  }

  drop(): void {
    this.#at = 0
  }

  since(from: number): Buffer {
    return Buffer.from(this.#buffer.subarray(from, this.#at))
  }

  byte(value: number): void {
    this.#room(1)
    this.#buffer[this.#at++] = value
  }

  /** Bytes made earlier; few of them. */
  copy(bytes: Buffer): void {
    const { length } = bytes
    this.#room(length)
    const to = this.#buffer
    let at = this.#at
    for (let index = 0; index < length; index++) to[at++] = bytes[index] as number
    this.#at = at
  }

  /** The head of an array (0x90, 0xdc) or a map (0x80, 0xde). */
  head(count: number, small: number, large: number): void {
    this.#room(5)
    if (count < 16) this.#buffer[this.#at++] = small | count
    else if (count < 0x10000) {
      this.#buffer[this.#at++] = large
      this.#at = this.#buffer.writeUInt16BE(count, this.#at)
    } else {
      this.#buffer[this.#at++] = large + 1
      this.#at = this.#buffer.writeUInt32BE(count, this.#at)
    }
  }

  /** A UTF-16 unit becomes three bytes at most. */
  string(value: string): void {
    const most = 3 * value.length
    this.#room(most + 5)
    const buffer = this.#buffer
    const at = this.#at
    if (most < 0x20) {
      const length = buffer.write(value, at + 1)
      buffer[at] = 0xa0 | length
      this.#at = at + 1 + length
    } else if (most < 0x100) {
      const length = buffer.write(value, at + 2)
      buffer[at] = 0xd9
      buffer[at + 1] = length
      this.#at = at + 2 + length
    } else if (most < 0x10000) {
      const length = buffer.write(value, at + 3)
      buffer[at] = 0xda
      buffer.writeUInt16BE(length, at + 1)
      this.#at = at + 3 + length
    } else {
      const length = buffer.write(value, at + 5)
      buffer[at] = 0xdb
      buffer.writeUInt32BE(length, at + 1)
      this.#at = at + 5 + length
    }
  }

  /** Text that has a meaning of its own. */
  extension(type: number, text: string): void {
    this.#room(3 * text.length + 6)
    const length = this.#buffer.write(text, this.#at + 6)
    this.#buffer[this.#at] = 0xc9
    this.#buffer.writeUInt32BE(length, this.#at + 1)
    this.#buffer[this.#at + 5] = type
    this.#at += 6 + length
  }

  number(value: number): void {
    this.#room(9)
    const buffer = this.#buffer
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      buffer[this.#at++] = 0xcb
      this.#at = buffer.writeDoubleBE(value, this.#at)
    } else if (value >= 0) {
      if (value < 0x80) buffer[this.#at++] = value
      else if (value < 0x100) {
        buffer[this.#at++] = 0xcc
        buffer[this.#at++] = value
      } else if (value < 0x10000) {
        buffer[this.#at++] = 0xcd
        this.#at = buffer.writeUInt16BE(value, this.#at)
      } else if (value < 0x100000000) {
        buffer[this.#at++] = 0xce
        this.#at = buffer.writeUInt32BE(value, this.#at)
      } else {
        buffer[this.#at++] = 0xcf
        this.#at = buffer.writeUInt32BE(Math.floor(value / 0x100000000), this.#at)
        this.#at = buffer.writeUInt32BE(value % 0x100000000, this.#at)
      }
    } else if (value >= -0x20) buffer[this.#at++] = value & 0xff
    else if (value >= -0x80000000) {
      buffer[this.#at++] = 0xd2
      this.#at = buffer.writeInt32BE(value, this.#at)
    } else {
      buffer[this.#at++] = 0xd3
      this.#at = buffer.writeBigInt64BE(BigInt(value), this.#at)
    }
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#at + bytes))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }
}
