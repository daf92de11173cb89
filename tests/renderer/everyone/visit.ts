// Every scene is visited once, and everything is asked of it on that visit.
import { scenes } from '../scenes/index.ts'
import { openScene } from '../scenes/scene.ts'
import { smallWidths, twiceWidths, widths } from '../scenes/widths.ts'
import type { Stage } from '../support/page.ts'
import { allWords } from '../support/words.ts'
import { axeProblems } from './axe.ts'
import { focusProblems } from './focus.ts'
import { givenBackProblems, holdNotes, noteFocus } from './given-back.ts'
import { covered, moving, notFitting } from './in-page.ts'
import { settled } from './settled.ts'

const languages = [
  ['en', 'en'],
  ['zh-CN', 'zh'],
] as const

/** What is wrong with a scene, a sentence each. @param rings were looked at closely before; the same thing elsewhere has the same ring */
export async function problemsOf(
  stage: Pick<Stage, 'open'>,
  name: string,
  rings: Set<string>,
): Promise<string[]> {
  const scene = scenes[name]!
  const sizes = scene.small ? smallWidths : ([...widths, ...twiceWidths] as const)
  // Its words are the shorter: Chinese is asked where a layout is narrowest, and as drawn.
  const ends = sizes.filter(([width]) => width !== 1080 && width !== 683)
  const { page, core } = await openScene(
    stage,
    {
      ...scene,
      act: async hands => {
        await hands.page.evaluate(noteFocus)
        await scene.act?.(hands)
      },
    },
    { language: 'en' },
  )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await settled(page)
  const problems = await axeProblems(page)
  core.preferences({ theme: 'dark' })
  await page.locator('html[data-theme=dark]').waitFor()
  // The other theme has other colours, and nothing else.
  problems.push(...(await axeProblems(page, ['color-contrast'])).map(each => `dark: ${each}`))
  for (const [language, key] of languages) {
    core.preferences({ language })
    await page.locator(`html[lang=${language}]`).waitFor()
    // Some thousand words: they stay in the page for all its sizes.
    const said = await page.evaluateHandle(
      words => words,
      allWords.flatMap(words => Object.values(words[key])),
    )
    for (const [width, height] of key === 'en' ? sizes : ends) {
      await page.setViewportSize({ width, height })
      await settled(page)
      const here = [...(await page.evaluate(notFitting, said)), ...(await page.evaluate(covered))]
      problems.push(...here.map(each => `${language} at ${width}: ${each}`))
    }
  }
  problems.push(...(await page.evaluate(moving)))
  if (await page.evaluate(() => document.documentElement.scrollHeight > innerHeight))
    problems.push('the desk is higher than its window: a focus could scroll all of it')
  const [width, height] = sizes[0]
  await page.setViewportSize({ width, height })
  await settled(page)
  await holdNotes(page)
  problems.push(...(await focusProblems(page, rings)), ...(await givenBackProblems(page)))
  return problems
}
