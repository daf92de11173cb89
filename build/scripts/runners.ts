// The two test runners as child processes, and what they came to.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bundles.ts'
import { runChild } from './child.ts'
import { playwrightTally, type Tally, tallyFrom, vitestTally } from './tally.ts'

const results = join(root, 'test-results')

/**
 * Tests start hundreds of programs of ours from their sources. What one has compiled the next finds here, and starts in half
 * the processor's time (https://nodejs.org/api/module.html#module-compile-cache).
 */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') }

const freshReport = (name: string): string => {
  mkdirSync(results, { recursive: true })
  const file = join(results, name)
  rmSync(file, { force: true })
  return file
}

/** Everything but the end-to-end tests. @param args more of vitest's own */
export const runVitest = async (args: string[]): Promise<Tally> => {
  const report = freshReport('vitest.json')
  const cli = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runChild(process.execPath, [cli, 'run', '--root', root, ...reporters, ...args], env)
    .ended
  return honest(tallyFrom(report, vitestTally), code)
}

/** The tests that drive desks in Chromium. @param args more of Playwright's own */
export const runPlaywright = async (args: string[]): Promise<Tally> => {
  if (!hasTests(join(root, 'tests/e2e'))) return { passed: 0, failed: 0, skipped: [] }
  const report = freshReport('e2e.json')
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  const config = join(root, 'playwright.config.ts') // names the report, too
  const code = await runChild(process.execPath, [cli, 'test', '--config', config, ...args], env).ended
  return honest(tallyFrom(report, playwrightTally), code)
}

/** A runner that ends badly although no test failed (an error after the tests) is a failure too. */
const honest = (tally: Tally, code: number | null): Tally =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally

const hasTests = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true }).some(name => String(name).endsWith('.test.ts'))
