/** Writes msgpack as the wire needs it: what JSON can say, and JSON text as it is (see `Handshake.documents`). */
import { jsonExtension } from '#shared/protocol/socket.ts'
import { JsonText } from '../store/json-text.ts'
import { Bytes } from './bytes.ts'
import { Names } from './names.ts'

const bytes = new Bytes()
const names = new Names()

/** Fields that are undefined are left out, as in JSON; functions, symbols and bigints are mistakes of ours. */
export function pack(value: unknown): Buffer {
  bytes.drop()
  write(value)
  return bytes.take()
}

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      bytes.string(value)
      return
    case 'number':
      bytes.number(value)
      return
    case 'boolean':
      bytes.byte(value ? 0xc3 : 0xc2)
      return
    case 'object':
      if (value === null) bytes.byte(0xc0)
      else if (Array.isArray(value)) {
        bytes.head(value.length, 0x90, 0xdc)
        for (const each of value) write(each ?? null)
      } else if (value instanceof JsonText) bytes.extension(jsonExtension, value.text)
      else writeMap(value as Record<string, unknown>)
      return
    default:
      throw new TypeError(`a ${typeof value} cannot travel`)
  }
}

function writeMap(value: Record<string, unknown>): void {
  let count = 0
  for (const key in value) if (value[key] !== undefined) count++
  bytes.head(count, 0x80, 0xde)
  for (const key in value) {
    const field = value[key]
    if (field === undefined) continue
    names.write(key, bytes)
    write(field)
  }
}
