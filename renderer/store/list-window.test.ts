import { describe, expect, it } from 'vitest'
import { firstPage, lengthOf, pageSize } from './list-window.ts'

describe('the window onto a list', () => {
  it('always holds the rows in sight and some on either side', () => {
    for (let row = 0; row < 2000; row += 7) {
      const first = firstPage(row) * pageSize
      expect(first).toBeLessThanOrEqual(row)
      expect(first + 2 * pageSize).toBeGreaterThan(row + 60)
    }
  })

  it('stays while one scrolls within it', () => {
    expect(firstPage(0)).toBe(0)
    expect(firstPage(pageSize)).toBe(0)
    expect(firstPage(2 * pageSize)).toBe(1)
  })

  it('believes a page that ends before it is full over a count that is a moment older', () => {
    expect(lengthOf(14, [{ number: 0, length: 13, loading: false }])).toBe(13)
    expect(
      lengthOf(400, [
        { number: 2, length: 99, loading: false },
        { number: 1, length: pageSize, loading: false },
      ]),
    ).toBe(2 * pageSize + 99)
  })

  it('believes the count while pages load, and never shows fewer rows than it has', () => {
    expect(lengthOf(50_000, [{ number: 3, length: 0, loading: true }])).toBe(50_000)
    expect(lengthOf(100, [{ number: 0, length: pageSize, loading: false }])).toBe(pageSize)
  })

  it('is empty when the first page is', () => {
    expect(lengthOf(3, [{ number: 0, length: 0, loading: false }])).toBe(0)
  })
})
