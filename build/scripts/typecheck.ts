// Type-checks every side with its own configuration, so that no side sees another's globals.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const sides = ['shared', 'server', 'server/channels/chat/widget', 'electron', 'renderer', 'build', 'tests']

let failed = false
for (const side of sides) {
  if (!existsSync(`${root}/${side}/tsconfig.json`)) continue
  const run = spawnSync(process.execPath, [tsc, '-p', side], { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) failed = true
}
process.exit(failed ? 1 : 0)
