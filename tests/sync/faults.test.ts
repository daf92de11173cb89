import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Broken } from './broken.ts'
import { type Fault, faults } from './faults.ts'
import { play } from './play.ts'
import { type Story, story } from './story.ts'

/** Stories a fault has to be found in. */
const MOST = 400

describe('the simulation notices', () => {
  for (const fault of faults)
    it(`when ${fault.sentence}, by ${fault.caughtBy.join(' or ')}`, async () => {
      const { broken, after } = await hunt(fault)
      expect(broken, `not found in ${after} stories`).toBeDefined()
      expect(fault.caughtBy, broken!.message).toContain(broken!.invariant)
    }, 300_000)
})

async function hunt(fault: Fault): Promise<{ broken?: Broken; after: number }> {
  let after = 0
  for (const each of storiesFor(fault)) {
    after += 1
    try {
      await play(each, fault.build())
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      return { broken: error, after }
    }
  }
  return { after }
}

/** Stories of the generator in which the fault has its chance. */
function* storiesFor({ needs = [] }: Fault): Generator<Story> {
  let found = 0
  for (let seed = 1; found < MOST; seed++)
    for (const each of fc.sample(story, { seed, numRuns: 100 })) {
      let met = 0
      for (const step of each.steps) if (needs[met] === (step.do === 'act' ? step.what : step.do)) met += 1
      if (met < needs.length || each.desks > 6) continue
      found += 1
      yield each
      if (found === MOST) return
    }
}
