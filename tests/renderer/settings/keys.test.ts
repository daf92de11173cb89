// Keys are looked up and changed where `?` lists them: Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Preferences } from '#shared/ipc/states.ts'
import type { ScriptedCore } from '../support/scripted-core.ts'
import { stageOfFile } from '../support/stage.ts'
import { veloform } from '../support/veloform.ts'

const stage = stageOfFile()
const line = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}: .*Change$`) })
const saved = (core: ScriptedCore): Preferences['keys'] =>
  (core.asked.findLast(({ name }) => name === 'setPreferences')?.args as Partial<Preferences> | undefined)
    ?.keys

async function open() {
  const desk = await stage.open(veloform())
  await desk.page.getByRole('listbox', { name: /^Conversations/ }).waitFor()
  await desk.page.keyboard.press('?')
  await desk.page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  return desk
}

it('an action gets another key, which works at once and is shown wherever it is named; the old one does nothing', async () => {
  const { page, core } = await open()
  await page.getByLabel('Find an action').fill('snooze')
  await line(page, 'Snooze').click()
  await page.keyboard.press('Shift+S')
  await expect.poll(() => saved(core)).toEqual({ snooze: ['Shift+S'] })
  await page.getByRole('button', { name: 'Snooze: ⇧ S Change' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('j')
  await page.locator('.chead').waitFor()
  await page.keyboard.press('h')
  expect(await page.getByRole('dialog', { name: 'Snooze' }).count()).toBe(0)
  await page.keyboard.press('Shift+S')
  await page.getByRole('dialog', { name: 'Snooze' }).waitFor()
})

it('a key that means something else says what, and is taken from there only by a word', async () => {
  const { page, core } = await open()
  await line(page, 'Snooze').click()
  await page.keyboard.press('e')
  const said = page.getByRole('alert').filter({ hasText: 'E means: Resolve or reopen.' })
  await said.waitFor()
  expect(core.asked.some(({ name }) => name === 'setPreferences')).toBe(false)
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await said.getByRole('button', { name: 'Take it from there' }).click()
  await expect.poll(() => saved(core)).toEqual({ snooze: ['E'], close: [] })
  await page.getByRole('button', { name: 'Resolve or reopen: None Change' }).waitFor()
  await page.getByRole('button', { name: 'All as they were' }).click()
  await expect.poll(() => saved(core)).toEqual({})
})

it('what systems, editing and input methods mean is refused with the reason, and Escape only ends the asking', async () => {
  const { page, core } = await open()
  for (const [keys, why] of [
    ['Control+c', 'It is for editing text.'],
    ['Control+w', 'Windows or macOS means something by it.'],
    ['Control+Shift+f', 'Chinese input methods use it.'],
    ['Alt+s', 'Alt opens menus on Windows'],
  ] as const) {
    await line(page, 'Snooze').click()
    // Not through the browser, which would close its window.
    const { ctrlKey, shiftKey, altKey } = {
      ctrlKey: keys.includes('Control'),
      shiftKey: keys.includes('Shift'),
      altKey: keys.includes('Alt'),
    }
    const key = keys.at(-1)!
    await page.evaluate(
      init =>
        document.activeElement!.dispatchEvent(
          new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
        ),
      { key, ctrlKey, shiftKey, altKey },
    )
    await page.getByRole('alert').filter({ hasText: why }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alert').filter({ hasText: why }).waitFor({ state: 'detached' })
  }
  expect(await page.getByRole('dialog', { name: 'Keyboard' }).count()).toBe(1)
  expect(core.asked.some(({ name }) => name === 'setPreferences')).toBe(false)
})

it('the palette finds actions by what they are called in either language, by pinyin, and alone behind >', async () => {
  const { page } = await stage.open(veloform(), { prepare: core => core.preferences({ language: 'zh-CN' }) })
  await page.getByRole('listbox', { name: /^会话/ }).waitFor()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox')
  const found = page.locator('.palette [cmdk-item]')
  for (const typed of ['>kjj', '>快捷键', '>show these keys']) {
    await field.fill(typed)
    await expect.poll(() => found.allInnerTexts()).toEqual([expect.stringContaining('显示快捷键')])
  }
  await field.fill('》')
  await expect.poll(() => found.count()).toBeGreaterThan(15)
})

it('keys for how words look are changed, too: the old ones do nothing in the editor', async () => {
  const { page } = await stage.open(veloform(), {
    prepare: core => core.preferences({ keys: { bold: ['Mod+Shift+X'] } }),
  })
  await page.getByRole('option', { name: /Nguyễn/ }).click()
  const field = page.locator('[data-keys=composer] .comp-text').first()
  await field.click()
  await page.keyboard.press('Control+b')
  await page.keyboard.type('plain ')
  await page.keyboard.press('Control+Shift+X')
  await page.keyboard.type('bold ')
  await page.keyboard.press('Control+Shift+X')
  await page.keyboard.press('Control+i')
  await page.keyboard.type('leaning')
  await expect.poll(() => field.innerHTML()).toContain('plain <strong>bold </strong><em>leaning</em>')
})
