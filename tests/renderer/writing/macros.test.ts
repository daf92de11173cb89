// Macros in a real Chromium over a scripted core: found by `/` at the caret or by their key, filled, inserted as one step, done with a way back.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { draftId } from '#shared/model/draft.ts'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { mailId, me, thread } from '../timeline/scene.ts'
import { inputMethod } from './input-method.ts'
import { withMacros } from './macros.ts'

const stage = stageOfFile()

const list = (page: Page) => page.getByRole('listbox', { name: /^(Macros|快捷回复)$/ })
const options = (page: Page) => list(page).getByRole('option')
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

it('a mail: found while one types, filled, put in as one step, held back while something is unsaid, sent with what it asked for', async () => {
  const world = withMacros(thread())
  const desk = await openThread(stage, world)
  const { page } = desk
  desk.core.preferences({ undoSendSeconds: 10 })
  await reply(page).focus()
  await page.keyboard.type('1/2 and/or ')
  expect(await list(page).count()).toBe(0)
  await reply(page).press('ControlOrMeta+A')
  await reply(page).press('Delete')

  await page.keyboard.type('/refun')
  await expect
    .poll(() => options(page).allInnerTexts())
    .toEqual([expect.stringContaining('Refund is on its way')])
  const preview = page.locator('.insert-preview')
  expect(await preview.innerText()).toContain('Hello Amara')
  expect(await preview.innerText()).toContain('Assign to you')
  const active = await reply(page).getAttribute('aria-activedescendant')
  expect(await options(page).first().getAttribute('id')).toBe(active)
  const { violations } = await new AxeBuilder({ page }).include('.comp').include('.insert').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])

  await press(page, 'Enter')
  await expect
    .poll(() => typed(reply(page)))
    .toContain('Hello Amara, we have refunded {{amount}} to your card')
  await expect.poll(() => mutated(desk, 'conversation.tag')).toHaveLength(1)
  await expect.poll(() => mutated(desk, 'conversation.prioritise')).toHaveLength(1)
  expect(mutated(desk, 'conversation.snooze')).toEqual([])
  await page.getByText('When it is sent:').waitFor()

  // Nothing leaves with a hole in it.
  await press(page, 'ControlOrMeta+Enter')
  await page.getByRole('alert').filter({ hasText: '{{amount}} is not filled in.' }).waitFor()
  expect(mutated(desk, 'reply.send')).toEqual([])
  await page.keyboard.type('€ 40')
  await expect.poll(() => typed(reply(page))).toContain('refunded € 40 to your card')
  await expect.poll(() => world.one('draft', draftId(me, mailId, 'reply'))?.after).toEqual({ snooze: 7200 })
  await press(page, 'ControlOrMeta+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  await expect.poll(() => mutated(desk, 'conversation.snooze')).toHaveLength(1)

  // Taken back, it is not put off, and would be again.
  await page.locator('.tl-scroll').focus()
  await press(page, 'z')
  await expect
    .poll(() => mutated(desk, 'reply.cancel'))
    .toEqual([
      expect.objectContaining({ reopen: true, draft: expect.objectContaining({ after: { snooze: 7200 } }) }),
    ])
})

it('Escape leaves the words as they are, and one undo takes back all that was put in', async () => {
  const { page } = await openThread(stage, withMacros(thread()))
  await reply(page).focus()
  await page.keyboard.type('Hello /lab')
  await expect.poll(() => options(page).count()).toBe(1)
  await press(page, 'Escape')
  expect(await list(page).count()).toBe(0)
  await page.keyboard.type('e')
  expect(await list(page).count()).toBe(0)
  await page.keyboard.type(' /lab')
  await expect.poll(() => options(page).count()).toBe(1)
  await press(page, 'Tab')
  await expect.poll(() => typed(reply(page))).toContain('below the bar code')
  expect(await reply(page).locator('strong').innerText()).toBe('photo of the label')
  await press(page, 'ControlOrMeta+Z')
  await expect.poll(() => typed(reply(page))).toBe('Hello /labe /lab')
  // Who goes elsewhere has left the list; who leaves the one that the key opens is back where they wrote.
  await page.keyboard.type('e /gree')
  await expect.poll(() => options(page).count()).toBe(1)
  await page.locator('.tl-scroll').focus()
  await expect.poll(() => list(page).count()).toBe(0)
  await press(page, 'ControlOrMeta+/')
  await expect.poll(() => options(page).count()).toBeGreaterThan(2)
  await press(page, 'Escape')
  await page.keyboard.type('t')
  await expect.poll(() => typed(reply(page))).toBe('Hello /labe /labe /greet')
})

it('by its key from anywhere in the conversation; one that says nothing acts, and Z takes it back', async () => {
  const desk = await openThread(stage, withMacros(thread()))
  const { page } = desk
  await page.locator('.tl-scroll').focus()
  await press(page, 'ControlOrMeta+/')
  await page.getByRole('combobox', { name: 'Find a macro by name, shortcut or content' }).waitFor()
  // What is not in this customer's language comes last.
  await expect.poll(() => options(page).last().innerText()).toContain('Danke')
  await page.keyboard.type('done')
  await expect.poll(() => options(page).count()).toBe(1)
  await press(page, 'Enter')
  await expect.poll(() => mutated(desk, 'conversation.close')).toHaveLength(1)
  expect(await typed(reply(page))).toBe('')
  await page.locator('.tl-scroll').focus()
  await press(page, 'z')
  await expect.poll(() => mutated(desk, 'conversation.reopen')).toHaveLength(1)
})

it('an input method chooses its own words first: its Enter neither takes a macro nor sends, and its 、 is the same key', async () => {
  const desk = await openThread(stage, withMacros(thread('zh'), 'zh'))
  const { page } = desk
  const field = page.locator('.comp-text[contenteditable=true]')
  await field.waitFor()
  const method = await inputMethod(page)
  await field.focus()
  await page.keyboard.type('/')
  await expect.poll(() => options(page).count()).toBeGreaterThan(2)
  await method.compose('tuikuan')
  await method.enter()
  expect(await typed(field)).toBe('/tuikuan')
  await method.commit('退款')
  await expect.poll(() => options(page).allInnerTexts()).toEqual([expect.stringContaining('退款进度')])
  await press(page, 'Enter')
  await expect.poll(() => typed(field)).toContain('赵明轩，您好：退款 {{金额}} 已于2026年11月')
  await press(page, 'ControlOrMeta+A', 'Delete')
  await method.compose('、')
  await method.commit('、')
  await page.keyboard.type('tkjd')
  await expect.poll(() => options(page).count()).toBe(1)
  await method.compose('a')
  await method.enter()
  expect(await typed(field)).toBe('、tkjda')
  expect(mutated(desk, 'reply.send')).toEqual([])
})
