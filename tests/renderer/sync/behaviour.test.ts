// What happens when the state changes under a person's hands: nothing jumps, the keyboard reaches everything, and it is said aloud.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { failed, fault, ok } from '#shared/protocol/fault.ts'
import type { DeskPage, Stage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { openThird, withUpload } from '../support/states.ts'
import { withHeldReply, withThread } from '../support/threads.ts'
import { thursday, veloform } from '../support/veloform.ts'
import { article, openThread, reply } from '../timeline/opened.ts'
import { thread } from '../timeline/scene.ts'

const stage = stageOfFile()
const open = async (...args: Parameters<Stage['open']>): Promise<DeskPage> => {
  return stage.open(...args)
}
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 })
const said = (page: Page) => page.locator('[role=status][aria-live=polite].sr')
const offline = { phase: 'offline' as const, offlineSince: thursday, retryAt: thursday + 60_000 }

it('what waits leads to its conversation by keyboard alone, and the focus comes back', async () => {
  const { page, core } = await open(withUpload('en'))
  await page.getByRole('option').first().waitFor()
  core.sync({ waiting: 4 })
  await page.keyboard.press('Control+Shift+O')
  const look = page.getByRole('button', { name: 'View: Reply to Amara Okonkwo' })
  await look.waitFor()
  for (let tabs = 0; tabs < 10; tabs++) {
    if (await look.evaluate(button => button === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Amara Okonkwo' }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  // The very item, which says the same as the panel.
  const item = page.getByRole('article').filter({ hasText: 'The new pack leaves Utrecht tonight' })
  await item.getByText('Waits for its attachment: fitting.mov, 12 of 48 MB').waitFor()
  await page.keyboard.press('Control+Shift+O')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('an upload that goes on is told where it is looked at, without a jump', async () => {
  const world = withUpload('en')
  const { page, core } = await open(world)
  await openThird(page, 'en')
  const item = page.getByRole('article').filter({ hasText: 'The new pack leaves Utrecht tonight' })
  await item.getByText('12 of 48 MB').waitFor()
  const before = await item.boundingBox()
  world.outbox = world.outbox.map(entry =>
    entry.upload ? { ...entry, upload: { ...entry.upload, sent: 36_900_000 } } : entry,
  )
  core.changed()
  await item.getByText('Waits for its attachment: fitting.mov, 36 of 48 MB').waitFor()
  expect(await item.boundingBox()).toEqual(before)
})

it('while catching up no row of the list moves, the numbers are greyed, and the list says from when they are', async () => {
  const { page, core } = await open(veloform())
  await page.getByRole('option').first().waitFor()
  const row = page.getByRole('option').first()
  const before = await row.boundingBox()
  core.sync({
    phase: 'catching-up',
    currentAt: thursday - 42 * 60_000,
    progress: { done: 3120, total: 8400 },
  })
  await page.clock.runFor(3000)
  await page.getByText('What you see is from 13:24, 42 min ago.').waitFor()
  await page.getByRole('list', { name: 'Views, numbers of 13:24' }).waitFor()
  expect(await row.boundingBox()).toEqual(before)
  core.sync({ phase: 'live', currentAt: thursday, progress: null })
  await page.getByRole('list', { name: 'Views', exact: true }).waitFor()
  expect(await page.getByText(/^Catching up/).count()).toBe(0)
  expect(await row.boundingBox()).toEqual(before)
})

it('what is over in a moment moves nothing and says nothing', async () => {
  const { page, core } = await open(veloform())
  await page.getByRole('option').first().waitFor()
  core.sync({ phase: 'catching-up', progress: { done: 1, total: 10 } })
  await page.getByRole('button', { name: /^Sync: Syncing/ }).waitFor()
  core.sync({ phase: 'live', progress: null })
  await page.getByRole('button', { name: /^Sync: Synced/ }).waitFor()
  await page.clock.runFor(3000)
  expect(await page.locator('.catch-up, .banner').count()).toBe(0)
  expect(await said(page).textContent()).toBe('')
})

it('the newest item stays in sight when the banner comes and goes', async () => {
  const { page, core } = await open(withThread(veloform(), 'en'), { width: 1000, height: 640 })
  await openThird(page, 'en')
  const newest = page.getByRole('article').filter({ hasText: 'Can it still ship today?' })
  await newest.waitFor()
  const inSight = () =>
    newest.evaluate(element => {
      const { bottom } = element.getBoundingClientRect()
      return bottom <= element.closest('[role=feed]')!.getBoundingClientRect().bottom + 1
    })
  await eventually(inSight).toBe(true)
  core.sync(offline)
  await page.clock.runFor(3000)
  await page.getByRole('region', { name: 'Offline' }).waitFor()
  await eventually(inSight).toBe(true)
  core.sync({ phase: 'live', offlineSince: null, retryAt: null })
  await page.getByRole('region', { name: 'Offline' }).waitFor({ state: 'detached' })
  await eventually(inSight).toBe(true)
})

it('a screen reader hears that the desk is offline, that it is connected again, and nothing between', async () => {
  const { page, core } = await open(veloform())
  await page.getByRole('option').first().waitFor()
  core.sync(offline)
  await page.clock.runFor(3000)
  await eventually(() => said(page).textContent()).toBe(
    'Offline. What you write is kept and sent in order when the hub answers.',
  )
  core.sync({ phase: 'connecting', retryAt: null })
  core.sync(offline)
  await page.clock.runFor(3000)
  expect(await said(page).textContent()).toMatch(/^Offline\./)
  core.sync({ phase: 'live', offlineSince: null, retryAt: null })
  await eventually(() => said(page).textContent()).toBe('Connected again.')
})

it('the end of the first sync is said, and an empty list is not called empty before', async () => {
  const world = veloform()
  for (const conversation of world.all('conversation'))
    world.put('conversation', { ...conversation, status: 'closed' })
  const { page, core } = await open(world, {
    prepare: core => core.sync({ phase: 'catching-up', currentAt: null, progress: { done: 0, total: 0 } }),
  })
  await page.getByText('Fetching conversations').waitFor()
  await page.clock.runFor(3000)
  await eventually(() => said(page).textContent()).toBe('First sync. The newest is here: you can work.')
  core.sync({ phase: 'live', currentAt: thursday, progress: null })
  await page.getByText('You are all caught up').waitFor()
  await eventually(() => said(page).textContent()).toBe('Everything is on this desk now.')
})

it('a reply that is held or fails while one does something else is told once, with the way to it', async () => {
  const world = withThread(veloform(), 'en')
  const { page, core } = await open(world)
  await page.getByRole('option').first().waitFor()
  withHeldReply(world)
  world.outbox = []
  core.changed()
  core.sync({ held: 1 })
  const toast = page.getByRole('status').filter({ hasText: '1 message needs a look' }).first()
  await toast.waitFor()
  core.sync({ held: 1, lastContactAt: thursday + 1 })
  await page.getByRole('button', { name: 'View', exact: true }).first().click()
  await page.getByRole('dialog').getByText('Priya Raman replied at 14:02').waitFor()
  expect(await page.getByText(/needs? a look$/).count()).toBeLessThanOrEqual(2)
})

it('who signs in is not told that the line was down before: only if it still is after a while', async () => {
  const { page, core } = await open(veloform(), {
    prepare: core => {
      core.desk({ phase: 'signed-out', agentId: null })
      core.sync(offline)
    },
  })
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.clock.runFor(5000)
  core.desk({ phase: 'signed-in', agentId: 'agent-me', fault: null })
  await page.getByRole('option').first().waitFor()
  await page.clock.runFor(200)
  expect(await said(page).innerText()).toBe('')
  core.sync({ phase: 'live', offlineSince: null, retryAt: null })
  await page.clock.runFor(3000)
  expect(await said(page).innerText()).toBe('')
  core.sync(offline)
  await page.clock.runFor(3000)
  await expect.poll(() => said(page).innerText()).toContain('Offline')
})

it('a toast lies beside what waits, or above it where the window is narrow, and never over it', async () => {
  const { page } = await open(veloform())
  await page.getByRole('option').first().click()
  await page.locator('.chead').waitFor()
  await page.keyboard.press('e')
  await page
    .getByText(/^Resolved: /)
    .first()
    .waitFor()
  await page.keyboard.press('Control+Shift+O')
  const panel = page.getByRole('dialog')
  await panel.waitFor()
  for (const [width, height] of [
    [1440, 900],
    [1024, 640],
    [800, 600],
    [640, 420],
  ] as const) {
    await page.setViewportSize({ width, height })
    const over = (): Promise<boolean> =>
      page.evaluate(() => {
        const [toast, panel] = ['.toast', '[role=dialog]'].map(of => document.querySelector(of)!)
        const [a, b] = [toast!.getBoundingClientRect(), panel!.getBoundingClientRect()]
        const apart = a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left
        return !apart || a.right > innerWidth || a.left < 0 || a.top < 0 || a.bottom > innerHeight
      })
    await expect.poll(over, { message: `${width} by ${height}` }).toBe(false)
  }
})

it('a locked desk whose session has ended is opened by the password', async () => {
  const { page, core } = await open(veloform(), {
    prepare: core => {
      core.desk({ phase: 'locked', fault: fault('replica-locked') })
      core.sync({ phase: 'blocked', offlineSince: thursday, fault: fault('session-expired') })
    },
  })
  core.answer('signIn', () => {
    core.sync({ phase: 'live', offlineSince: null, fault: null })
    core.desk({ phase: 'signed-in', fault: null })
    return ok({ agentId: 'agent-me' })
  })
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await page.getByRole('dialog').getByLabel('Password').fill('right')
  await page.keyboard.press('Enter')
  await page.getByRole('listbox').waitFor()
})

it('a desk that cannot open its data says that it is still so, and opens when it can', async () => {
  const { page, core } = await open(veloform(), {
    prepare: core => core.desk({ phase: 'refused', fault: fault('disk-full') }),
  })
  core.answer('retryNow', () => failed('disk-full'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Tried 14:06: it is still so.').waitFor()
  core.answer('retryNow', () => {
    core.desk({ phase: 'signed-in', fault: null })
    return ok(null)
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('listbox').waitFor()
})

it('a claim that the desk itself refuses says who has it', async () => {
  const { page, core } = await open(withThread(veloform(), 'en'))
  await page.keyboard.press('2')
  await page.getByRole('option').first().click()
  core.answer('mutate', () => failed('invalid', { params: { code: 'taken', agentId: 'agent-2' } }))
  await page.getByRole('button', { name: /With nobody/ }).click()
  await page
    .getByRole('option', { name: /Take it yourself|You/ })
    .first()
    .click()
  await page.getByText('Priya Raman has it.').first().waitFor()
})

it('the seconds in which an answer can be had back begin at the hub: while it does not have it, it is not said to be about to leave', async () => {
  const { page, core } = await openThread(stage, thread())
  core.preferences({ undoSendSeconds: 10 })
  await reply(page).focus()
  await page.keyboard.type('The new pack is on its way.')
  await page.keyboard.press('Control+Enter')
  const sent = article(page, 'The new pack is on its way.')
  await sent.getByText(/^Leaves in/).waitFor()
  await page.clock.runFor(12_000)
  await sent.getByText('Queued').waitFor()
  expect(await sent.innerText()).not.toContain('About to leave')
})
