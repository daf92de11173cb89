// What a run of tests came to, from the reports that vitest and Playwright write.
import { readFileSync } from 'node:fs'
import { z } from 'zod'

export interface Tally {
  passed: number
  failed: number
  /** Names of what was not run. */
  skipped: string[]
}

export const sum = (tallies: Tally[]): Tally => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  skipped: tallies.flatMap(tally => tally.skipped),
})

/** The plain line that a run ends with. */
export const lineOf = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`

const Vitest = z.object({
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/** A file that could not even be loaded counts as one failure. */
export const vitestTally = (report: unknown): Tally => {
  const { testResults } = Vitest.parse(report)
  const tests = testResults.flatMap(file => file.assertionResults)
  const broken = testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: tests
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map(({ fullName }) => fullName.trim()),
  }
}

interface Suite {
  specs: { title: string; tests: { status: string }[] }[]
  suites?: Suite[] | undefined
}
const Suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
    suites: z.array(Suite).optional(),
  }),
)
const Playwright = z.object({ suites: z.array(Suite), errors: z.array(z.unknown()).optional() })

/** An error outside any test (a file that does not load) counts as one failure. */
export const playwrightTally = (report: unknown): Tally => {
  const { suites, errors = [] } = Playwright.parse(report)
  const specsOf = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
  const tests = suites
    .flatMap(specsOf)
    .flatMap(({ title, tests }) => tests.map(({ status }) => ({ title, status })))
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: tests.filter(({ status }) => status === 'unexpected').length + errors.length,
    skipped: tests.filter(({ status }) => status === 'skipped').map(({ title }) => title),
  }
}

/** @returns the tally, or one failure when the runner died before it could write its report */
export const tallyFrom = (file: string, read: (report: unknown) => Tally): Tally => {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: [] }
  }
}
