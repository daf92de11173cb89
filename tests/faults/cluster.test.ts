import { expect, test } from 'vitest'
import { cluster } from './cluster.ts'

test('I1 I2 I3: of three hubs on one database one is killed and one loses the database without a word: desks go on, jobs are taken over, nothing is lost or sent twice', async () => {
  const report = await cluster({ runs: 2, seed: 3 })
  expect(report.wrong).toEqual([])
  expect(report.faults).toEqual({ kill: 1, silence: 1 })
  expect(report.replies.sent).toBeGreaterThan(0)
}, 600_000)
