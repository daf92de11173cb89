import { expect, test } from 'vitest'
import { cluster } from './cluster.ts'

test('I1 I2 I3: of three hubs on one database one is killed and one loses the database without a word: desks go on, jobs are taken over, nothing is lost or sent twice', async () => {
  const report = await cluster({ runs: 2, seed: 3 })
  // As words: a list in a failure is cut short, and what went wrong once in a hundred runs is not seen again.
  expect(report.wrong.join('\n')).toBe('')
  expect(report.faults).toEqual({ kill: 1, silence: 1 })
  expect(report.replies.sent).toBeGreaterThan(0)
}, 600_000)
