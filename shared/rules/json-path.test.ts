import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePath, readAll, readOne, writePath } from './json-path.ts'

const doc = {
  orders: [
    { number: 'A1', total: 12.5, lines: [{ sku: 'x' }, { sku: 'y' }] },
    { number: 'A2', total: 3, lines: [] },
  ],
  'first.name': 'Ann',
  客户: { 姓名: '王芳' },
  'a/b': { '~': 1 },
}
const read = (path: string): unknown => readOne(doc, parsePath(path)!)

test.each([
  ['orders[0].number', 'A1'],
  ['$.orders[1].total', 3],
  ['["first.name"]', 'Ann'],
  ["['first.name']", 'Ann'],
  ['客户.姓名', '王芳'],
  ['/orders/0/total', 12.5],
  ['/a~1b/~0', 1],
  ['orders[9].number', undefined],
  ['orders.number', undefined],
  ['', doc],
  ['$', doc],
])('%s is read', (path, expected) => {
  expect(read(path)).toEqual(expected)
})

test('[] is every entry', () => {
  expect(readAll(doc, parsePath('orders[].lines[].sku')!)).toEqual(['x', 'y'])
})

test.each(['constructor', '__proto__.polluted', 'orders.length', 'orders[0].toString', '/__proto__'])(
  '%s reads nothing that the document does not have',
  path => {
    expect(read(path)).toBeUndefined()
  },
)

test.each(['a..b', 'a[', 'a]', 'a[?(@.b)]', '/~2', 'a[(1+1)]', Array(40).fill('a').join('.')])(
  '%s is no path',
  path => {
    expect(parsePath(path)).toBeNull()
  },
)

test('a path that was written for a place reads that place, whatever its keys are', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.nat(5)), { minLength: 1, maxLength: 6 }), steps => {
      const document = steps.reduceRight<unknown>(
        (inner, step) =>
          typeof step === 'number'
            ? [...Array(step).fill(0), inner]
            : Object.defineProperty({}, step, { value: inner, enumerable: true }),
        'here',
      )
      const path = parsePath(writePath(steps))
      expect(path && readOne(document, path)).toBe('here')
    }),
  )
})
