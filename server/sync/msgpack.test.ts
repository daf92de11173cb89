import fc from 'fast-check'
import * as parser from 'socket.io-msgpack-parser'
import { describe, expect, test } from 'vitest'
import { jsonExtension } from '#shared/protocol/socket.ts'
import { JsonText } from '../store/json-text.ts'
import { pack } from './msgpack.ts'

/** Reads as a desk does: by the parser that our writer stands in for. */
function asDesk(bytes: Buffer): unknown {
  let read: unknown
  const decoder = new (parser as unknown as { Decoder: new () => Desk }).Decoder()
  decoder.on('decoded', packet => {
    read = packet.data[0]
  })
  decoder.add(bytes)
  return read
}
interface Desk {
  on(name: 'decoded', listener: (packet: { data: unknown[] }) => void): void
  add(bytes: Buffer): void
}

const travelled = (value: unknown): unknown => asDesk(pack({ type: 2, nsp: '/', data: [value] }))

const edges = [
  0,
  127,
  128,
  255,
  256,
  65_535,
  65_536,
  4_294_967_295,
  4_294_967_296,
  1_800_000_000_000,
  -1,
  -32,
  -33,
  -128,
  -129,
  -2_147_483_648,
  -2_147_483_649,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  1.5,
  -0.25,
  1e300,
  '',
  'a',
  '线',
  'é'.repeat(10),
  'x'.repeat(31),
  '一'.repeat(85),
  '一'.repeat(86),
  'x'.repeat(21_846),
  '😀'.repeat(40_000),
  '\0\n"\\\u2028',
  true,
  false,
  null,
  [],
  {},
  Array(15).fill(1),
  Array(16).fill(1),
  Array(70_000).fill('a'),
]

describe('the wire', () => {
  test.each(edges.map(value => [JSON.stringify(value).slice(0, 30), value]))(
    '%s arrives as it was sent',
    (_, value) => {
      expect(travelled(value)).toEqual(value)
    },
  )

  test('whatever JSON can say arrives as it was sent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false } as object), value => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(travelled(plain)).toEqual(plain)
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  test('a field that is undefined is left out, as in JSON', () => {
    expect(travelled({ a: undefined, b: 1 })).toEqual({ b: 1 })
  })

  test('a message that throws half-way leaves nothing in the next one', () => {
    expect(() => pack({ a: 1, b: () => 1 })).toThrow(TypeError)
    expect(travelled({ c: 2 })).toEqual({ c: 2 })
  })

  test.each([['{}'], ['{"text":"您好 \u2028 😀"}'], [`{"text":"${'x'.repeat(70_000)}"}`]])(
    'JSON text arrives as an extension with its very bytes',
    text => {
      const [type, bytes] = travelled(new JsonText(text)) as [number, Buffer]
      expect(type).toBe(jsonExtension)
      expect(bytes.toString()).toBe(text)
    },
  )
})
