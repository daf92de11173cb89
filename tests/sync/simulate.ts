// npm run simulate -- --runs N --seed S [--path P] [--workers W] [--postgres] [--json FILE]
// Plays stories from a seed; prints the first that breaks an invariant, shrunk, in sentences, and how to replay it.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { simulate } from './workers.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2_147_483_647) },
    path: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    postgres: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const report = await simulate({
  runs: Number(values.runs),
  seed: Number(values.seed),
  path: values.path,
  workers: values.path ? 1 : Number(values.workers),
  postgres: values.postgres,
})
if (values.json) writeFileSync(values.json, JSON.stringify(report, null, 2))
for (const { story, error, replay } of report.failures)
  console.error(`${story}\n\n${error}\n\nreplay: ${replay}\n`)
if (report.failures.length > 0) process.exitCode = 1
else {
  const { runs, seconds, processor } = report
  console.log(
    `${runs} stories from seed ${values.seed} in ${seconds.toFixed(1)} s (${(runs / seconds).toFixed(1)} a second, ${((processor / runs) * 1000).toFixed(0)} ms of processor time each): every invariant held.`,
  )
}
