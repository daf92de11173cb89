// Enter, in a real Chromium over a scripted core: where one talks it sends, in letters and notes it is a new line, an input method's is neither.
import { expect, it } from 'vitest'
import type { Preferences } from '#shared/ipc/states.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { chatId, thread } from '../timeline/scene.ts'
import { inputMethod } from '../writing/input-method.ts'
import { withMacros } from '../writing/macros.ts'

const stage = stageOfFile()

const openChat = async (enterInTalk?: Preferences['enterInTalk'], world = thread()): Promise<DeskPage> => {
  const desk = await openThread(stage, world, {
    conversationId: chatId,
    ...(enterInTalk ? { prepare: core => core.preferences({ enterInTalk }) } : {}),
  })
  await reply(desk.page).focus()
  return desk
}
const sent = (desk: DeskPage): unknown[] => mutated(desk, 'reply.send').map(({ text }) => text)

it('in a chat it sends, once for each time it is pressed, and never nothing; with Shift it is a new line', async () => {
  const desk = await openChat()
  const { page } = desk
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('Yes, today.')
  await page.keyboard.press('Enter')
  await expect.poll(() => sent(desk)).toEqual(['Yes, today.'])
  await expect.poll(() => typed(reply(page))).toBe('')
  await page.keyboard.type('By noon')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('or earlier')
  await page.keyboard.down('Enter')
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect.poll(() => sent(desk)).toEqual(['Yes, today.', 'By noon\nor earlier'])
  await expect.poll(() => typed(reply(page))).toBe('')
})

it('in a chat an input method’s Enter sends nothing, while it composes and when it has ended', async () => {
  const desk = await openChat()
  const method = await inputMethod(desk.page)
  await method.compose('nihao')
  await method.enter()
  await method.commit('你好')
  await method.enter()
  await expect.poll(() => typed(reply(desk.page))).toBe('你好')
  expect(sent(desk)).toEqual([])
  await desk.page.keyboard.press('Enter')
  await expect.poll(() => sent(desk)).toEqual(['你好'])
})

it('in a chat it chooses a macro that is looked for, and sends after that', async () => {
  const desk = await openChat(undefined, withMacros(thread()))
  const { page } = desk
  await page.keyboard.type('/hi')
  await page.keyboard.press('Enter')
  await expect.poll(() => typed(reply(page))).toMatch(/^Hello Amara/)
  expect(sent(desk)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => sent(desk)).toEqual([expect.stringMatching(/^Hello Amara/)])
})

it('in a chat a sign for a macro that there is not goes to nobody by it', async () => {
  const desk = await openChat(undefined, withMacros(thread()))
  const { page } = desk
  await page.keyboard.type('/refnud')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'No macro has this name.' }).waitFor()
  expect(sent(desk)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => sent(desk)).toEqual(['/refnud'])
})

it('what it does in a chat can be turned round in the settings; the button says which', async () => {
  const desk = await openChat()
  const { page } = desk
  const button = page.locator('.comp-bar .split .keycap').first()
  await expect.poll(() => button.innerText()).toBe('↵')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  const choice = page.getByRole('radiogroup', { name: 'Enter, in a chat' })
  await choice.getByRole('radio', { name: 'New line' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => button.innerText()).toMatch(/^Ctrl/)
  await reply(page).focus()
  await page.keyboard.type('One')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Two')
  await expect.poll(() => typed(reply(page))).toBe('One\nTwo')
  expect(sent(desk)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => sent(desk)).toEqual(['One\nTwo'])
})

it('in a letter and in a note it is a new line', async () => {
  const desk = await openThread(stage, thread())
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type('Dear Amara,')
  await page.keyboard.press('Enter')
  await page.keyboard.type('thank you')
  await expect.poll(() => typed(reply(page))).toBe('Dear Amara,\nthank you')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.type('Ask')
  await page.keyboard.press('Enter')
  await page.keyboard.type('the depot')
  const note = page.getByRole('textbox', { name: 'Your note' })
  await expect.poll(() => typed(note)).toBe('Ask\nthe depot')
  expect(mutated(desk, 'note.add')).toEqual([])
})
