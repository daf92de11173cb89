import fc from 'fast-check'
import { describe, it } from 'vitest'
import { play } from './play.ts'
import { story, told } from './story.ts'

const RUNS = Number(process.env.SIMULATION_RUNS ?? 300)
const SEED = Number(process.env.SIMULATION_SEED ?? 20261121)

describe('simulation', () => {
  it(`${RUNS} stories of desks, cuts and restarts end with equal replicas and nothing lost`, async () => {
    await fc.assert(fc.asyncProperty(story, play), {
      seed: SEED,
      numRuns: RUNS,
      reporter(details) {
        if (!details.failed) return
        const found = details.counterexample ? told(details.counterexample[0]) : ''
        throw new Error(
          `${found}\nreplay: npm run simulate -- --runs 1 --seed ${details.seed} --path ${details.counterexamplePath}\n${String(details.errorInstance)}`,
        )
      },
    })
  }, 600_000)
})
