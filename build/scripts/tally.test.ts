import { expect, test } from 'vitest'
import { lineOf, playwrightTally, sum, tallyFrom, vitestTally } from './tally.ts'

const report = {
  numFailedTestSuites: 2,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: ' one', status: 'passed' },
        { fullName: ' two', status: 'failed' },
        { fullName: 'group three', status: 'skipped' },
        { fullName: 'four', status: 'todo' },
      ],
    },
    { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
  ],
}

test('a run of vitest: a file that cannot be loaded is a failure, what was skipped is named', () => {
  expect(vitestTally(report)).toEqual({ passed: 1, failed: 2, skipped: ['group three', 'four'] })
})

test('a run of Playwright: nested groups, errors outside tests', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
  const run = {
    suites: [
      {
        specs: [spec('a', 'expected')],
        suites: [{ specs: [spec('b', 'unexpected'), spec('c', 'skipped')] }],
      },
    ],
    errors: [{ message: 'x.test.ts does not load' }],
  }
  expect(playwrightTally(run)).toEqual({ passed: 1, failed: 2, skipped: ['c'] })
})

test('a runner that wrote no report has failed', () => {
  expect(tallyFrom('/nowhere/report.json', vitestTally).failed).toBe(1)
})

test('the last line is plain', () => {
  const tally = vitestTally(report)
  expect(lineOf(sum([tally, tally]))).toBe('2 passed, 4 failed, 4 skipped')
  expect(lineOf({ passed: 7, failed: 0, skipped: [] })).toBe('7 passed, 0 failed')
})
