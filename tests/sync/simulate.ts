// npm run simulate -- --runs N --seed S [--path P] [--json FILE]
// Plays stories from a seed; prints the first that breaks an invariant, shrunk, and how to replay it.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { play } from './play.ts'
import { story, told } from './story.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2_147_483_647) },
    path: { type: 'string' },
    json: { type: 'string' },
  },
})
const runs = Number(values.runs)
const seed = Number(values.seed)
const begun = performance.now()
const details = await fc.check(fc.asyncProperty(story, play), {
  seed,
  numRuns: runs,
  ...(values.path ? { path: values.path } : {}),
})
const seconds = (performance.now() - begun) / 1000
const failure = details.counterexample
  ? {
      story: told(details.counterexample[0]),
      path: details.counterexamplePath,
      error:
        details.errorInstance instanceof Error
          ? (details.errorInstance.stack ?? '')
          : String(details.errorInstance),
    }
  : null
if (values.json)
  writeFileSync(values.json, JSON.stringify({ runs: details.numRuns, seed, seconds, failure }, null, 2))
if (failure) {
  console.error(
    `${failure.story}\n\n${failure.error}\n\nreplay: npm run simulate -- --runs ${runs} --seed ${seed} --path ${failure.path}`,
  )
  process.exitCode = 1
} else {
  console.log(
    `${details.numRuns} stories from seed ${seed} in ${seconds.toFixed(1)} s: every invariant held.`,
  )
}
