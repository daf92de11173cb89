// Macros in the settings, by keyboard, in a real Chromium over a scripted core.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { mutated, openThread } from '../timeline/opened.ts'
import { me, thread } from '../timeline/scene.ts'
import { withMacros } from './macros.ts'

const stage = stageOfFile()

it('a macro is made without a mouse, its variables chosen from a menu, and an agent reads the team’s without changing them', async () => {
  const world = withMacros(thread())
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('tab', { name: 'Macros' }).click()
  await page.getByRole('searchbox', { name: 'Find a macro' }).fill('label')
  await expect.poll(() => page.locator('.macro-row').count()).toBe(1)
  await page.getByRole('button', { name: /Photo of the label/ }).press('Enter')
  await page.getByText('It is the team’s: those who lead it can change it.').waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Back to the list' }).press('Enter')

  await page.getByRole('button', { name: 'New macro' }).press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  await page.keyboard.type('Thanks')
  await page.keyboard.press('Tab')
  await page.keyboard.type('hi')
  await page.getByText('Greeting has this shortcut already.').waitFor()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('ey')
  const words = page.getByRole('textbox', { name: 'Words' })
  await words.focus()
  await page.keyboard.type('Thank you, ')
  await page.getByRole('button', { name: 'Insert a variable' }).press('Enter')
  await page.getByRole('menuitem', { name: 'customer.firstName' }).press('Enter')
  await words.focus()
  await page.keyboard.press('End')
  await page.keyboard.type('!')
  await expect.poll(() => page.locator('.macro-preview').innerText()).toContain('Thank you, Anna!')
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
  await page.getByRole('button', { name: 'Make it' }).press('Enter')
  await expect.poll(() => mutated(desk, 'macro.save')).toHaveLength(1)
  expect(mutated(desk, 'macro.save')[0]).toMatchObject({
    ...{ name: 'Thanks', shortcut: 'hey', text: 'Thank you, {{customer.firstName}}!' },
    ...{ agentId: me, actions: {}, families: [] },
  })
  await page.getByRole('button', { name: /^Thanks/ }).waitFor()
})
