import { expect, it } from 'vitest'
import { scenes } from '../scenes/index.ts'
import { stageOfFile } from '../support/stage.ts'
import { problemsOf } from './visit.ts'

/** Every second scene, so that two processors share them. @param half 0 or 1 */
export function visitsOf(half: 0 | 1): void {
  const stage = stageOfFile()
  const rings = new Set<string>()
  const names = Object.keys(scenes).filter((_, index) => index % 2 === half)
  it.each(names)(
    '%s: all is in sight and read whole, in both languages, every window and at twice the size; nothing moves unasked; axe finds nothing; the focus is seen',
    async name => {
      expect(await problemsOf(stage, name, rings)).toEqual([])
    },
  )
}
