import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { simulate } from './workers.ts'

const CI = Boolean(process.env.CI)
const RUNS = Number(process.env.SIMULATION_RUNS ?? (CI ? 9_800 : 600))
const POSTGRES_RUNS = CI ? 200 : 12
const SEED = Number(process.env.SIMULATION_SEED ?? 20261121)
/** What both together may take, on all cores: on a slower machine fewer stories are played, and that is said. Seconds. */
const LIMIT = 240
let left = LIMIT
/** A story that broke once is broken. */
const once = { timeout: 900_000, retry: 0 }

describe('the simulation', () => {
  it(`plays ${POSTGRES_RUNS} stories on PostgreSQL and breaks no invariant`, once, async () => {
    await playAll({ runs: POSTGRES_RUNS, postgres: true, seconds: LIMIT / 2 })
  })

  it(`plays ${RUNS} stories of desks, hubs, cuts and restarts and breaks no invariant`, once, async () => {
    await playAll({ runs: RUNS, postgres: false, seconds: left })
  })
})

async function playAll(order: { runs: number; postgres: boolean; seconds: number }): Promise<void> {
  const report = await simulate({ ...order, seed: SEED, workers: availableParallelism() })
  left -= report.seconds
  const { runs, seconds, processor } = report
  console.log(
    `${runs} of ${order.runs} stories${order.postgres ? ' on PostgreSQL' : ''} in ${seconds.toFixed(0)} s, ${((processor / runs) * 1000).toFixed(0)} ms of processor time each`,
  )
  expect(report.failures.map(({ story, error, replay }) => `${story}\n${error}\n${replay}`)).toEqual([])
  expect(runs).toBeGreaterThan(0)
}
