// npm run e2e [-- PATTERN ...]: the end-to-end tests alone.
import { ensureRenderer } from './bundles.ts'
import { prepareGround } from './ground.ts'
import { runPlaywright } from './runners.ts'
import { lineOf } from './tally.ts'

const missing = prepareGround()
if (missing.length > 0) {
  console.error(
    `Missing on this machine: ${missing.join(', ')}. Install it (or set CHROMIUM to a browser) and run this again.`,
  )
  process.exit(1)
}
ensureRenderer()
const tally = await runPlaywright(process.argv.slice(2))
console.log(lineOf(tally))
process.exit(tally.failed === 0 ? 0 : 1)
