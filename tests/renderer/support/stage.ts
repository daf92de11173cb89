import { afterAll, afterEach, beforeAll } from 'vitest'
import { type DeskPage, openStage, type Stage } from './page.ts'

/** The stage of a file's tests: there before the first, gone after the last. What a test opens is closed after it. */
export function stageOfFile(): Pick<Stage, 'open'> {
  let stage: Stage | undefined
  const opened: DeskPage[] = []
  beforeAll(async () => {
    stage = await openStage()
  })
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk.close()
  })
  afterAll(() => stage?.close())
  return {
    async open(...args) {
      const desk = await stage!.open(...args)
      opened.push(desk)
      return desk
    },
  }
}
