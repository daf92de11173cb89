// A night with the lid closed: core and browser are stopped (SIGSTOP), their connection dies unnoticed, a colleague and the customers
// go on. And a network that goes and comes, and a hub that hangs. What is shown is right without a reload; nothing old is called live.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { cable } from '../faults/support/wire.ts'
import { entry, note, offline, openConversation, row, showView, synced } from './support/actions.ts'
import { type Colleague, colleague } from './support/colleague.ts'
import { peopleOf, putToSleep } from './support/sleep.ts'
import { team, test, type World } from './support/world.ts'

const names = [...'赵钱孙李周吴郑王冯陈褚卫'].map(family => `${family}客户`)
const letter = (name: string, index: number) => ({
  from: { name, address: `customer-${index}@shop.example` },
  to: 'support@skein.example',
  subject: `Order ${index}`,
  text: 'Where is my parcel?',
})
const shownAtMost = 8
/** A shorter one may not be felt as one (electron/core/pulse.ts), and is then a line that says nothing. Milliseconds. */
const shortestNight = 8_000

/** The customers that a list shows first, as the page has them. */
const listed = (page: Page): Promise<string[]> =>
  page
    .getByRole('option')
    .locator('.conversation-name')
    .allTextContents()
    .then(all => all.slice(0, shownAtMost))

/** The same as the colleague's core has it, which was never asleep. */
const truth = async ({ page }: Colleague): Promise<{ lines: string[]; ids: string[]; open: number }> => {
  const lines = page.watch('conversations', {
    view: 'open',
    inboxId: null,
    sort: 'longest-waiting',
    offset: 0,
    limit: 100,
  })
  await page.until(() => lines.ready)
  const rows = [...lines.rows]
  lines.stop()
  return {
    lines: rows.map(({ customerName }) => customerName).slice(0, shownAtMost),
    ids: rows.map(({ conversation }) => conversation.id),
    open: rows.length,
  }
}

/** Writes down, from now on, every state that the page tells together with the list it shows then. */
const record = (page: Page): Promise<void> =>
  page.evaluate(most => {
    const seen: { condition: string; names: string; age: string }[] = []
    const look = (): void => {
      const condition = document.querySelector<HTMLElement>('[data-condition]')?.dataset.condition ?? ''
      const names = [...document.querySelectorAll('[role=option] .conversation-name')]
        .slice(0, most)
        .map(({ textContent }) => textContent)
        .join()
      const age = document.querySelector('.views')?.getAttribute('title') ?? ''
      const last = seen.at(-1)
      if (last?.condition !== condition || last.names !== names || last.age !== age)
        seen.push({ condition, names, age })
    }
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    Object.assign(window, { seen })
  }, shownAtMost)

interface Seen {
  condition: string
  names: string
  age: string
}
const recorded = (page: Page): Promise<Seen[]> =>
  page.evaluate(() => (window as unknown as { seen: Seen[] }).seen)

const conditions = (page: Page) => page.locator('[data-condition]')

/** How long it takes until the list is as it should be. Said, not judged: the machine may be busy. */
async function untilRight(page: Page, expected: string[], since: number, what: string): Promise<void> {
  await expect.poll(() => listed(page), { timeout: 60_000, intervals: [20] }).toEqual(expected)
  await expect(conditions(page)).toHaveAttribute('data-condition', 'synced', { timeout: 60_000 })
  console.log(`${what}: lists right after ${Date.now() - since} ms`)
}

async function shop(world: World): Promise<void> {
  const { hub, customers } = world
  for (const [index, name] of names.entries()) await customers.write(hub.smtp, letter(name, index))
}

test('after a night lists are right without a reload, and until then nothing old is called live', async ({
  world,
}) => {
  const { hub, customers } = world
  await shop(world)
  const wire = await cable({ host: '127.0.0.1', port: Number(new URL(hub.url).port) })
  const tomas = await colleague(hub.url, team.tomas.email)
  const desk = await world.desk('lin', { hubUrl: `http://127.0.0.1:${wire.port}` })
  const { page } = desk
  await showView(page, 'open')
  for (const name of names.slice(0, 3)) await expect(row(page, name)).toBeVisible()
  await openConversation(page, names[3]!)
  await synced(page)
  const before = await truth(tomas)
  await expect.poll(() => listed(page)).toEqual(before.lines)

  // The lid closes. The line dies and nobody is told; the page's clock goes on by eight hours.
  await page.evaluate(() => {
    const real = Date.now
    let woken = 0
    Date.now = () => real() + woken
    Object.assign(window, { night: () => (woken = 8 * 3_600_000) })
  })
  await record(page)
  await page.evaluate(() => setTimeout(() => (window as unknown as { night(): void }).night(), 1500))
  wire.silence()
  const wake = putToSleep(peopleOf(desk.folder))
  const over = pause(shortestNight)

  // Meanwhile: hundreds of changes, claims, closings, new customers.
  for (let n = 0; n < 200; n += 1)
    await tomas.do('note.add', {
      id: uuidv7(),
      conversationId: before.ids[n % 8]!,
      text: `Night note ${n}`,
      attachments: [],
      at: Date.now(),
    })
  for (const conversationId of before.ids.slice(0, 2))
    await tomas.do('conversation.close', { conversationId, at: Date.now() })
  await tomas.do('conversation.claim', { conversationId: before.ids[2]!, at: Date.now() })
  for (const index of [0, 1, 2]) await customers.write(hub.smtp, letter(`夜间客户${index}`, 100 + index))
  await tomas.page.drained()
  await expect.poll(async () => (await truth(tomas)).open).toBe(names.length - 2 + 3)
  const after = await truth(tomas)
  expect(after.lines).not.toEqual(before.lines)

  await over
  wire.mend()
  const woken = Date.now()
  wake()
  await untilRight(page, after.lines, woken, 'After a night')
  await expect(page.locator('[data-view=open] .side-count')).toHaveText(String(after.open))
  await expect(entry(page, 'Night note 195').first()).toBeVisible()
  await expect(page.getByRole('option').filter({ hasText: '夜间客户0' })).toHaveCount(1)

  // From the first word on that was not the last one before the lid closed, live was said only of what is right.
  const seen = await recorded(page)
  const first = seen.findIndex(({ condition }) => condition !== 'synced')
  expect(first).not.toBe(-1)
  const called = seen.slice(first).filter(({ condition }) => condition === 'synced')
  expect(called.map(({ names: shown }) => shown)).toEqual(called.map(() => after.lines.join()))
  // And the old numbers said how old they were.
  expect(seen.slice(first).some(({ age }) => age !== '')).toBe(true)

  // The network goes with a bang, and comes back.
  wire.cut()
  await offline(page)
  await tomas.do('conversation.close', { conversationId: after.ids[2]!, at: Date.now() })
  await tomas.page.drained()
  const later = await truth(tomas)
  wire.mend()
  await untilRight(page, later.lines, Date.now(), 'After a cut')

  await tomas.close()
  await wire.close()
})

test('a hub that hangs is said to be gone while one works on, and is found again when it goes on', async ({
  world,
}) => {
  const { hub } = world
  await world.customers.write(hub.smtp, letter('赵明轩', 1))
  const { page } = await world.desk('lin')
  await showView(page, 'open')
  await openConversation(page, '赵明轩')
  await synced(page)
  const wake = putToSleep([hub.pid])
  try {
    await note(page, 'Written while it hung.')
    await offline(page)
    await expect(page.getByRole('button', { name: /1 waiting to send/ }).first()).toBeVisible()
  } finally {
    wake()
  }
  const woken = Date.now()
  await synced(page)
  console.log(`After a hub that hung: synced after ${Date.now() - woken} ms`)
  await expect(page.getByText('1 waiting to send')).toHaveCount(0)
})
