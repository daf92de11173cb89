/**
 * Writes msgpack (https://github.com/msgpack/msgpack/blob/master/spec.md) as the wire needs it: what JSON can say, nothing
 * else. Several times as fast as the writer that comes with the parser, because strings go to the buffer as they are met:
 * their head is chosen by the most bytes they can take, not by a count of them beforehand.
 */

const FIRST = 64 * 1024
/** A buffer that one large message has blown up is not kept. */
const KEEP = 4 * 1024 * 1024
/** Names of fields come again and again; what else is a key (a name of a parameter) must not fill the memory. */
const MOST_NAMES = 2000
const LONGEST_NAME = 64

let buffer = Buffer.allocUnsafeSlow(FIRST)
let at = 0
const names = new Map<string, Buffer>()

/** Fields that are undefined are left out, as in JSON; functions, symbols and bigints are mistakes of ours. */
export function pack(value: unknown): Buffer {
  at = 0
  write(value)
  const bytes = Buffer.allocUnsafeSlow(at)
  buffer.copy(bytes, 0, 0, at)
  if (buffer.length > KEEP) buffer = Buffer.allocUnsafeSlow(FIRST)
  return bytes
}

function room(bytes: number): void {
  if (at + bytes <= buffer.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(2 * buffer.length, at + bytes))
  buffer.copy(larger, 0, 0, at)
  buffer = larger
}

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      writeString(value)
      return
    case 'number':
      writeNumber(value)
      return
    case 'boolean':
      room(1)
      buffer[at++] = value ? 0xc3 : 0xc2
      return
    case 'object':
      if (value === null) {
        room(1)
        buffer[at++] = 0xc0
      } else if (Array.isArray(value)) {
        writeHead(value.length, 0x90, 0xdc)
        for (const each of value) write(each ?? null)
      } else writeMap(value as Record<string, unknown>)
      return
    default:
      throw new TypeError(`a ${typeof value} cannot travel`)
  }
}

function writeMap(value: Record<string, unknown>): void {
  const keys = Object.keys(value)
  let count = keys.length
  for (const key of keys) if (value[key] === undefined) count--
  writeHead(count, 0x80, 0xde)
  for (const key of keys) {
    const field = value[key]
    if (field === undefined) continue
    writeName(key)
    write(field)
  }
}

/** The head of an array or a map. */
function writeHead(count: number, small: number, large: number): void {
  room(5)
  if (count < 16) buffer[at++] = small | count
  else if (count < 0x10000) {
    buffer[at++] = large
    at = buffer.writeUInt16BE(count, at)
  } else {
    buffer[at++] = large + 1
    at = buffer.writeUInt32BE(count, at)
  }
}

function writeName(name: string): void {
  const known = names.get(name)
  if (known) {
    room(known.length)
    buffer.set(known, at)
    at += known.length
    return
  }
  const from = at
  writeString(name)
  if (names.size < MOST_NAMES && name.length <= LONGEST_NAME)
    names.set(name, Buffer.from(buffer.subarray(from, at)))
}

/** A UTF-16 unit becomes three bytes at most. */
function writeString(value: string): void {
  const most = 3 * value.length
  room(most + 5)
  if (most < 0x20) {
    const length = buffer.write(value, at + 1)
    buffer[at] = 0xa0 | length
    at += 1 + length
  } else if (most < 0x100) {
    const length = buffer.write(value, at + 2)
    buffer[at] = 0xd9
    buffer[at + 1] = length
    at += 2 + length
  } else if (most < 0x10000) {
    const length = buffer.write(value, at + 3)
    buffer[at] = 0xda
    buffer.writeUInt16BE(length, at + 1)
    at += 3 + length
  } else {
    const length = buffer.write(value, at + 5)
    buffer[at] = 0xdb
    buffer.writeUInt32BE(length, at + 1)
    at += 5 + length
  }
}

function writeNumber(value: number): void {
  room(9)
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    buffer[at++] = 0xcb
    at = buffer.writeDoubleBE(value, at)
  } else if (value >= 0) {
    if (value < 0x80) buffer[at++] = value
    else if (value < 0x100) {
      buffer[at++] = 0xcc
      buffer[at++] = value
    } else if (value < 0x10000) {
      buffer[at++] = 0xcd
      at = buffer.writeUInt16BE(value, at)
    } else if (value < 0x100000000) {
      buffer[at++] = 0xce
      at = buffer.writeUInt32BE(value, at)
    } else {
      buffer[at++] = 0xcf
      at = buffer.writeUInt32BE(Math.floor(value / 0x100000000), at)
      at = buffer.writeUInt32BE(value % 0x100000000, at)
    }
  } else if (value >= -0x20) buffer[at++] = value & 0xff
  else if (value >= -0x80000000) {
    buffer[at++] = 0xd2
    at = buffer.writeInt32BE(value, at)
  } else {
    buffer[at++] = 0xd3
    at = buffer.writeBigInt64BE(BigInt(value), at)
  }
}
