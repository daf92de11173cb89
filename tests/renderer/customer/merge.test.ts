// S26 at the desk: two customers are found to be one person, shown as one, answered each at their own address, and separated again.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { secondAddress, secondWords, withSecondSelf } from '../support/second-self.ts'
import { stageOfFile } from '../support/stage.ts'
import { thursday } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { article, mutated, openThread, reply } from '../timeline/opened.ts'
import { customerId, mailId, thread } from '../timeline/scene.ts'

const stage = stageOfFile()

/** The thread, and its customer's second self. */
function twoSelves(): World {
  const world = thread()
  withSecondSelf(world, thursday)
  return world
}
const pointer = (world: World, id: string) => world.one('customer', id)?.mergedInto

it('a suggestion says why, both stand beside each other, and one press makes them one timeline', async () => {
  const world = twoSelves()
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByText(`${secondAddress} was typed into a chat; not checked`).waitFor()
  await page.getByRole('button', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog', { name: 'One person?' })
  await dialog.getByText(secondAddress).waitFor()
  // Known for three years, against a day.
  expect(await dialog.getByRole('radio').first().isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()

  await expect.poll(() => pointer(world, 'second')).toBe(customerId)
  await article(page, secondWords).waitFor()
  await page.getByText(/^You merged A\. Okafor into Amara/).waitFor()
  await page.getByRole('button', { name: 'Separate A. Okafor' }).waitFor()
  expect(await page.getByText(`${secondAddress} was typed`).count()).toBe(0)

  // What a colleague edits meanwhile stays with who stands for both, and that is said before and after.
  const survivor = world.one('customer', customerId)!
  const at = world.one('customer', 'second')!.mergedAt! + 1
  world.put('customer', { ...survivor, tier: 'VIP', edited: { tier: { agentId: 'priya', at } } })
  desk.core.changed()
  await page.getByText('Edited since then: Tier').waitFor()
  await page.getByRole('button', { name: 'Separate A. Okafor' }).click()
  await page
    .getByText(/stands alone again\. What was edited meanwhile stays with Amara .*: Tier/)
    .first()
    .waitFor()
})

it('who is said to be somebody else is one press, and Z takes it back', async () => {
  const world = twoSelves()
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'A. Okafor is somebody else' }).click()
  await expect.poll(() => world.one('customer', customerId)?.apart).toEqual(['second'])
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('z')
  await expect.poll(() => world.one('customer', customerId)?.apart).toEqual([])
})

it('Z takes the merge back, and everything is where it was', async () => {
  const world = twoSelves()
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('button', { name: 'Separate A. Okafor' }).waitFor()
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('z')
  await expect.poll(() => pointer(world, 'second')).toBeNull()
  await article(page, secondWords).waitFor({ state: 'detached' })
  await page.getByText('Possibly the same person').waitFor()
})

it('somebody who is not suggested is found by name, and whose profile stands for both is chosen', async () => {
  const world = twoSelves()
  world.suggestions = []
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Merge with another customer' }).click()
  await page.keyboard.type('okafor')
  await page.getByRole('button', { name: /A\. Okafor/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').nth(1).check()
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect.poll(() => pointer(world, customerId)).toBe('second')
  await page.getByRole('heading', { level: 1, name: 'A. Okafor' }).waitFor()
})

it('an answer goes to the address that wrote, with the merge among what its author has seen', async () => {
  const world = twoSelves()
  world.put('customer', { ...world.one('customer', customerId)!, mergedInto: 'second' })
  const desk = await openThread(stage, world, { conversationId: mailId })
  const { page } = desk
  await reply(page).click()
  await page.keyboard.type('It is on its way.')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => mutated(desk!, 'reply.send').length).toBe(1)
  const [sent] = mutated(desk, 'reply.send')
  expect(sent).toMatchObject({ customerId, basis: { customerId: 'second' } })
  expect(JSON.stringify(sent?.to)).not.toContain('home.example')
})

it('the dialog is complete for a screen reader, and leaves by Escape', async () => {
  const world = twoSelves()
  const desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('dialog').getByText(secondAddress).waitFor()
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(pointer(world, 'second')).toBeNull()
})
