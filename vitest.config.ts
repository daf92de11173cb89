// One runner for every side. Each is a project of its own, so `vitest run --project server` runs one side alone;
// files run in forked processes, at most one a core: several start a PostgreSQL or a Chromium of their own.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './build/scripts/test-order.ts'

const sides = ['shared', 'server', 'electron', 'renderer', 'build'] as const
const ignored = ['**/node_modules/**', 'out/**', 'dist/**', 'tests/e2e/**', 'tests/fixtures/**']

export default defineConfig({
  test: {
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // No test measures time: on a busy machine only a real hang should end one.
    // Conditions are waited for as long as a loaded machine needs; a second, the default, is not that.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: Math.max(1, Math.min(4, availableParallelism())),
    projects: [
      ...sides.map(name => ({
        extends: true as const,
        test: {
          name,
          environment: 'node' as const,
          include: [`${name}/**/*.test.{ts,tsx}`],
          exclude: ignored,
        },
      })),
      {
        extends: true as const,
        test: {
          name: 'tests',
          environment: 'node' as const,
          include: ['tests/**/*.test.ts'],
          exclude: ignored,
          // These run several programs side by side. In CI one is tried once more before a change is blamed; the report says
          // so. Whoever works on them sees every failure.
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
})
