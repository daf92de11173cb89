// S26 at the desk: two customers are found to be one person, shown as one, answered each at their own address, and separated again.
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { conversationWith, customerWith, identityWith } from '#shared/model/testing.ts'
import { inbound, type Place } from '../support/items.ts'
import { type DeskPage, openStage, type Stage } from '../support/page.ts'
import type { World } from '../support/world.ts'
import { article, mutated, openThread, reply } from '../timeline/opened.ts'
import { at, customerId, mailId, thread } from '../timeline/scene.ts'

let stage: Stage
let desk: DeskPage | undefined

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
afterEach(async () => {
  await desk?.close()
  desk = undefined
})

const chat: Place = {
  conversationId: 'visit',
  customerId: 'visitor',
  inboxId: 'inbox-1',
  channel: 'email',
}

/** The thread, and somebody else who wrote from a private address. `since`: how long they have been known. */
function withVisitor(since = at(18, 9, 0)): World {
  const world = thread()
  const visitor = customerWith({ id: 'visitor', name: 'A. Okafor', createdAt: since })
  world.put('customer', visitor)
  world.put(
    'identity',
    identityWith({ id: 'visitor-i', customerId: 'visitor', address: 'amara@home.example' }),
  )
  world.put(
    'conversation',
    conversationWith({
      id: 'visit',
      inboxId: 'inbox-1',
      customerId: 'visitor',
      identityId: 'visitor-i',
      subject: 'My private bike',
      status: 'open',
      lastSeq: 1,
      createdAt: at(18, 9, 0),
      activityAt: at(18, 9, 0),
      lastInbound: { seq: 1, at: at(18, 9, 0) },
      waitingSince: at(18, 9, 0),
      assigneeId: 'agent-me',
    }),
  )
  world.put(
    'item',
    inbound(chat, {
      id: 'visit-1',
      seq: 1,
      at: at(18, 9, 0),
      identityId: 'visitor-i',
      text: 'I also have one of your bikes at home.',
      from: 'amara@home.example',
      name: 'A. Okafor',
    }),
  )
  world.suggestions = [{ customer: visitor, reasons: [{ kind: 'typed', address: 'amara@home.example' }] }]
  return world
}
const pointer = (world: World, id: string) => world.one('customer', id)?.mergedInto

it('a suggestion says why, both stand beside each other, and one press makes them one timeline', async () => {
  const world = withVisitor()
  desk = await openThread(stage, world)
  const { page } = desk
  await page.getByText('typed amara@home.example into a chat; not checked').waitFor()
  await page.getByRole('button', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog', { name: 'One person?' })
  await dialog.getByText('amara@home.example').waitFor()
  // Known for three years, against a day.
  expect(await dialog.getByRole('radio').first().isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()

  await expect.poll(() => pointer(world, 'visitor')).toBe(customerId)
  await article(page, 'I also have one of your bikes at home.').waitFor()
  await page.getByText(/^You merged A\. Okafor into Amara/).waitFor()
  await page.getByRole('button', { name: 'Separate A. Okafor' }).waitFor()
  expect(await page.getByText('typed amara@home.example').count()).toBe(0)
})

it('Z takes the merge back, and everything is where it was', async () => {
  const world = withVisitor()
  desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('button', { name: 'Separate A. Okafor' }).waitFor()
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('z')
  await expect.poll(() => pointer(world, 'visitor')).toBeNull()
  await article(page, 'I also have one of your bikes at home.').waitFor({ state: 'detached' })
  await page.getByText('Possibly the same person').waitFor()
})

it('somebody who is not suggested is found by name, and whose profile stands for both is chosen', async () => {
  const world = withVisitor()
  world.suggestions = []
  desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Merge with another customer' }).click()
  await page.keyboard.type('okafor')
  await page.getByRole('button', { name: /A\. Okafor/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').nth(1).check()
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect.poll(() => pointer(world, customerId)).toBe('visitor')
  await page.getByRole('heading', { level: 1, name: 'A. Okafor' }).waitFor()
})

it('an answer goes to the address that wrote, with the merge among what its author has seen', async () => {
  const world = withVisitor()
  world.put('customer', { ...world.one('customer', customerId)!, mergedInto: 'visitor' })
  desk = await openThread(stage, world, { conversationId: mailId })
  const { page } = desk
  await reply(page).click()
  await page.keyboard.type('It is on its way.')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => mutated(desk!, 'reply.send').length).toBe(1)
  const [sent] = mutated(desk, 'reply.send')
  expect(sent).toMatchObject({ customerId, basis: { customerId: 'visitor' } })
  expect(JSON.stringify(sent?.to)).not.toContain('home.example')
})

it('the dialog is complete for a screen reader, and leaves by Escape', async () => {
  const world = withVisitor()
  desk = await openThread(stage, world)
  const { page } = desk
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('dialog').getByText('amara@home.example').waitFor()
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 140)}`)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(pointer(world, 'visitor')).toBeNull()
})
