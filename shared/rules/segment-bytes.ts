import { eachToken } from './segment.ts'
import { normalise } from './segment-text.ts'

/**
 * Tokens as the index takes them: UTF-8, each after a space. Written straight into bytes because a first sync makes a
 * hundred million of them: a string for each costs more than the index does.
 */
export class TokenBytes {
  #bytes = new Uint8Array(64 * 1024)
  #length = 0

  #prefix = ''

  /** Starts again with nothing; `prefix`, of ASCII letters and digits, will stand before every token. */
  clear(prefix = ''): void {
    this.#length = 0
    this.#prefix = prefix
  }

  /** Adds the tokens of a text, repeated ones too: the index counts them once. */
  add(text: string): void {
    if (!text) return
    const normal = normalise(text)
    eachToken(normal, (start, end) => this.#token(normal, start, end))
  }

  /** What was added, valid until the next call. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #token(text: string, start: number, end: number): void {
    const prefix = this.#prefix
    if (this.#length + prefix.length + (end - start) * 3 + 1 > this.#bytes.length) this.#grow()
    const bytes = this.#bytes
    let to = this.#length
    bytes[to++] = 0x20
    for (let at = 0; at < prefix.length; at++) bytes[to++] = prefix.charCodeAt(at)
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 0x80) bytes[to++] = unit
      else if (unit < 0x800) {
        bytes[to++] = 0xc0 | (unit >> 6)
        bytes[to++] = 0x80 | (unit & 0x3f)
      } else if (unit >= 0xd800 && unit <= 0xdbff) {
        const point = text.codePointAt(at++) as number
        bytes[to++] = 0xf0 | (point >> 18)
        bytes[to++] = 0x80 | ((point >> 12) & 0x3f)
        bytes[to++] = 0x80 | ((point >> 6) & 0x3f)
        bytes[to++] = 0x80 | (point & 0x3f)
      } else {
        bytes[to++] = 0xe0 | (unit >> 12)
        bytes[to++] = 0x80 | ((unit >> 6) & 0x3f)
        bytes[to++] = 0x80 | (unit & 0x3f)
      }
    }
    this.#length = to
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
