// Pictures in the words of a mail: put in, seen, sized, named, taken out and brought back, kept in the draft, sent, and shown afterwards.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type DraftKind, draftId } from '#shared/model/draft.ts'
import type { RichText } from '#shared/model/rich-text.ts'
import { failed, ok } from '#shared/protocol/fault.ts'
import { dropFiles, keepsFiles, pasteFiles, photograph, screenshot } from '../support/files.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { choose, mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { chat, mailId, me, thread } from '../timeline/scene.ts'
import { inputMethod } from './input-method.ts'

const stage = stageOfFile()
const open = (world: World, options: Parameters<typeof openThread>[2] = {}) =>
  openThread(stage, world, {
    ...options,
    prepare: core => {
      keepsFiles(core)
      options.prepare?.(core)
    },
  })
const draft = (world: World, kind: DraftKind = 'reply') => world.one('draft', draftId(me, mailId, kind))
const display = { name: 'display.png', type: 'image/png', bytes: screenshot(1600, 800) }
const inWords = (page: Page) => reply(page).locator('.word-picture')
const bar = (page: Page) => page.getByRole('group', { name: 'Picture' })
/** What stands in the paragraphs, and how large. */
const spans = (rich: RichText | undefined) =>
  rich?.flatMap(block =>
    block.kind === 'paragraph'
      ? block.spans.map(({ text, picture }) =>
          picture ? `${text} ${picture.width}×${picture.height}` : text,
        )
      : [],
  )
const drawn = (page: Page) =>
  inWords(page)
    .locator('img')
    .first()
    .evaluate(image => (image as HTMLImageElement).decode().then(() => true))

/** An answer of a few words, and the picture pasted behind them. */
async function begun(words = '') {
  const world = thread()
  const desk = await open(world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type(words)
  await pasteFiles(page, [display])
  await drawn(page)
  return { ...desk, world }
}

it('a picture that is pasted stands at the caret, though one types on; it goes with the mail and is seen in the letter, not listed', async () => {
  const world = thread()
  const desk = await open(world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type('Press this button: , twice')
  for (let step = 0; step < ', twice'.length; step++) await page.keyboard.press('ArrowLeft')
  await pasteFiles(page, [display])
  expect(await drawn(page)).toBe(true)
  await page.keyboard.type('!')
  await expect.poll(() => draft(world)?.text).toBe('Press this button: [display.png]!, twice')
  const [file] = draft(world)!.attachments
  expect(spans(draft(world)?.rich)).toEqual(['Press this button: ', '[display.png] 640×320', '!, twice'])
  // Seen in the words, so not in the list of files.
  expect(await page.getByRole('button', { name: 'Remove display.png' }).count()).toBe(0)

  await page.keyboard.press('Control+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  expect(mutated(desk, 'reply.send')[0]).toMatchObject({
    text: 'Press this button: [display.png]!, twice',
    attachments: [{ name: 'display.png', contentId: file?.contentId }],
  })
  const letter = page.getByRole('article').filter({ hasText: 'Press this button' })
  const image = letter.getByRole('img', { name: 'display.png' })
  await image.waitFor()
  expect(await image.evaluate(each => (each as HTMLImageElement).naturalWidth)).toBe(1600)
  expect(await letter.getByRole('button', { name: /display\.png/ }).count()).toBe(0)
  await expect.poll(() => typed(reply(page))).toBe('')
})

it('it is chosen, made smaller and larger, and named by the keyboard; typing does not replace it', async () => {
  const { page, world } = await begun('Here')
  expect(await bar(page).count()).toBe(0)
  await page.keyboard.press('ArrowLeft')
  await bar(page).waitFor()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect.poll(() => spans(draft(world)?.rich)).toEqual(['Here', '[display.png] 360×180'])
  await page.keyboard.press('+')
  await page.keyboard.press('Enter')
  await page.keyboard.type('The red button, top right')
  await page.keyboard.press('Enter')
  await expect.poll(() => spans(draft(world)?.rich)).toEqual(['Here', '[The red button, top right] 480×240'])
  await page.keyboard.type('?')
  await expect.poll(() => draft(world)?.text).toBe('Here[The red button, top right]?')
})

it('an input method writes behind a picture that is chosen; its Enter and its letters do nothing to it', async () => {
  const { page, world } = await begun('看')
  await page.keyboard.press('ArrowLeft')
  await bar(page).waitFor()
  const method = await inputMethod(page)
  await method.compose('ni hao')
  await method.enter()
  await method.commit('您好')
  await expect.poll(() => draft(world)?.text).toBe('看[display.png]您好')
  expect(await drawn(page)).toBe(true)
})

it('by the mouse: the buttons beside it do the same; its words cannot be left empty', async () => {
  const { page, world } = await begun()
  await inWords(page).click()
  await bar(page).getByRole('button', { name: 'Smaller (-)' }).click()
  await expect.poll(() => spans(draft(world)?.rich)).toEqual(['[display.png] 480×240'])
  await bar(page).getByRole('textbox').fill('')
  await bar(page).getByRole('textbox').blur()
  expect(await bar(page).getByRole('textbox').inputValue()).toBe('display.png')
  await bar(page).getByRole('button', { name: 'Take the picture out' }).click()
  await expect.poll(() => draft(world)).toBeUndefined()
})

it('of a photograph goes what is seen: upright, no larger than words show, without what the camera wrote', async () => {
  const world = thread()
  let kept = new Map<string, Uint8Array>()
  const desk = await openThread(stage, world, {
    prepare: core => {
      kept = keepsFiles(core)
    },
  })
  const { page } = desk
  const bytes = await photograph(page, 3000, 2000)
  expect(bytes.includes('52.0907 N')).toBe(true)
  await reply(page).focus()
  await pasteFiles(page, [{ name: 'IMG_0412.jpg', type: 'image/jpeg', bytes }])
  await drawn(page)
  await expect.poll(() => draft(world)?.attachments.length).toBe(1)
  const [file] = draft(world)!.attachments
  const sent = Buffer.from(kept.get(file!.sha256)!)
  expect(sent.includes('52.0907 N')).toBe(false)
  expect(sent.includes('Exif')).toBe(false)
  // The camera was held upright: the sensor's 3000 × 2000 are seen as 2000 × 3000.
  expect(spans(draft(world)?.rich)).toEqual(['[IMG_0412.jpg] 533×800'])
  const size = await inWords(page)
    .locator('img')
    .first()
    .evaluate(image => {
      const { naturalWidth, naturalHeight } = image as HTMLImageElement
      return [naturalWidth, naturalHeight]
    })
  expect(size).toEqual([1365, 2048])
})

it('Backspace takes it out with its file, undoing brings both back', async () => {
  const { page, world } = await begun('Look: ')
  await expect.poll(() => draft(world)?.attachments.length).toBe(1)
  await page.keyboard.press('Backspace')
  await expect.poll(() => [draft(world)?.text, draft(world)?.attachments.length]).toEqual(['Look: ', 0])
  await page.keyboard.press('Control+z')
  await expect
    .poll(() => [draft(world)?.text, draft(world)?.attachments.length])
    .toEqual(['Look: [display.png]', 1])
  expect(await drawn(page)).toBe(true)
  // The step before the picture is what was typed before it.
  await page.keyboard.press('Control+z')
  await expect.poll(() => typed(reply(page))).toBe('Look: ')
})

it('is there again in a new window, with its size and words; cut and put elsewhere in the same mail it stays', async () => {
  const { close, world } = await begun('One')
  await expect.poll(() => draft(world)?.attachments.length).toBe(1)
  await close()
  const [file] = draft(world)!.attachments
  const again = await open(world, {
    prepare: core => void keepsFiles(core).set(file!.sha256, new Uint8Array(display.bytes)),
  })
  expect(await drawn(again.page)).toBe(true)
  await reply(again.page).focus()
  await again.page.keyboard.press('Control+a')
  await again.page.keyboard.press('Control+x')
  await expect.poll(() => typed(reply(again.page))).toBe('')
  await again.page.keyboard.press('Control+v')
  await expect.poll(() => draft(world)?.text).toBe('One[display.png]')
  expect(await drawn(again.page)).toBe(true)
  expect(draft(world)?.attachments).toHaveLength(1)
})

it('dropped on the words it stands where it was dropped; beside them, and by the button, it is a file', async () => {
  const world = thread()
  const { page } = await open(world)
  await reply(page).focus()
  await page.keyboard.type('First')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Second')
  const box = (await reply(page).locator('p').first().boundingBox())!
  await dropFiles(page, { x: box.x + 2, y: box.y + box.height / 2 }, [display])
  await expect.poll(() => draft(world)?.text).toBe('[display.png]First\nSecond')
  const send = (await page.locator('.comp-bar').boundingBox())!
  await dropFiles(page, { x: send.x + send.width / 2, y: send.y + 4 }, [{ ...display, name: 'beside.png' }])
  await page.getByRole('button', { name: 'Remove beside.png' }).waitFor()
  expect(draft(world)?.text).toBe('[display.png]First\nSecond')
})

it('what no mail program shows goes as a file, and that is said; so does what only calls itself a picture', async () => {
  const world = thread()
  const { page } = await open(world)
  await reply(page).fill('The words')
  await pasteFiles(page, [
    {
      name: 'plan.svg',
      type: 'image/svg+xml',
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    },
    { name: 'phone.heic', type: 'image/heic', bytes: Buffer.from('ftypheic') },
    { name: 'broken.png', type: 'image/png', bytes: Buffer.from('no picture') },
  ])
  for (const name of ['plan.svg', 'phone.heic', 'broken.png']) {
    await page.getByText(`${name} cannot stand in the words of a mail; it goes as a file.`).waitFor()
    await page.getByRole('button', { name: `Remove ${name}` }).waitFor()
  }
  await expect
    .poll(() => draft(world)?.attachments.map(({ contentId }) => contentId))
    .toEqual([null, null, null])
  expect(await typed(reply(page))).toBe('The words')
})

it('one that is too large or that the disk does not take is refused with the reason, and the words stay', async () => {
  const world = thread()
  const email = world.one('channel', 'email')!
  world.put('channel', { ...email, limits: { ...email.limits, attachmentBytes: 1000 } })
  const { page, core } = await open(world)
  await reply(page).fill('The words')
  await pasteFiles(page, [display])
  await page.getByText(/^display\.png is \d+ KB\. At most 1 KB can be sent here/).waitFor()
  core.answer('attachmentBegin', () => failed('disk-full'))
  await pasteFiles(page, [{ ...display, name: 'small.png', bytes: display.bytes.subarray(0, 900) }])
  await page.getByText('small.png was not attached. The disk is full.', { exact: false }).waitFor()
  expect(await typed(reply(page))).toBe('The words')
  expect(await page.locator('.comp-picture-place').count()).toBe(0)
})

it('a picture that was attached is put into the words from its own line, by the keyboard, and is attached no more', async () => {
  const world = thread()
  const { page } = await open(world)
  await reply(page).fill('See ')
  await page.locator('.comp input[type=file]').setInputFiles([
    { name: display.name, mimeType: display.type, buffer: display.bytes },
    { name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from('1') },
  ])
  await page.getByRole('button', { name: 'Remove log.csv' }).waitFor()
  expect(await page.getByRole('button', { name: 'Put log.csv into the words' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Put display.png into the words' }).focus()
  await page.keyboard.press('Enter')
  expect(await drawn(page)).toBe(true)
  await page.keyboard.type('!')
  await expect.poll(() => draft(world)?.text).toBe('See [display.png]!')
  expect(draft(world)?.attachments.map(({ name, contentId }) => [name, contentId !== null])).toEqual([
    ['log.csv', false],
    ['display.png', true],
  ])
  expect(await page.getByRole('button', { name: 'Remove display.png' }).count()).toBe(0)
})

it('one that is still read when somebody goes on to a note is a file of the answer; its place is marked until then', async () => {
  const world = thread()
  const { page, core } = await open(world)
  let arrive = (): void => {}
  const read = new Promise<void>(resolve => {
    arrive = resolve
  })
  core.answer('attachmentFinish', async () => {
    await read
    return ok({ sha256: 'b'.repeat(64), name: 'display.png', type: 'image/png', size: 9 })
  })
  await reply(page).fill('The words')
  await pasteFiles(page, [display])
  await page.locator('.comp-picture-place').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('A file is still being read. Wait a moment, then send.').waitFor()
  await page.getByRole('tab', { name: 'Note' }).click()
  arrive()
  await expect.poll(() => draft(world)?.attachments).toMatchObject([{ name: 'display.png', contentId: null }])
  expect(draft(world)?.text).toBe('The words')
  expect(draft(world, 'note')).toBeUndefined()
})

it('nothing is sent while a photograph is drawn anew', async () => {
  const world = thread()
  const desk = await open(world)
  const { page } = desk
  await page.evaluate(() => {
    const draw = createImageBitmap
    const drawn = new Promise<void>(resolve => Object.assign(window, { letDraw: resolve }))
    Object.assign(window, {
      createImageBitmap: async (file: Blob) => {
        await drawn
        return draw(file)
      },
    })
  })
  await reply(page).fill('The words')
  await pasteFiles(page, [
    { name: 'IMG_0412.jpg', type: 'image/jpeg', bytes: await photograph(page, 300, 200) },
  ])
  await page.keyboard.press('Control+Enter')
  await page.getByText('A file is still being read. Wait a moment, then send.').waitFor()
  await page.evaluate(() => (window as unknown as { letDraw(): void }).letDraw())
  expect(await drawn(page)).toBe(true)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  expect(mutated(desk, 'reply.send')[0]?.attachments).toHaveLength(1)
})

it('a spreadsheet’s words are pasted, not the picture of them; a picture out of a browser is', async () => {
  const world = thread()
  const { page } = await open(world)
  await reply(page).focus()
  const bitmap = { ...display, name: 'image.png' }
  await pasteFiles(page, [bitmap], {
    'text/html': '<table><tr><td>PB-48</td></tr></table>',
    'text/plain': 'PB-48',
  })
  await expect.poll(() => typed(reply(page))).toBe('PB-48')
  expect(await inWords(page).count()).toBe(0)
  await pasteFiles(page, [bitmap], {
    'text/html': '<meta charset="utf-8"><img src="https://shop.example/a.png">',
  })
  await expect
    .poll(() => draft(world)?.text)
    .toMatch(/^PB-48\[Picture \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png\]$/)
})

it('a picture of another mail is its words: what is pasted names no file of this one', async () => {
  const { page } = await open(thread())
  await reply(page).focus()
  await pasteFiles(page, [], {
    'text/html':
      '<p>Before <img data-picture="other@picture" alt="a secret" width="10" height="10"> after</p>',
  })
  await expect.poll(() => typed(reply(page))).toBe('Before [a secret] after')
  expect(await inWords(page).count()).toBe(0)
})

it('in a chat, in a note and where the hub is older it is a file as before', async () => {
  const world = thread()
  const { page } = await open(world)
  await page.keyboard.press('n')
  await pasteFiles(page, [{ ...display, name: 'note.png' }])
  await page.getByRole('button', { name: 'Remove note.png' }).waitFor()
  await choose(page, world, chat.conversationId)
  await reply(page).focus()
  await pasteFiles(page, [{ ...display, name: 'chat.png' }])
  await page.getByRole('button', { name: 'Remove chat.png' }).waitFor()

  const older = thread()
  const email = older.one('channel', 'email')!
  const { pictures: _, ...can } = email.can
  older.put('channel', { ...email, can })
  const desk = await open(older)
  await reply(desk.page).focus()
  await pasteFiles(desk.page, [{ ...display, name: 'older.png' }])
  await desk.page.getByRole('button', { name: 'Remove older.png' }).waitFor()
})

it('what an older desk made of it, words and a file, is both to be seen', async () => {
  const world = thread()
  world.put('draft', {
    ...{ id: draftId(me, mailId, 'reply'), agentId: me, conversationId: mailId, kind: 'reply', cc: [] },
    ...{ text: 'Look: [display.png]', heldItemId: null, updatedAt: 5 },
    attachments: [
      { sha256: 'a'.repeat(64), name: 'display.png', type: 'image/png', size: 9, contentId: 'x@picture' },
    ],
  })
  const desk = await open(world)
  await expect.poll(() => typed(reply(desk.page))).toBe('Look: [display.png]')
  await desk.page.getByRole('button', { name: 'Remove display.png' }).waitFor()
  await reply(desk.page).focus()
  await desk.page.keyboard.press('Control+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  const letter = desk.page.getByRole('article').filter({ hasText: 'Look: [display.png]' })
  await letter.getByRole('button', { name: /display\.png/ }).waitFor()
})
