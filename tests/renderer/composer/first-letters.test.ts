// Writing with formatting is a file of its own. Whoever writes before it is there loses neither a letter nor their place.
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { draftId } from '#shared/model/draft.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { article, typed } from '../timeline/opened.ts'
import { customerId, mailId, me, thread } from '../timeline/scene.ts'
import { inputMethod } from '../writing/input-method.ts'

const stage = stageOfFile()
const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Your reply' })
const plain = (page: Page): Locator => field(page).and(page.locator('textarea'))
const formatted = (page: Page): Locator => field(page).and(page.locator('[contenteditable]'))

/** A thread whose field for formatting comes when `come` is called. */
async function openEarly(world: World = thread()): Promise<DeskPage & { come: () => Promise<void> }> {
  let come = (): void => {}
  const until = new Promise<void>(resolve => {
    come = resolve
  })
  const desk = await openWith(world, page =>
    page.route(/\/rich-[^/]*\.js$/, async route => {
      await until
      await route.continue()
    }),
  )
  const { page } = desk
  await plain(page).waitFor()
  return {
    ...desk,
    async come() {
      const read = page.waitForResponse(/\/rich-field-[^/]*\.js$/)
      come()
      await (await read).finished()
    },
  }
}

/** A thread in a page that has always something else to do, all files read. */
async function openBusy(world: World = thread()): Promise<DeskPage> {
  const desk = await openWith(world, page =>
    page.addInitScript(() => {
      window.requestIdleCallback = () => 0
    }),
  )
  await desk.page.locator('.comp-format').waitFor()
  return desk
}

async function openWith(world: World, begin: (page: Page) => Promise<unknown>): Promise<DeskPage> {
  const desk = await stage.open(world, { begin })
  const { page } = desk
  page.setDefaultTimeout(20_000)
  const name = world.one('customer', customerId)?.name ?? ''
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
  await page.locator('.tl-scroll[data-placed]').waitFor()
  await page
    .locator('.panel-conversation', { hasText: world.one('conversation', mailId)!.subject.slice(0, 20) })
    .first()
    .click()
  return desk
}

const aDraft = (text: string) => ({
  ...{ id: draftId(me, mailId, 'reply'), agentId: me, conversationId: mailId, kind: 'reply' as const },
  ...{ text, cc: [], attachments: [], heldItemId: null, updatedAt: 5 },
})

const hasFocus = (at: Locator): Promise<boolean> => at.evaluate(each => each.contains(document.activeElement))

it('what is typed first is kept, and goes on with formatting behind the last letter', async () => {
  const world = thread()
  const { page, come } = await openEarly(world)
  await page.keyboard.press('r')
  await page.keyboard.type('Thank you.\nThe serial')
  expect(await plain(page).inputValue()).toBe('Thank you.\nThe serial')
  await come()
  await formatted(page).waitFor()
  expect(await hasFocus(formatted(page))).toBe(true)
  await page.keyboard.type(' number')
  await page.keyboard.press('Control+b')
  await page.keyboard.type(' please')
  expect(await typed(formatted(page))).toBe('Thank you.\nThe serial number please')
  expect(await formatted(page).locator('strong').textContent()).toBe(' please')
  await expect
    .poll(() => world.one('draft', draftId(me, mailId, 'reply'))?.text)
    .toBe('Thank you.\nThe serial number please')
})

it('a caret within the words stays where it is until one leaves them', async () => {
  const { page, come } = await openEarly()
  await plain(page).pressSequentially('The number please')
  await plain(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(4, 4))
  await come()
  await page.keyboard.type('serial ')
  expect(await plain(page).inputValue()).toBe('The serial number please')
  await page.keyboard.press('Escape')
  await formatted(page).waitFor()
  expect(await typed(formatted(page))).toBe('The serial number please')
})

it('an input method is not interrupted', async () => {
  const { page, come } = await openEarly()
  await plain(page).focus()
  const input = await inputMethod(page)
  await input.compose('nihao')
  await come()
  expect(await plain(page).inputValue()).toBe('nihao')
  await input.commit('你好')
  expect(await typed(field(page))).toBe('你好')
  await page.clock.runFor(10)
  await formatted(page).waitFor()
  expect(await typed(formatted(page))).toBe('你好')
  expect(await hasFocus(formatted(page))).toBe(true)
})

it('formatting that was written before is shown as words, and cannot be written over until it is there', async () => {
  const world = thread()
  world.put('draft', {
    ...aDraft('very well'),
    rich: [{ kind: 'paragraph', spans: [{ text: 'very ' }, { text: 'well', marks: ['bold'] }] }],
  })
  const { page, come } = await openEarly(world)
  await expect.poll(() => plain(page).inputValue()).toBe('very well')
  expect(await plain(page).getAttribute('readonly')).not.toBeNull()
  await come()
  await formatted(page).locator('strong', { hasText: 'well' }).waitFor()
  expect(world.one('draft', draftId(me, mailId, 'reply'))?.rich).not.toBeNull()
})

it('nothing moves when it comes', async () => {
  const { page, come } = await openEarly()
  const places = () =>
    page.evaluate(() =>
      ['.comp', '.comp-box', '.comp-body', '.comp-bar', '.tl-scroll'].map(name => {
        const { top, height } = document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect()
        return [name, top, height]
      }),
    )
  await article(page, '').first().waitFor()
  const before = await places()
  await come()
  await formatted(page).waitFor()
  await page.locator('.comp-format').waitFor()
  expect(await places()).toEqual(before)
})

it('while nothing is written it waits for the mouse, and its buttons are seen meanwhile', async () => {
  const { page } = await openBusy()
  expect([await plain(page).count(), await formatted(page).count()]).toEqual([1, 0])
  expect(await page.getByRole('button', { name: 'Bold' }).count()).toBe(0)
  const seen = () => page.locator('.comp-format .ic').evaluateAll(all => all.map(each => each.outerHTML))
  const before = await seen()
  await page.locator('.comp-top').hover()
  await formatted(page).waitFor()
  await page.getByRole('button', { name: 'Bold' }).waitFor()
  expect(await seen()).toEqual(before)
  expect(before).toHaveLength(9)
})

it('or for the keyboard, which goes on in it', async () => {
  const { page } = await openBusy()
  await page.keyboard.press('r')
  await page.keyboard.type('Thank')
  await formatted(page).waitFor()
  await page.keyboard.press('Control+i')
  await page.keyboard.type(' you')
  expect(await typed(formatted(page))).toBe('Thank you')
  expect(await formatted(page).locator('em').textContent()).toBe(' you')
})

it('words that were begun stand in it at once', async () => {
  const world = thread()
  world.put('draft', aDraft('Begun before'))
  const { page } = await openBusy(world)
  await formatted(page).waitFor()
  expect(await typed(formatted(page))).toBe('Begun before')
})

it('a list that a key opens at its caret stays open', async () => {
  const { page } = await openBusy()
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('ControlOrMeta+/')
  await page.getByRole('combobox', { name: /^Find a macro/ }).waitFor()
  expect(await formatted(page).count()).toBe(1)
})

it('a hand that comes near and presses at once goes on in it', async () => {
  const { page } = await openBusy()
  await page.locator('.comp-box').evaluate(box => {
    box.dispatchEvent(new PointerEvent('pointerenter'))
    box.querySelector<HTMLElement>('textarea.comp-text')?.focus()
  })
  await formatted(page).waitFor()
  expect(await hasFocus(formatted(page))).toBe(true)
})
