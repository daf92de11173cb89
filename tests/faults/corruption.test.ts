import { expect, test } from 'vitest'
import { corruption } from './corruption.ts'

test('S28: of 50 desks with flipped bytes and cut files each opens, keeps what waits while one copy of it is whole, tells its person, and mends once', async () => {
  const report = await corruption({ runs: 50, seed: 1 })
  expect(report.wrong).toEqual([])
  expect(report.runs).toBe(50)
  expect(report.kept).toBeGreaterThan(0)
}, 600_000)
