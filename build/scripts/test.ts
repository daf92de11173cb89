// npm test: everything that can be shown on this machine. Arguments are file patterns for vitest; with any, the end-to-end tests are left out.
import { ensureDesk } from './bundles.ts'
import { findElectron, whyNoElectron } from './electron-binary.ts'
import { prepareGround } from './ground.ts'
import { runPlaywright, runVitest } from './runners.ts'
import { lineOf, sum } from './tally.ts'

const patterns = process.argv.slice(2)
const missing = prepareGround()
if (missing.length > 0)
  console.error(
    `Missing on this machine: ${missing.join(', ')}. Tests that need it will fail; install it and run this again.`,
  )

ensureDesk()
const unit = await runVitest(patterns)
const desks = patterns.length > 0 ? { passed: 0, failed: 0, skipped: [] } : await runPlaywright([])
const total = sum([unit, desks])

const electron = findElectron()
const obstacle = electron === undefined ? 'its program is not here' : whyNoElectron()
console.log('')
console.log(
  obstacle === undefined
    ? 'Ran in: Node, Chromium, Electron.'
    : `Ran in: Node and Chromium. Not run in Electron (${obstacle}): the shell was tested against a double of its module.`,
)
if (total.skipped.length > 0) console.log(`Not run:\n${total.skipped.map(name => `  - ${name}`).join('\n')}`)
console.log(lineOf(total))
process.exit(total.failed === 0 ? 0 : 1)
