/**
 * The contract's messages as WebSocket frames, for the browser preview. A message without bytes is a text frame of JSON. One
 * with Uint8Arrays is a binary frame: the length of the JSON head (uint32, big endian), the head, the bytes one after another.
 * The head is `{m, b}`: the message with null in place of each array of bytes, and `[path, length]` for each of them.
 */

type Path = (string | number)[]
type Head = { m: unknown; b: [Path, number][] }

// Both ends have them; shared/ is typed without either end's globals.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string }

const text = new TextEncoder()
const readText = new TextDecoder('utf-8', { fatal: true })

export function encodeFrame(message: unknown): string | Uint8Array<ArrayBuffer> {
  const found: { path: Path; bytes: Uint8Array }[] = []
  const m = withoutBytes(message, [], found)
  if (found.length === 0) return JSON.stringify(m)
  const b = found.map(({ path, bytes }): [Path, number] => [path, bytes.length])
  const head = text.encode(JSON.stringify({ m, b } satisfies Head))
  const frame = new Uint8Array(4 + head.length + found.reduce((sum, { bytes }) => sum + bytes.length, 0))
  new DataView(frame.buffer).setUint32(0, head.length)
  frame.set(head, 4)
  let at = 4 + head.length
  for (const { bytes } of found) {
    frame.set(bytes, at)
    at += bytes.length
  }
  return frame
}

/** @throws on a frame that encodeFrame cannot have made; the socket is closed then */
export function decodeFrame(frame: string | Uint8Array): unknown {
  if (typeof frame === 'string') return JSON.parse(frame)
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const headLength = view.getUint32(0)
  const { m, b } = JSON.parse(readText.decode(frame.subarray(4, 4 + headLength))) as Head
  let at = 4 + headLength
  let root = m
  for (const [path, length] of b) {
    if (!Number.isSafeInteger(length) || length < 0 || at + length > frame.length)
      throw new RangeError('frame too short')
    // A copy of its own: a view would keep the whole frame in memory.
    root = put(root, path, new Uint8Array(frame.subarray(at, at + length)))
    at += length
  }
  return root
}

function withoutBytes(value: unknown, path: Path, found: { path: Path; bytes: Uint8Array }[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) {
    found.push({ path, bytes: value })
    return null
  }
  if (Array.isArray(value)) return value.map((each, index) => withoutBytes(each, [...path, index], found))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutBytes(each, [...path, name], found)]),
  )
}

function put(root: unknown, path: Path, bytes: Uint8Array): unknown {
  const last = path.at(-1)
  if (last === undefined) return bytes
  let place = root
  for (const step of path.slice(0, -1)) place = own(place, step)
  if (own(place, last) !== null) throw new TypeError('bytes where something else stands')
  ;(place as Record<string | number, unknown>)[last] = bytes
  return root
}

/** Only own properties: a path must never lead into a prototype. */
function own(place: unknown, step: string | number): unknown {
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step))
    throw new TypeError('no such place')
  return (place as Record<string | number, unknown>)[step]
}
