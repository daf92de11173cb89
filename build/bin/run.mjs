#!/usr/bin/env node
// `node build/bin/run.mjs start ...` runs build/scripts/start.ts, `... run.mjs tests/bench/run.ts` that file: on the right Node,
// whatever the machine has.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { onNode24 } from './node24.mjs'

await onNode24()
const [name = '', ...rest] = process.argv.slice(2)
const script = new URL(name.endsWith('.ts') ? `../../${name}` : `../scripts/${name}.ts`, import.meta.url)
if (name === '' || !existsSync(script)) {
  console.error(`There is no script named "${name}".`)
  process.exit(1)
}
process.argv.splice(1, 2 + rest.length, fileURLToPath(script), ...rest)
await import(script.href)
