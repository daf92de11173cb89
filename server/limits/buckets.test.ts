import { expect, test } from 'vitest'
import { bucket, buckets } from './buckets.ts'

test('so many at once, then as many as time brings, each word by itself', () => {
  let now = 0
  const { take } = buckets({ burst: 2, perSecond: 1 }, () => now)
  expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1_000])
  expect(take('b')).toBe(0)
  now = 400
  expect(take('a')).toBe(600)
  now = 1_000
  expect([take('a'), take('a')]).toEqual([0, 1_000])
})

test('much at once is weighed as much, and nothing is taken where there is no room', () => {
  const now = 0
  const { take } = buckets({ burst: 10, perSecond: 2 }, () => now)
  expect([take('a', 8), take('a', 8), take('a', 2)]).toEqual([0, 3_000, 0])
})

test('a clock that is set back gives and takes nothing', () => {
  let now = 5_000
  const may = bucket({ burst: 1, perSecond: 1 }, () => now)
  expect([may(), may()]).toEqual([true, false])
  now = 0
  expect(may()).toBe(false)
  now = 1_000
  expect(may()).toBe(true)
})
