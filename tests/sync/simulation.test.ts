import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { simulate } from './workers.ts'

const RUNS = Number(process.env.SIMULATION_RUNS ?? (process.env.CI ? 10_000 : 600))
const SEED = Number(process.env.SIMULATION_SEED ?? 20261121)
/** What CI gives the simulation, on all its cores; on a slower machine fewer stories are played. Seconds. */
const LIMIT = 240

describe('simulation', () => {
  it(`${RUNS} stories of desks, hubs, cuts and restarts break no invariant`, async () => {
    const { runs, seconds, failures } = await simulate({
      runs: RUNS,
      seed: SEED,
      workers: availableParallelism(),
      seconds: LIMIT,
    })
    console.log(`${runs} stories in ${seconds.toFixed(0)} s`)
    expect(failures.map(({ story, error, replay }) => `${story}\n${error}\n${replay}`)).toEqual([])
    expect(runs).toBeGreaterThan(0)
  }, 900_000)
})
