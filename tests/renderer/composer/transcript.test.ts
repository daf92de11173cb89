// A chat sent by mail from the desk: by a key and from the menu, to the address that is known.
import { expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { choose, mutated, openThread, reply } from '../timeline/opened.ts'
import { chat, mailId, thread } from '../timeline/scene.ts'

const stage = stageOfFile()

/** The chat answered, on a channel that can. */
function answered(): World {
  const world = thread()
  const channel = world.one('channel', chat.channel)!
  const conversation = world.one('conversation', chat.conversationId)!
  world.put('channel', { ...channel, can: { ...channel.can, transcript: true } })
  world.put('conversation', { ...conversation, lastReply: { seq: 1, at: 1, agentId: null } })
  return world
}

it('goes to the address that is known or typed, and is a line of the timeline; of mail there is no such thing', async () => {
  const world = answered()
  const opened = await openThread(stage, world)
  const { page } = opened
  const dialog = page.getByRole('dialog', { name: 'Send this chat by mail' })

  await choose(page, world, mailId)
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: /Add tag/ }).waitFor()
  expect(await page.getByRole('menuitem', { name: /Send this chat by mail/ }).count()).toBe(0)
  await page.keyboard.press('Escape')

  await choose(page, world, chat.conversationId)
  await reply(page).waitFor()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: /Send this chat by mail/ }).click()
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('m')
  const field = dialog.getByRole('textbox', { name: 'To' })
  const known = await field.inputValue()
  expect(known).toContain('@')
  await field.fill('nobody')
  await field.press('Enter')
  await dialog.getByText('This is not a mail address.', { exact: false }).waitFor()
  await field.fill('Boss@parcelo.eu')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(mutated(opened, 'conversation.transcript')).toEqual([
    expect.objectContaining({
      conversationId: chat.conversationId,
      channel: chat.channel,
      to: expect.objectContaining({ address: 'boss@parcelo.eu' }),
    }),
  ])
  await page.getByRole('main').getByText('You sent this chat to boss@parcelo.eu by mail').waitFor()
})
