import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { simulate } from './workers.ts'

const CI = Boolean(process.env.CI)
const RUNS = Number(process.env.SIMULATION_RUNS ?? (CI ? 10_000 : 600))
const POSTGRES_RUNS = CI ? 200 : 12
const SEED = Number(process.env.SIMULATION_SEED ?? 20261121)
/** What CI gives the simulation, on all its cores; on a slower machine fewer stories are played, and that is said. Seconds. */
const LIMIT = 240

describe('the simulation', () => {
  it(`plays ${RUNS} stories of desks, hubs, cuts and restarts and breaks no invariant`, async () => {
    await playAll({ runs: RUNS, postgres: false, seconds: LIMIT })
  }, 900_000)

  it(`plays ${POSTGRES_RUNS} stories on PostgreSQL and breaks no invariant`, async () => {
    await playAll({ runs: POSTGRES_RUNS, postgres: true })
  }, 1_200_000)
})

async function playAll(order: { runs: number; postgres: boolean; seconds?: number }): Promise<void> {
  const report = await simulate({ ...order, seed: SEED, workers: availableParallelism() })
  console.log(
    `${report.runs} of ${order.runs} stories${order.postgres ? ' on PostgreSQL' : ''} in ${report.seconds.toFixed(0)} s`,
  )
  expect(report.failures.map(({ story, error, replay }) => `${story}\n${error}\n${replay}`)).toEqual([])
  expect(report.runs).toBeGreaterThan(0)
}
