// Every scene is visited once in a language, and everything is asked of it on that visit.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { scenes } from '../scenes/index.ts'
import { type Language, openScene } from '../scenes/scene.ts'
import { widths } from '../scenes/widths.ts'
import { stageOfFile } from '../support/stage.ts'
import { allWords } from '../support/words.ts'
import { axeProblems } from './axe.ts'
import { focusProblems } from './focus.ts'
import { covered, moving, notFitting } from './in-page.ts'

/** 1440 by 900 at 200 %. */
const twice = [720, 450] as const

/** The page has drawn what its new size means: its own queue has been empty a few times. */
async function settled(page: Page): Promise<void> {
  await page.clock.runFor(500)
  await page.evaluate(
    () =>
      new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        let turns = 0
        port1.onmessage = () => (++turns < 5 ? port2.postMessage(0) : resolve(0))
        port2.postMessage(0)
      }),
  )
}

/** In one file a language, so that two processors share them. @param asksAxe and goes round by Tab: once is enough */
export function visitsOf(language: Language, asksAxe: boolean): void {
  const stage = stageOfFile()
  const said = [...new Set(allWords.flatMap(words => Object.values(words[language])))]
  const rings = new Set<string>()
  const extras = asksAxe ? ', axe finds nothing in both themes, and the focus is seen wherever it goes' : ''
  it.each(Object.keys(scenes))(
    `%s: everything is in sight and read whole in every window and at 200 %%, and nothing moves unasked${extras}`,
    async name => {
      const { page, core } = await openScene(stage, scenes[name]!, { language })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const problems: string[] = []
      for (const [width, height] of [...widths, twice]) {
        await page.setViewportSize({ width, height })
        await settled(page)
        const here = [...(await page.evaluate(notFitting, said)), ...(await page.evaluate(covered))]
        problems.push(...here.map(each => `at ${width}: ${each}`))
      }
      await page.setViewportSize({ width: 1440, height: 900 })
      problems.push(...(await page.evaluate(moving)))
      if (asksAxe) {
        await settled(page)
        problems.push(...(await axeProblems(page)))
        core.preferences({ theme: 'dark' })
        await page.locator('html[data-theme=dark]').waitFor()
        // The other theme has other colours, and nothing else.
        problems.push(...(await axeProblems(page, ['color-contrast'])).map(each => `dark: ${each}`))
        problems.push(...(await focusProblems(page, rings)))
      }
      expect(problems).toEqual([])
    },
  )
}
