// What a screen reader says without the focus moving. The connection's own words: tests/renderer/sync/behaviour.test.ts.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { scenes } from '../scenes/index.ts'
import { openScene, third } from '../scenes/scene.ts'
import { inbound, outbound } from '../support/items.ts'
import { stageOfFile } from '../support/stage.ts'
import { thursday } from '../support/veloform.ts'
import { note } from '../timeline/scene.ts'

const stage = stageOfFile()
const place = {
  ...{ conversationId: 'conversation-3', customerId: 'customer-3', inboxId: 'inbox-1', channel: 'email' },
}
const open = async (name: string) => {
  const opened = await openScene(stage, scenes[name]!, { language: 'en' })
  return { ...opened, announced: () => opened.page.locator('.sr[role=status][aria-live=polite]').innerText() }
}
/** Everything that is a live region, and what it says now. */
const live = (page: Page): Promise<string> =>
  page
    .locator(':is([role=status], [role=alert], [aria-live], output):not([aria-live=off])')
    .allInnerTexts()
    .then(texts => texts.join('\n'))

it('what the customer writes into the open conversation, with their name', async () => {
  const { core, world, announced } = await open('thread-plain')
  world.put(
    'item',
    inbound(place, {
      ...{ id: 'fresh', seq: 6, at: thursday, identityId: 'identity-3', from: 'amara@parcelo.eu' },
      ...{ name: 'Amara Okonkwo', text: 'It has just arrived.' },
    }),
  )
  core.changed()
  await expect.poll(announced).toBe('New message from Amara Okonkwo: It has just arrived.')
})

it('who writes in a chat and which colleague notes something: by name, too, though no letter says whom it is from', async () => {
  const { core, world, announced } = await open('thread-plain')
  const said = { seq: 6, at: thursday, identityId: 'identity-3', from: '' }
  world.put('item', {
    ...inbound(place, { ...said, id: 'chatted', name: '', text: 'Are you there?' }),
    mail: null,
  })
  core.changed()
  await expect.poll(announced).toBe('New message from Amara Okonkwo: Are you there?')
  world.put('item', note(place, 'noted', 7, thursday + 1, 'Ask the shop first.'))
  core.changed()
  await expect.poll(announced).toBe('New message from Priya Raman: Ask the shop first.')
})

it('that an own message has left, once, when it has', async () => {
  const { core, world, announced } = await open('thread-plain')
  const own = (state: 'queued' | 'sent' | 'delivered') =>
    outbound(place, { id: 'own', seq: 6, at: thursday, text: 'On its way.', state, to: 'amara@parcelo.eu' })
  world.put('item', own('queued'))
  core.changed()
  await expect.poll(() => world.one('item', 'own')?.delivery?.state).toBe('queued')
  expect(await announced()).toBe('')
  world.put('item', own('sent'))
  core.changed()
  await expect.poll(announced).toBe('Sent.')
})

it('what has failed, wherever one is', async () => {
  const { page, core } = await open('list')
  core.sync({ failed: 1 })
  await expect
    .poll(async () => {
      await page.clock.runFor(100)
      return live(page)
    })
    .toContain('1 message needs a look')
})

it('how much a search has found, that it has found nothing, and how many are chosen', async () => {
  const { page } = await open('palette')
  await page.keyboard.type('battery')
  await expect.poll(() => live(page)).toMatch(/\d+ hits?/)
  await page.keyboard.type('qqq')
  await expect.poll(() => live(page)).toContain('Nothing found for “batteryqqq”')
  await page.keyboard.press('Escape')
  await page.getByRole('listbox').first().focus()
  for (const key of ['Home', 'x', 'Shift+ArrowDown']) await page.keyboard.press(key)
  await expect.poll(() => live(page)).toContain('2')
})

it('the option that the arrows are at, which is in sight, also when others have come before it', async () => {
  const { page } = await open('palette-actions')
  const named = await page.locator('[cmdk-input]').getAttribute('aria-activedescendant')
  expect(await page.locator('[cmdk-item]').first().getAttribute('id')).toBe(named)
  expect(await page.locator('[cmdk-list]').evaluate(list => list.scrollTop)).toBe(0)
})

it('why something cannot be sent, at the place where it is sent', async () => {
  const { page, say } = { ...(await open('list')), say: <T>(en: T) => en }
  await third({ page, say })
  await page.keyboard.press('r')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.locator('.comp [role=alert]').innerText()).toContain('Write something')
})
