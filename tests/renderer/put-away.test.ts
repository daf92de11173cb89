// What follows when a conversation was resolved or snoozed, as each agent chose it.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Preferences } from '#shared/ipc/states.ts'
import type { DeskPage } from './support/page.ts'
import { stageOfFile } from './support/stage.ts'
import { veloform } from './support/veloform.ts'
import { mutated } from './timeline/opened.ts'

const stage = stageOfFile()
const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const name = (page: Page) => page.locator('.chead h1').textContent()
const column = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null)
const placed = (page: Page) => page.locator('.tl-scroll[data-placed]').waitFor()

/** The list has the focus. */
async function openList(
  afterPutAway: Preferences['afterPutAway'],
  width = 1440,
): Promise<DeskPage & { names: string[] }> {
  const desk = await stage.open(veloform('en'), {
    width,
    prepare: core => core.preferences({ afterPutAway }),
  })
  desk.page.setDefaultTimeout(20_000)
  await list(desk.page).waitFor()
  await list(desk.page).focus()
  return { ...desk, names: await desk.page.locator('.conversation-name').allTextContents() }
}

/** From the list to where the first is read. */
async function readFirst(page: Page): Promise<void> {
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await placed(page)
  await expect.poll(() => column(page)).toBe('main')
}

it('"always next" goes on where one reads, too: key after key, by the button, and after a time to come was typed', async () => {
  const desk = await openList('next')
  const { page, names } = desk
  await readFirst(page)
  await page.keyboard.press('e')
  await page.keyboard.press('e')
  await expect.poll(() => name(page)).toBe(names[2])
  await page.getByText(`Resolved: ${names[1]}`).first().waitFor()
  await placed(page)
  expect(await column(page)).toBe('main')

  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect.poll(() => name(page)).toBe(names[3])
  await placed(page)

  await page.keyboard.press('h')
  await page.keyboard.type('2h')
  await page.keyboard.press('Enter')
  await expect.poll(() => name(page)).toBe(names[4])
  await expect.poll(() => column(page)).toBe('main')
  // Where one reads keys are keys: the next one means what is open now.
  await page.keyboard.press('e')
  await expect.poll(() => mutated(desk, 'conversation.close').length).toBe(4)
  expect(mutated(desk, 'conversation.snooze')).toHaveLength(1)
})

it('an answer that resolves goes on as resolving does, and taken back leads to its words', async () => {
  const desk = await openList('next')
  const { page, core, names } = desk
  core.preferences({ afterPutAway: 'next', undoSendSeconds: 30 })
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await placed(page)
  await page.keyboard.press('r')
  await page.keyboard.type('Done, thank you')
  await page.keyboard.press('Control+Shift+Enter')
  await expect.poll(() => name(page)).toBe(names.at(-2))
  await placed(page)
  await expect.poll(() => column(page)).toBe('main')
  expect(mutated(desk, 'conversation.close')).toHaveLength(1)
  await page.keyboard.press('z')
  await expect.poll(() => name(page)).toBe(names.at(-1))
  await expect.poll(() => mutated(desk, 'reply.cancel').length).toBe(1)
})

it('what is taken back is read again where it was read, and not while one writes to the next', async () => {
  const { page, names } = await openList('next')
  await readFirst(page)
  await page.keyboard.press('e')
  await expect.poll(() => name(page)).toBe(names[1])
  await placed(page)
  await page.keyboard.press('z')
  await expect.poll(() => name(page)).toBe(names[0])
  await expect.poll(() => column(page)).toBe('main')

  await placed(page)
  await page.keyboard.press('e')
  await expect.poll(() => name(page)).toBe(names[1])
  await placed(page)
  await page.keyboard.press('r')
  await page.keyboard.type('Dear')
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect.poll(() => page.locator('.conversation-name').allTextContents()).toEqual(names)
  expect(await name(page)).toBe(names[1])
})

it('with "back to list" nothing is opened that was not meant: the list has the focus, and its keys go on from there', async () => {
  const desk = await openList('list')
  const { page, names } = desk
  await readFirst(page)
  await page.keyboard.press('e')
  await page.getByText('No conversation chosen').waitFor()
  expect(await list(page).evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('j')
  await expect.poll(() => name(page)).toBe(names[1])

  // From the list itself, too; and taken back it is stood on again.
  await page.keyboard.press('e')
  await page.getByText('No conversation chosen').waitFor()
  expect(mutated(desk, 'conversation.close')).toHaveLength(2)
  await page.keyboard.press('z')
  await expect.poll(() => name(page)).toBe(names[1])
  expect(await column(page)).toBe('list')
  // Back leads to what was left.
  await page.keyboard.press('e')
  await page.getByText('No conversation chosen').waitFor()
  await page.keyboard.press('Control+[')
  await expect.poll(() => name(page)).toBe(names[1])
})

it('where there is room for one column the list comes in front, or the next conversation', async () => {
  for (const [chosen, there] of [
    ['list', 'list'],
    ['next', 'main'],
  ] as const) {
    const { page, names } = await openList(chosen, 620)
    await readFirst(page)
    await page.keyboard.press('e')
    await expect.poll(() => column(page)).toBe(there)
    await expect.poll(() => list(page).isVisible()).toBe(there === 'list')
    if (there === 'main') await expect.poll(() => name(page)).toBe(names[1])
  }
})

it('who came from the list of customers is back there with "back to list"', async () => {
  const { page, names } = await openList('list')
  await page.keyboard.press('c')
  await page.locator('.customer-table').waitFor()
  await page.getByRole('option').filter({ hasText: names[0]! }).click()
  await placed(page)
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('e')
  await page.locator('.customer-table').waitFor()
  expect(await column(page)).toBe('main')
})

it('as long as nothing was chosen one stays where one reads; it is chosen by keyboard in the settings', async () => {
  const { page, core, names } = await openList(undefined)
  await readFirst(page)
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Reopen' }).waitFor()
  expect(await name(page)).toBe(names[0])

  await page.keyboard.press('Control+,')
  const choices = page.getByRole('radiogroup', { name: 'After Resolve or Snooze' })
  await choices.getByRole('radio', { name: 'Next, in the list', checked: true }).focus()
  for (const next of ['Always next', 'Back to list']) {
    // Held for as long as it takes, as by a finger.
    await page.keyboard.down('ArrowRight')
    await choices.getByRole('radio', { name: next, checked: true }).waitFor()
    await page.keyboard.up('ArrowRight')
  }
  const asked = core.asked.filter(({ name }) => name === 'setPreferences').map(({ args }) => args)
  expect(asked).toEqual([{ afterPutAway: 'next' }, { afterPutAway: 'list' }])
})
