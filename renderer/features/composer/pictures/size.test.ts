import { expect, it } from 'vitest'
import { fitted, resized } from './size.ts'

it('a picture is as large as it is, or as there is room in a mail for, and keeps its shape', () => {
  expect(fitted({ width: 32, height: 16 })).toEqual({ width: 32, height: 16 })
  expect(fitted({ width: 2560, height: 1440 })).toEqual({ width: 640, height: 360 })
  // A page of a telephone.
  expect(fitted({ width: 1170, height: 2532 })).toEqual({ width: 370, height: 801 })
  expect(fitted({ width: 20_000, height: 1 })).toEqual({ width: 640, height: 1 })
})

it('goes through a few widths, from wherever it is, and ends', () => {
  const through = (width: number, step: 1 | -1): number[] => {
    const next = resized({ width, height: width }, step)
    return next ? [next.width, ...through(next.width, step)] : []
  }
  expect(through(370, 1)).toEqual([480, 640])
  expect(through(370, -1)).toEqual([360, 240, 120])
  expect(resized({ width: 640, height: 320 }, -1)).toEqual({ width: 480, height: 240 })
})
