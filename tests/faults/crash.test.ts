import { expect, test } from 'vitest'
import { crashDesks, crashHub } from './crash.ts'

// More by `npm run torture -- crash --runs 10000`. Each has a limit of its own: a machine may be many times slower than ours.
const LONG = 600_000

test(
  'I1 I2 I3: desks killed 88 times around commit, checkpoint, push, acknowledgement and first sync lose nothing and repeat nothing',
  async () => {
    const report = await crashDesks({ runs: 88, seed: 1 })
    expect(report.wrong.join('\n')).toBe('')
    expect(report.kills).toBeGreaterThanOrEqual(88)
    expect(report.accepted).toBeGreaterThan(88)
  },
  LONG,
)

test(
  'I1 I2 I3: a hub killed 12 times around DATA, commits and acknowledgements loses nothing and repeats nothing',
  async () => {
    const report = await crashHub({ runs: 12, seed: 1 })
    expect(report.wrong.join('\n')).toBe('')
    expect(report.replies.sent).toBeGreaterThan(0)
  },
  LONG,
)
