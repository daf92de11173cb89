// End-to-end tests in the machine’s Chromium, the engine of Electron. Two at a time: each runs a hub and desks of its own, and mostly
// waits for them; with three, what a person waits for took longer than it does.
import { defineConfig } from '@playwright/test'
import { chromiumForPages } from './build/scripts/chromium.ts'

/** Those that take a minute and more: begun last, they would be waited for by idle processors. */
const long = /(?:chat|later|offline|one-customer|team|writing)\.test\.ts$/

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  projects: [
    { name: 'long', testMatch: long },
    { name: 'others', testIgnore: long },
  ],
  workers: 2,
  fullyParallel: true,
  retries: process.env.CI ? 1 : 0,
  // No test measures time: on a busy machine only a real hang should end one.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    // Of what failed every step is kept as the page stood then, and a picture of the end. A film of it all would cost a quarter of the processor's time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: chromiumForPages(),
  },
})
