// The customer's header and panel in a real Chromium over a scripted core: what is done, and that it can be taken back.
import { describe, expect, it } from 'vitest'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { at, chat, colleague, customerId, mailId, me, thread, withHeld } from '../timeline/scene.ts'

const stage = stageOfFile()

const open = async (...args: [World, Parameters<typeof openThread>[2]?]): Promise<DeskPage> => {
  const desk = await openThread(stage, ...args)
  await desk.page.locator('.tl-scroll').focus()
  return desk
}
const conversation = (world: World) => world.one('conversation', mailId)

describe('what is done can be taken back by Z', () => {
  it('resolving', async () => {
    const world = thread()
    const { page } = await open(world)
    await page.keyboard.press('e')
    await page.getByText('Resolved', { exact: true }).last().waitFor()
    await expect.poll(() => conversation(world)?.status).toBe('closed')
    await page.getByRole('button', { name: 'Reopen' }).waitFor()
    await page.keyboard.press('z')
    await expect.poll(() => conversation(world)?.status).toBe('open')
  })

  it('snoozing, by a time that makes sense now', async () => {
    const world = thread()
    const { page } = await open(world)
    await page.keyboard.press('h')
    await page.getByRole('option', { name: /Tomorrow morning/ }).click()
    await expect.poll(() => conversation(world)?.snoozedUntil).toBe(at(20, 9, 0))
    await page
      .getByText(/^Snoozed until Fri/)
      .first()
      .waitFor()
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('z')
    await expect.poll(() => conversation(world)?.status).toBe('open')
  })

  it('snoozing, by a time that is typed as people say it, in either language', async () => {
    const world = thread()
    const { page } = await open(world)
    await page.keyboard.press('h')
    await page.keyboard.type('fri 14:30')
    await page.keyboard.press('Enter')
    await expect.poll(() => conversation(world)?.snoozedUntil).toBe(at(20, 14, 30))
    await page.keyboard.press('h')
    await page.keyboard.insertText('明天下午3点')
    await page.keyboard.press('Enter')
    await expect.poll(() => conversation(world)?.snoozedUntil).toBe(at(20, 15, 0))
  })

  it('assigning to a colleague', async () => {
    const world = thread()
    const opened = await open(world)
    await opened.page.keyboard.press('a')
    await opened.page.getByPlaceholder('Find a colleague').fill('priya')
    await opened.page.keyboard.press('Enter')
    await expect.poll(() => conversation(world)?.assigneeId).toBe(colleague)
    expect(mutated(opened, 'conversation.assign')[0]).toMatchObject({ agentId: colleague, from: me })
    await opened.page.locator('.tl-scroll').focus()
    await opened.page.keyboard.press('z')
    await expect.poll(() => conversation(world)?.assigneeId).toBe(me)
  })

  it('tagging, with a tag made on the spot', async () => {
    const world = thread()
    const { page } = await open(world)
    await page.keyboard.press('t')
    await page.getByPlaceholder('Find or create a tag').fill('urgent')
    await page.getByRole('option', { name: 'Create “urgent”' }).click()
    await page.getByRole('button', { name: 'Take off urgent' }).waitFor()
    await expect.poll(() => conversation(world)?.tagIds.length).toBe(4)
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('z')
    await expect.poll(() => conversation(world)?.tagIds.length).toBe(3)
  })
})

it('S15 one that nobody has is claimed, not assigned', async () => {
  const world = thread()
  const before = conversation(world)
  if (!before) throw new Error('no conversation')
  world.put('conversation', { ...before, assigneeId: null })
  const opened = await open(world)
  await opened.page.keyboard.press('i')
  await expect.poll(() => mutated(opened, 'conversation.claim')).toHaveLength(1)
  expect(mutated(opened, 'conversation.assign')).toEqual([])
})

it('S22 resolving with a held reply says that it waits', async () => {
  const world = withHeld(thread(), 'We can replace all three.')
  const { page } = await open(world)
  await page.keyboard.press('e')
  await page.getByText('This waits with your held reply.').first().waitFor()
  expect(conversation(world)?.status).toBe('open')
})

describe('the profile', () => {
  it('is edited where it stands; Escape gives up, Enter keeps', async () => {
    const world = thread()
    const { page } = await open(world)
    const company = page.getByRole('button', { name: /^Edit Company/ })
    await company.click()
    await page.keyboard.type('Another')
    await page.keyboard.press('Escape')
    await expect.poll(() => company.textContent()).toBe('Parcelo Couriers')
    await company.click()
    await page.keyboard.type('Parcelo BV')
    await page.keyboard.press('Enter')
    await expect.poll(() => world.one('customer', customerId)?.company).toBe('Parcelo BV')
    await expect.poll(() => company.evaluate(button => button === document.activeElement)).toBe(true)
  })
})

it('the actions and the composer address the conversation that is chosen', async () => {
  const opened = await open(thread())
  const { page } = opened
  await page.getByText('amara@parcelo.eu', { exact: true }).last().waitFor()
  await page.getByTitle('Which conversation to answer').click()
  await page.getByRole('menuitemradio', { name: /Here is the label/ }).click()
  await page.getByRole('tab', { name: 'WhatsApp' }).waitFor()
  await reply(page).fill('By WhatsApp.')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() => mutated(opened, 'reply.send'))
    .toEqual([
      expect.objectContaining({
        conversationId: chat.conversationId,
        to: [expect.objectContaining({ address: '+31 6 2841 4417' })],
      }),
    ])
})

it('new mail elsewhere does not move the composer to another conversation', async () => {
  const world = thread()
  const { page, core } = await open(world)
  await reply(page).fill('For the mail')
  const other = world.one('conversation', chat.conversationId)
  if (!other) throw new Error('no conversation')
  world.put('conversation', {
    ...other,
    lastInbound: { seq: 9, at: at(19, 14, 5) },
    activityAt: at(19, 14, 5),
  })
  core.changed()
  await page.locator('.panel-conversation').first().getByText('Waiting').waitFor()
  expect(await typed(reply(page))).toBe('For the mail')
})
