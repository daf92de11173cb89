import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame } from './wire.ts'

const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 20 }).map(bytes => new Uint8Array(bytes)),
    fc.array(tie('tree'), { maxLength: 4 }),
    // JSON cannot carry `__proto__` as a key of its own, and no message has one.
    fc.dictionary(
      fc.string().filter(name => name !== '__proto__'),
      tie('tree'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}))

test('a message comes out of its frame as it went in, bytes included', () => {
  fc.assert(
    fc.property(tree, message => {
      expect(decodeFrame(encodeFrame(message))).toEqual(message)
    }),
  )
})

test('a message without bytes is readable text', () => {
  expect(encodeFrame({ t: 'event', name: '你好' })).toBe('{"t":"event","name":"你好"}')
})

test('bytes are a copy that does not keep the frame alive', () => {
  const bytes = decodeFrame(encodeFrame({ bytes: new Uint8Array([1, 2]), rest: 'x'.repeat(1000) })) as {
    bytes: Uint8Array
  }
  expect(bytes.bytes.buffer.byteLength).toBe(2)
})

const frame = (head: unknown, body: number[]): Uint8Array => {
  const json = Array.from(JSON.stringify(head), letter => letter.charCodeAt(0))
  return new Uint8Array([0, 0, json.length >> 8, json.length & 255, ...json, ...body])
}

// Node's Buffer in short: its slice is a view.
class FrameLike extends Uint8Array {
  override slice(from?: number, to?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(from, to) as Uint8Array<ArrayBuffer>
  }
}

test('a frame in a Node Buffer gives plain bytes of their own', () => {
  const frame = new FrameLike(encodeFrame(new Uint8Array([7, 8])) as Uint8Array)
  const bytes = decodeFrame(frame) as Uint8Array
  frame.fill(0)
  expect(bytes).toEqual(new Uint8Array([7, 8]))
})

test.each([
  ['bytes that are not there', frame({ m: { a: null }, b: [[['a'], 9]] }, [1])],
  ['a path into a prototype', frame({ m: {}, b: [[['__proto__', 'x'], 1]] }, [1])],
  ['a path to what is no gap', frame({ m: { a: 1 }, b: [[['a'], 1]] }, [1])],
  ['a head longer than the frame', new Uint8Array([255, 255, 255, 255, 1])],
  ['nothing', new Uint8Array(0)],
])('a frame with %s is refused', (_what, bad) => {
  expect(() => decodeFrame(bad)).toThrow()
})
