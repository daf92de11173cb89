import { describe, expect, it } from 'vitest'
import { difference, equal, snapshot } from './rows.ts'

interface Row {
  id: string
  words: string[]
}
const row = (id: string, ...words: string[]): Row => ({ id, words })
const key = ({ id }: Row): string => id

describe('rows of a live query', () => {
  const a = row('a', 'one')
  const b = row('b', 'two')
  const before = [a, b]

  it('keep the identity of rows that did not change', () => {
    const after = difference(before, { put: [row('b', 'three')], drop: [], order: null }, key)
    expect(after[0]).toBe(a)
    expect(after[1]).toEqual(row('b', 'three'))
  })

  it('keep the identity of a row that was sent again unchanged, and then the whole array', () => {
    expect(difference(before, { put: [row('b', 'two')], drop: [], order: null }, key)).toBe(before)
    expect(snapshot(before, [row('a', 'one'), row('b', 'two')], key)).toBe(before)
  })

  it('are a new array when only the order changed', () => {
    const after = difference(before, { put: [], drop: [], order: ['b', 'a'] }, key)
    expect(after).toEqual([b, a])
    expect(after[0]).toBe(b)
  })

  it('come and go by key', () => {
    expect(difference(before, { put: [row('c')], drop: ['a'], order: ['c', 'b'] }, key)).toEqual([
      row('c'),
      b,
    ])
  })

  it('put a new row last when no order is sent', () => {
    expect(difference(before, { put: [row('c')], drop: [], order: null }, key).map(key)).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('leave out a key that nobody has sent', () => {
    expect(difference(before, { put: [], drop: [], order: ['a', 'ghost', 'b'] }, key)).toBe(before)
  })

  it('keep what is equal when a whole result comes again after a restart', () => {
    const after = snapshot(before, [row('b', 'two'), row('a', 'changed')], key)
    expect(after[0]).toBe(b)
    expect(after[1]).not.toBe(a)
  })

  it('tell plain data apart', () => {
    expect(equal({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true)
    expect(equal({ a: undefined }, { b: undefined })).toBe(false)
    expect(equal([], {})).toBe(false)
    expect(equal([1, 2], [1])).toBe(false)
    expect(equal(null, {})).toBe(false)
  })
})
