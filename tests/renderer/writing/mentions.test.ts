// Names in notes, and an input method everywhere one writes, in a real Chromium over a scripted core.
import { expect, it } from 'vitest'
import { ok } from '#shared/protocol/fault.ts'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread, reply } from '../timeline/opened.ts'
import { chat, thread } from '../timeline/scene.ts'
import { inputMethod } from './input-method.ts'
import { withMacros } from './macros.ts'

const stage = stageOfFile()

it('a colleague is found by pinyin and by what an input method wrote, drawn as a name, and told; Enter of the input method does nothing', async () => {
  const world = withMacros(thread('zh'), 'zh')
  const desk = await openThread(stage, world)
  const { page } = desk
  const options = page.getByRole('listbox', { name: /Colleagues|同事/ }).getByRole('option')
  await page.keyboard.press('n')
  const field = page.getByRole('textbox', { name: /Your note|备注内容/ })
  await field.focus()
  await page.keyboard.type('请看一下@wf')
  await expect.poll(() => options.allInnerTexts()).toEqual([expect.stringContaining('王芳')])
  await page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('请看一下@王芳 ')
  const method = await inputMethod(page)
  await page.keyboard.type('@')
  await expect.poll(() => options.count()).toBeGreaterThan(1)
  await method.compose('lina')
  await method.enter()
  expect(await field.inputValue()).toBe('请看一下@王芳 @lina')
  await method.commit('李娜')
  await expect.poll(() => options.allInnerTexts()).toEqual([expect.stringContaining('李娜')])
  await page.keyboard.press('Tab')
  await page.keyboard.type('，谢谢')
  expect(await page.locator('.comp-behind mark').allInnerTexts()).toEqual(['@王芳', '@李娜'])
  // `/` in a note inserts, too, and Ctrl+Z takes back just that.
  await page.keyboard.type(' /wenhou')
  await page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toContain('感谢您联系')
  await page.keyboard.press('ControlOrMeta+Z')
  await expect.poll(() => field.inputValue()).toMatch(/谢谢 \/wenhou$/u)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => mutated(desk, 'note.add').length).toBe(1)
  expect(mutated(desk, 'note.add')[0]?.mentions).toEqual(['agent-2', 'agent-3'])
  await expect.poll(() => page.locator('.tl-mention').allInnerTexts()).toEqual(['@王芳', '@李娜'])
})

it('of a colleague with a long address the name is read whole', async () => {
  const world = thread().put('agent', {
    ...thread().one('agent', 'agent-2')!,
    name: 'Tomás Rivera',
    email: 'tomas.rivera.customer-service@veloform.example',
  })
  const { page } = await openThread(stage, world)
  await page.keyboard.press('n')
  await page.keyboard.type('@tom')
  const [name, address] = [page.locator('.insert-name'), page.locator('.insert-address')]
  await name.waitFor()
  const cut = (of: typeof name) => of.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  expect(await cut(name)).toBe(false)
  expect(await cut(address)).toBe(true)
})

it('an input method’s Enter takes no address, chooses nothing in the palette and sends nothing', async () => {
  const desk = await openThread(stage, thread())
  const { page } = desk
  const method = await inputMethod(page)
  await page.getByRole('button', { name: 'Cc', exact: true }).click()
  const copies = page.getByRole('textbox', { name: 'Cc' })
  await copies.focus()
  await page.keyboard.type('zhao@shunda.cn')
  await method.compose('x')
  await method.enter()
  expect(await copies.inputValue()).toBe('zhao@shunda.cnx')
  expect(await page.locator('.comp-cc-chip').count()).toBe(0)
  await method.commit('')
  await page.keyboard.press('ControlOrMeta+K')
  const palette = page.getByRole('dialog').getByRole('combobox')
  await palette.waitFor()
  await method.compose('tui')
  await method.enter()
  expect(await page.getByRole('dialog').getByRole('combobox').count()).toBe(1)
  await method.commit('退')
  await expect.poll(() => palette.inputValue()).toBe('退')
  expect(mutated(desk, 'reply.send')).toEqual([])
})

it('what a channel takes is said before it is too much: letters when they run out, files when they fill half of it', async () => {
  const world = thread()
  const whatsapp = world.one('channel', 'whatsapp')!
  const limits = { textCharacters: 100, attachmentBytes: 1000, attachments: 3 }
  world.put('channel', { ...whatsapp, limits })
  const desk = await openThread(stage, world, {
    conversationId: chat.conversationId,
    prepare: core => {
      core.answer('attachmentBegin', () => ok({ uploadId: 'upload' }))
      core.answer('attachmentWrite', () => ok(null))
      core.answer('attachmentFinish', () =>
        ok({ sha256: 'd'.repeat(64), name: 'one.csv', type: 'text/csv', size: 600 }),
      )
    },
  })
  const { page } = desk
  await reply(page).fill('x'.repeat(89))
  expect(await page.locator('.comp-room').count()).toBe(0)
  await page.keyboard.type('y')
  await page.getByText('10 letters left').waitFor()
  await page.keyboard.type('😀'.repeat(6))
  await page.getByRole('alert').filter({ hasText: '2 letters too long' }).waitFor()
  await page.keyboard.press('ControlOrMeta+Enter')
  expect(mutated(desk, 'reply.send')).toEqual([])
  const file = (name: string, bytes: number) => ({ name, mimeType: 'text/csv', buffer: Buffer.alloc(bytes) })
  const chooser = page.locator('.comp input[type=file]')
  await chooser.setInputFiles([file('one.csv', 600), file('two.csv', 500)])
  await page.getByText(/^1 file, .* There is room for .* and 3 files\.$/).waitFor()
  await page
    .getByRole('alert')
    .filter({ hasText: /two\.csv .* does not fit any more/ })
    .waitFor()
})

it('the view of mentions counts what was not seen: with none of them it says no number, also while one looks at it', async () => {
  const { page } = await openThread(stage, thread())
  await page.locator('.side-line[data-view=mentioned]').click()
  await page.locator('.side-line[data-view=mentioned][aria-current]').waitFor()
  expect(await page.locator('.side-line[data-view=mentioned]').innerText()).not.toMatch(/\d/u)
})
