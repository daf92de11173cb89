// The page is loaded anew in the middle of a word, as after a crash: the next letters are words, and no commands.
import { expect, it } from 'vitest'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { thread } from '../timeline/scene.ts'

const stage = stageOfFile()

/** @param last what is pressed before it is loaded anew */
async function loadedAnew(last?: string): Promise<DeskPage> {
  const desk = await openThread(stage, thread())
  const { page } = desk
  await reply(page).click()
  await page.keyboard.type('Half a s')
  await expect.poll(() => mutated(desk, 'draft.save').at(-1)?.text).toBe('Half a s')
  if (last !== undefined) await page.keyboard.press(last)
  await page.reload()
  await expect.poll(() => typed(reply(page))).toBe('Half a s')
  return desk
}

it('who was in the words is in them again, and E resolves nothing', async () => {
  const desk = await loadedAnew()
  const { page } = desk
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.classList.contains('comp-text')))
    .toBe(true)
  await page.keyboard.type('entence here')
  await expect.poll(() => typed(reply(page))).toBe('Half a sentence here')
  expect(mutated(desk, 'conversation.close')).toEqual([])
})

it('who had left them is not put into them: the keys are those of the thread', async () => {
  const desk = await loadedAnew('Escape')
  const { page } = desk
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  await page.keyboard.press('e')
  await expect.poll(() => mutated(desk, 'conversation.close').length).toBe(1)
})
