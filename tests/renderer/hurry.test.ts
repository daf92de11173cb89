// A hurried pair of hands: keys one after another, without a look at what the first one did.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { DeskPage } from './support/page.ts'
import { stageOfFile } from './support/stage.ts'
import { veloform } from './support/veloform.ts'
import type { World } from './support/world.ts'
import { mutated, typed } from './timeline/opened.ts'

const stage = stageOfFile()
const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const standsOn = (page: Page) =>
  page.locator('.conversation-list [data-active] .conversation-name').textContent()
const composer = (page: Page) => page.locator('[data-keys=composer] .comp-text').first()

async function openList(): Promise<DeskPage & { world: World; names: string[] }> {
  const world = veloform('en')
  const desk = await stage.open(world)
  desk.page.setDefaultTimeout(20_000)
  await list(desk.page).waitFor()
  await list(desk.page).focus()
  const names = await desk.page.locator('.conversation-name').allTextContents()
  return { ...desk, world, names }
}

it('what is pressed before a conversation is there waits for it, in order: no letter is lost, none is a command', async () => {
  const desk = await openList()
  const { page, core, names } = desk
  for (const query of ['customerConversations', 'drafts'] as const) core.query(query, 'waits')
  await page.keyboard.press('j')
  await page.keyboard.press('r')
  // As commands these would snooze, take, resolve, tag and go on.
  await page.keyboard.type('Hi there, just')
  await page.keyboard.press('Enter')
  await page.keyboard.type('x/')
  await page.keyboard.press('Backspace')
  expect(await composer(page).count()).toBe(0)
  core.query('customerConversations', 'answers')
  await composer(page).waitFor()
  core.query('drafts', 'answers')
  await expect.poll(() => typed(composer(page))).toBe('Hi there, just\nx')
  await page.keyboard.type('!')
  await expect.poll(() => typed(composer(page))).toBe('Hi there, just\nx!')
  expect(await standsOn(page)).toBe(names[0])
  expect(mutated(desk, 'conversation.close')).toEqual([])
})

it('each key means the conversation that was stood on when it was pressed', async () => {
  const desk = await openList()
  const { page, core, names, world } = desk
  core.query('customerConversations', 'waits')
  for (const key of ['j', 'e', 'j', 'e']) await page.keyboard.press(key)
  expect(mutated(desk, 'conversation.close')).toEqual([])
  core.query('customerConversations', 'answers')
  await expect
    .poll(() =>
      mutated(desk, 'conversation.close').map(({ conversationId }) => {
        const { customerId } = world.one('conversation', String(conversationId))!
        return world.one('customer', customerId)?.name
      }),
    )
    .toEqual(names.slice(0, 2))
})

it('keys that have waited for long are forgotten', async () => {
  const desk = await openList()
  const { page, core, names } = desk
  core.query('customerConversations', 'waits')
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.clock.runFor(2_100)
  core.query('customerConversations', 'answers')
  await composer(page).waitFor()
  await page.keyboard.press('j')
  await expect.poll(() => standsOn(page)).toBe(names[1])
  expect(mutated(desk, 'conversation.close')).toEqual([])
})

it('a key that is held down acts once, and types nothing where it led to; one that moves goes on', async () => {
  const desk = await openList()
  const { page, names } = desk
  await page.keyboard.press('j')
  await composer(page).waitFor()
  for (let n = 0; n < 3; n++) await page.keyboard.down('e')
  await page.keyboard.up('e')
  await expect.poll(() => mutated(desk, 'conversation.close').length).toBe(1)
  for (let n = 0; n < 3; n++) await page.keyboard.down('r')
  await page.keyboard.up('r')
  await page.keyboard.type('rr')
  await expect.poll(() => typed(composer(page))).toBe('rr')
  expect(mutated(desk, 'conversation.reopen')).toEqual([])
  await list(page).focus()
  await page.keyboard.press('Home')
  for (let n = 0; n < 3; n++) await page.keyboard.down('j')
  await page.keyboard.up('j')
  await expect.poll(() => standsOn(page)).toBe(names[4])
})
