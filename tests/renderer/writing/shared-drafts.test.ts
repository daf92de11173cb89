// An answer that several write: shared, read along, taken over, lost and sent, by mouse and keys, in a real Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { draftId } from '#shared/model/draft.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { article, mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { colleague, mailId, me, thread } from '../timeline/scene.ts'

const stage = stageOfFile()
const strip = (page: Page) => page.locator('.shared-strip')
const own = (world: World) => world.one('draft', draftId(me, mailId, 'reply'))
const shared = (world: World) => world.all('item').find(({ draft }) => draft)
const words = (text: string) => ({ conversationId: mailId, text, cc: [], attachments: [], updatedAt: 1 })
/** The colleague has begun an answer for all to see. */
const begunByColleague = (text: string): World =>
  thread().did(colleague, 'draft.share', { ...words(text), shared: { itemId: 'together', pen: 'theirs' } })
const takenByColleague = (world: World): World => {
  const { id, draft } = shared(world)!
  return world.did(colleague, 'draft.take', {
    ...{ conversationId: mailId, itemId: id, from: draft!.pen, pen: 'theirs', at: 2 },
  })
}
const clean = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).include('.comp').include('.tl-note').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
}

it('one shares by a key what one writes; it stands in the thread as it grows, and is sent as the shared one', async () => {
  const world = thread()
  const desk = await openThread(stage, world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await page.getByText('Write something first').first().waitFor()
  await page.keyboard.type('Hello Amara')
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).getByText('Colleagues read along here').waitFor()
  await page.keyboard.type(', the label is missing.')
  await expect.poll(() => shared(world)?.text).toBe('Hello Amara, the label is missing.')
  await article(page, 'Hello Amara, the label is missing.').getByText('Shared draft').waitFor()
  await clean(page)

  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  const [sent] = mutated(desk, 'reply.send')
  const [asked] = mutated(desk, 'draft.share')
  expect(sent?.shared).toEqual(asked?.shared)
  await expect.poll(() => [shared(world), own(world)]).toEqual([undefined, undefined])
  await strip(page).waitFor({ state: 'detached' })
  expect(await typed(reply(page))).toBe('')
})

it('shared by the pointer, it is written on at once: the button that was pressed is gone', async () => {
  const world = thread()
  const { page } = await openThread(stage, world)
  await reply(page).focus()
  await page.keyboard.type('Hello Amara')
  await page.getByRole('button', { name: 'Share draft' }).click()
  await strip(page).getByText('Colleagues read along here').waitFor()
  await page.keyboard.type(', and more')
  await expect.poll(() => typed(reply(page))).toBe('Hello Amara, and more')
})

it('what a colleague writes for all is said above one’s own field; taken over, it stands in it with one’s own words behind, ready to be typed on', async () => {
  const world = begunByColleague('Hello Amara, two things:')
  const desk = await openThread(stage, world)
  const { page } = desk
  await strip(page)
    .getByText(/writes a draft that is shared/)
    .waitFor()
  await page
    .getByRole('option', { name: /Shared draft/ })
    .first()
    .waitFor()
  await reply(page).focus()
  await page.keyboard.type('My own line.')
  await clean(page)
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).getByText('Colleagues read along here').waitFor()
  await expect.poll(() => typed(reply(page))).toBe('Hello Amara, two things:\n\nMy own line.')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' And more.')
  await expect.poll(() => shared(world)?.text).toBe('Hello Amara, two things:\n\nMy own line. And more.')
  expect(shared(world)?.draft?.writerId).toBe(me)
})

it('beside a note, too, a colleague’s draft is offered: taken over it is the answer that one writes on, and the note is kept', async () => {
  const world = begunByColleague('Hello Amara, two things:')
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.keyboard.press('n')
  const note = page.getByRole('textbox', { name: 'Your note' })
  await note.waitFor()
  await page.keyboard.type('Ask the shop')
  await clean(page)
  await strip(page).getByRole('button', { name: 'Take over' }).click()
  await strip(page).getByText('Colleagues read along here').waitFor()
  await expect.poll(() => typed(reply(page))).toBe('Hello Amara, two things:')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' One.')
  await expect.poll(() => shared(world)?.text).toBe('Hello Amara, two things: One.')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await expect.poll(() => note.inputValue()).toBe('Ask the shop')
  // What is shared is not what is written here.
  expect(await strip(page).count()).toBe(0)
})

it('I1: who loses it while they type keeps their words as their own, and is told; what they send then is no shared draft', async () => {
  const world = thread()
  const desk = await openThread(stage, world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type('Hello')
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).getByText('Colleagues read along here').waitFor()
  await page.keyboard.type(' Amara')
  takenByColleague(world)
  desk.core.changed()
  await page
    .getByText(/has taken over the draft\. What you write from here is yours alone/)
    .first()
    .waitFor()
  await strip(page)
    .getByText(/writes a draft that is shared/)
    .waitFor()
  await page.keyboard.type(', mine')
  await expect.poll(() => own(world)?.text).toBe('Hello Amara, mine')
  expect(own(world)?.shared).toBeUndefined()
  expect(await typed(reply(page))).toBe('Hello Amara, mine')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => mutated(desk, 'reply.send')).toHaveLength(1)
  expect(mutated(desk, 'reply.send')[0]?.shared).toBeUndefined()
})

it('I2: who is elsewhere when it is taken over finds the field empty, so that nothing is sent a second time', async () => {
  const world = thread()
  const desk = await openThread(stage, world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type('Hello Amara')
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).getByText('Colleagues read along here').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => shared(world)?.text).toBe('Hello Amara')
  takenByColleague(world)
  desk.core.changed()
  await expect.poll(() => typed(reply(page))).toBe('')
  await page
    .getByText(/has taken over the draft$/)
    .first()
    .waitFor()
})

it('sharing is ended by the same key or the button, and the words stay; thrown away, it goes for everybody', async () => {
  const world = thread()
  const desk = await openThread(stage, world)
  const { page } = desk
  await reply(page).focus()
  await page.keyboard.type('Hello Amara')
  await page.getByRole('button', { name: /^Share draft/ }).click()
  await strip(page).getByRole('button', { name: 'Stop sharing' }).click()
  await page.getByText('Only you see this draft now').first().waitFor()
  expect(shared(world)).toBeUndefined()
  expect(await typed(reply(page))).toBe('Hello Amara')
  expect(own(world)).toMatchObject({ text: 'Hello Amara' })
  expect(own(world)?.shared).toBeUndefined()
  await expect.poll(() => reply(page).evaluate(field => field === document.activeElement)).toBe(true)

  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).waitFor()
  await page.getByRole('button', { name: /^Discard/ }).click()
  await expect.poll(() => [shared(world), own(world)]).toEqual([undefined, undefined])
  expect(mutated(desk, 'draft.discard')).toHaveLength(1)
})

it('emptied while one begins anew it stays shared', async () => {
  const world = thread()
  const { page } = await openThread(stage, world)
  await reply(page).focus()
  await page.keyboard.type('Hello Amara')
  await page.keyboard.press('ControlOrMeta+Shift+D')
  await strip(page).waitFor()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await expect.poll(() => shared(world)?.text).toBe('')
  await page.keyboard.type('Dear Amara')
  await expect.poll(() => shared(world)?.text).toBe('Dear Amara')
})
