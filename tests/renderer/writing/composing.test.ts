// An input method in the fields outside the composer, in a real Chromium: its Enter and its Escape are its own.
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread } from '../timeline/opened.ts'
import { thread } from '../timeline/scene.ts'
import { inputMethod } from './input-method.ts'

const stage = stageOfFile()

it('an input method that gives up what it composed, or takes a candidate, closes no field around it, chooses nothing and keeps nothing half composed', async () => {
  const desk = await openThread(stage, thread())
  const { page } = desk
  const method = await inputMethod(page)
  const fields: [string, (page: Page) => Promise<void>, Locator][] = [
    ['search', page => page.keyboard.press('Control+k'), page.getByPlaceholder('Search everything')],
    ['tags', page => page.keyboard.press('t'), page.getByPlaceholder('Find or create a tag')],
    ['colleagues', page => page.keyboard.press('a'), page.getByPlaceholder('Find a colleague')],
    ['a time', page => page.keyboard.press('h'), page.getByPlaceholder('2h', { exact: false })],
    ['keys', page => page.keyboard.press('?'), page.getByPlaceholder('Find an action')],
    [
      'a view’s name',
      page => page.keyboard.press('Shift+V'),
      page.getByRole('textbox', { name: 'Name', exact: true }),
    ],
    [
      'a customer’s name',
      page => page.getByRole('button', { name: /^Edit Name/ }).click(),
      page.getByRole('textbox', { name: 'Name', exact: true }),
    ],
    [
      'the customer’s note',
      page => page.getByRole('button', { name: /^Edit Note about the customer/ }).click(),
      page.getByRole('textbox', { name: 'Note about the customer' }),
    ],
  ]
  for (const [name, open, field] of fields) {
    await page.locator('.tl-scroll').first().focus()
    await open(page)
    await field.waitFor()
    await method.compose('ni')
    await method.enter()
    await method.escape()
    await method.commit('你')
    await expect.poll(() => field.inputValue().catch(() => 'closed'), { message: name }).toBe('你')
    // A key of the person’s own closes it as ever.
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
  }
  for (const name of ['customer.edit', 'conversation.tag', 'conversation.assign', 'conversation.snooze'])
    expect(mutated(desk, name)).toEqual([])
})
