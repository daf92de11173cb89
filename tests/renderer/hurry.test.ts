// A hurried pair of hands: keys one after another, without a look at what the first one did.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { DeskPage } from './support/page.ts'
import { stageOfFile } from './support/stage.ts'
import { veloform } from './support/veloform.ts'
import type { World } from './support/world.ts'
import { mutated, typed } from './timeline/opened.ts'
import { inputMethod } from './writing/input-method.ts'

const stage = stageOfFile()
const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const standsOn = (page: Page) =>
  page.locator('.conversation-list [data-active] .conversation-name').textContent()
const composer = (page: Page) => page.locator('[data-keys=composer] .comp-text').first()

const column = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null)
/** Whose conversations were resolved, in order. */
const resolved = (desk: DeskPage & { world: World }): unknown[] =>
  mutated(desk, 'conversation.close').map(({ conversationId }) => {
    const { customerId } = desk.world.one('conversation', String(conversationId))!
    return desk.world.one('customer', customerId)?.name
  })

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
  // In a chat Enter alone sends.
  await page.keyboard.press('Shift+Enter')
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

it('what is composed before a conversation is there waits for it as well, and does not arrive as Latin letters', async () => {
  const desk = await openList()
  const { page, core } = desk
  core.query('customerConversations', 'waits')
  const method = await inputMethod(page)
  await page.keyboard.press('j')
  await page.keyboard.press('r')
  await method.compose('ni hao')
  await method.commit('您好')
  await page.keyboard.type('，')
  await method.compose('qing')
  // Half composed when it comes: the input method is not interrupted.
  core.query('customerConversations', 'answers')
  await composer(page).waitFor()
  expect(await typed(composer(page))).toBe('')
  await method.commit('请')
  await expect.poll(() => typed(composer(page))).toBe('您好，请')
  await page.keyboard.type('！')
  await expect.poll(() => typed(composer(page))).toBe('您好，请！')
  expect(await page.locator('.waiting-field').count()).toBe(0)
})

it('who was kept waiting for long, or presses no key that leads to a field, has the focus where it was', async () => {
  const { page, core } = await openList()
  core.query('customerConversations', 'waits')
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  expect(await column(page)).toBe('list')
  await page.keyboard.press('r')
  await page.clock.runFor(2_100)
  await page.keyboard.press('Shift')
  expect(await page.locator('.waiting-field').count()).toBe(0)
  expect(await column(page)).toBe('list')
})

it('each key means the conversation that was stood on when it was pressed', async () => {
  const desk = await openList()
  const { page, core, names } = desk
  core.query('customerConversations', 'waits')
  for (const key of ['j', 'e', 'j', 'k', 'e']) await page.keyboard.press(key)
  expect(mutated(desk, 'conversation.close')).toEqual([])
  core.query('customerConversations', 'answers')
  await expect.poll(() => resolved(desk)).toEqual(names.slice(0, 2))
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

it('in the list one resolves one after another; what is taken back is stood on again', async () => {
  const desk = await openList()
  const { page, names } = desk
  for (const key of ['j', 'e', 'e', 'e']) await page.keyboard.press(key)
  await expect.poll(() => resolved(desk)).toEqual(names.slice(0, 3))
  await expect.poll(() => standsOn(page)).toBe(names[3])
  await page.getByText(`Resolved: ${names[2]}`).first().waitFor()
  await page.keyboard.press('z')
  await expect.poll(() => standsOn(page)).toBe(names[2])
  expect(await column(page)).toBe('list')
  // They wait as long as before, and stand where they stood.
  await expect.poll(() => page.locator('.conversation-name').allTextContents()).toEqual(names.slice(2))
})

it('the last of the list goes on to the one before', async () => {
  const desk = await openList()
  const { page, names } = desk
  await page.keyboard.press('End')
  await page.keyboard.press('e')
  await expect.poll(() => standsOn(page)).toBe(names.at(-2))
  await expect.poll(() => resolved(desk)).toEqual([names.at(-1)])
})

it('putting off goes on in the list, too, and not where one reads', async () => {
  const desk = await openList()
  const { page, names } = desk
  await page.keyboard.press('j')
  await page.keyboard.press('h')
  await page.keyboard.type('2h')
  await page.keyboard.press('Enter')
  await expect.poll(() => standsOn(page)).toBe(names[1])
  await expect.poll(() => column(page)).toBe('list')
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await expect.poll(() => resolved(desk)).toEqual([names[1]])
  await page.getByRole('button', { name: 'Reopen' }).waitFor()
  expect(await page.locator('.chead h1').textContent()).toBe(names[1])
})

it('Enter goes from the list to where one reads, where letters are keys; Escape goes back to the line', async () => {
  const desk = await openList()
  const { page, names } = desk
  for (let turn = 0; turn < 2; turn++) {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.keyboard.press('r')
    await page.keyboard.type('Yes')
    await expect.poll(() => typed(composer(page))).toBe('Yes')
    await page.keyboard.press('Escape')
    expect(await column(page)).toBe('main')
    await page.keyboard.press('Escape')
    expect(await list(page).evaluate(element => element === document.activeElement)).toBe(true)
    expect(await standsOn(page)).toBe(names[turn])
  }
})

it('back and forward leave the focus in the thread', async () => {
  const { page, names } = await openList()
  const name = () => page.locator('.chead h1').textContent()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(name).toBe(names[1])
  await page.keyboard.press('Enter')
  await page.locator('.tl-scroll[data-placed]').waitFor()
  for (const [key, whose] of [
    ['Control+[', names[0]],
    ['Control+]', names[1]],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(name).toBe(whose)
    await page.locator('.tl-scroll[data-placed]').waitFor()
    expect(await column(page)).toBe('main')
  }
  await page.keyboard.press('Escape')
  expect(await column(page)).toBe('list')
})

it('the row one stands on lies under nothing: not under a toast, nor under the bar of what is chosen', async () => {
  const { page } = await openList()
  await page.setViewportSize({ width: 1280, height: 700 })
  const covered = (): Promise<boolean> =>
    page.locator('.conversation-list [data-active]').evaluate(row => {
      const { left, right, bottom } = row.getBoundingClientRect()
      return [0.1, 0.3, 0.5, 0.9].some(
        at => !row.contains(document.elementFromPoint(left + (right - left) * at, bottom - 2)),
      )
    })
  await page.keyboard.press('Home')
  await page.keyboard.press('e')
  await page
    .getByText(/^Resolved: /)
    .first()
    .waitFor()
  for (let step = 0; step < 5; step++) {
    await page.keyboard.press('j')
    await expect.poll(covered).toBe(false)
  }
  await page.keyboard.press('End')
  await page.keyboard.press('x')
  await page.getByRole('region', { name: 'For the chosen conversations' }).waitFor()
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  await expect.poll(covered).toBe(false)
})

it('a row that was pressed with the mouse is where the keys go on, arrows too', async () => {
  const { page } = await openList()
  const active = (): Promise<string> =>
    page.locator('.conversation-list [data-active]').getAttribute('aria-posinset').then(String)
  await page.getByRole('option').nth(1).click()
  await expect.poll(active).toBe('2')
  await page.keyboard.press('ArrowDown')
  await expect.poll(active).toBe('3')
  await page.keyboard.press('Shift+ArrowDown')
  await expect.poll(() => page.locator('.conversation-list [aria-selected=true]').count()).toBe(2)
  await page.keyboard.press('Home')
  await expect.poll(active).toBe('1')
})
