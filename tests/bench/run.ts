// npm run bench -- [--only P3,P4] [--json FILE] [--full] [--items N]
// Runs the benchmarks, each in a process of its own, and prints a table. --full: the largest sizes of the targets.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { machine } from './machine.ts'
import type { BenchOptions, Result } from './result.ts'
import { table } from './table.ts'
import { createYardstick } from './yardstick.ts'

/** Files by target; those marked work on one shared replica. */
const benches: readonly { id: string; also?: string; file: string; onReplica?: true }[] = [
  { id: 'P1', file: 'p1-first-sync.ts' },
  { id: 'P1', file: 'p1-hub.ts' },
  // Of PouchDB P3, too.
  { id: 'P1', file: 'p1-peers.ts', also: 'P3' },
  { id: 'P3', file: 'p3-open-customer.ts', onReplica: true },
  { id: 'P3', file: 'p3-inside.ts', onReplica: true },
  { id: 'P4', file: 'p4-search.ts', onReplica: true },
  { id: 'P4', file: 'p4-peers.ts' },
  { id: 'P10', file: 'p10-list.ts' },
  { id: 'P10', file: 'p10-painted.ts' },
  // These change the replica.
  { id: 'P3', also: 'P5', file: 'p3-painted.ts', onReplica: true },
  { id: 'P2', file: 'p2-apply.ts', onReplica: true },
  { id: 'P5', file: 'p5-change.ts', onReplica: true },
  { id: 'P9', file: 'p9-day.ts', onReplica: true },
  { id: 'P6', file: 'p6-reconnect.ts' },
  { id: 'P6', file: 'p6-hub.ts' },
  { id: 'P7', file: 'p7-relay.ts' },
  { id: 'P7', file: 'p7-hub.ts' },
  { id: 'P8', file: 'p8-memory.ts' },
]

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    full: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
  },
})
const only = values.only?.split(',').map(id => id.trim().toUpperCase())
const chosen = benches.filter(({ id, also }) => !only || only.includes(id) || (also && only.includes(also)))
const work = mkdtempSync(join(tmpdir(), 'skein-bench-'))
const results: Result[] = []
const failures: string[] = []

console.log(machine())
const yardstick = createYardstick()
const bare = (): string => `SQLite bare ${Math.round(yardstick()).toLocaleString('en')} rows/s`
try {
  const options: BenchOptions = { full: values.full, items: Number(values.items), replica: null }
  if (chosen.some(({ onReplica }) => onReplica)) {
    options.replica = join(work, 'replica.db')
    await runOne('p1-apply.ts', options)
  }
  for (const { file } of chosen) await runOne(file, options)
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(`\n${table(results)}\n\n${machine()}, ${bare()}`)
for (const failure of failures) console.log(failure)
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
process.exitCode = failures.length > 0 ? 1 : 0

/** Runs a bench to its end; what it reports is kept even when it fails later. */
function runOne(file: string, options: BenchOptions): Promise<void> {
  console.log(`\n${file}  (load ${loadavg()[0]?.toFixed(1)}, ${bare()})`)
  return new Promise(resolve => {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(options)], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    })
    child.on('message', (result: Result) => {
      results.push(result)
      console.log(table([result]))
    })
    child.on('exit', (code, signal) => {
      if (code !== 0) failures.push(`${file} did not finish: ${signal ?? `exit ${code}`}`)
      resolve()
    })
  })
}
