// In which order vitest takes the files. It knows how long each took only where it has run before; a fresh clone has not.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes each: begun late, one worker would be at them while the others have nothing left. */
export const first = [
  'tests/renderer/everyone/one.test.ts',
  'tests/renderer/everyone/other.test.ts',
  'tests/faults/crash.test.ts',
  'tests/renderer/sync/states.test.ts',
  'tests/renderer/timeline/timeline.test.ts',
  'tests/renderer/desk.test.ts',
  'tests/hub/commands.test.ts',
  'tests/renderer/composer/composer.test.ts',
  'tests/renderer/customer/customer.test.ts',
  'tests/renderer/customer/profile.test.ts',
]
/** It has a process of its own for every processor: at the end it has them all to itself. */
export const last = ['tests/sync/simulation.test.ts']

const placeOf = ({ moduleId }: TestSpecification): number => {
  const at = first.findIndex(path => moduleId.endsWith(path))
  if (at !== -1) return at
  return last.some(path => moduleId.endsWith(path)) ? first.length + 1 : first.length
}

/** The longest first, and among the others as vitest would: those that failed, then by the time they took, then by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}
