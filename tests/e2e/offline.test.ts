import { expect } from '@playwright/test'
import {
  entry,
  note,
  offline,
  openConversation,
  reply,
  row,
  search,
  showView,
  synced,
} from './support/actions.ts'
import { test } from './support/world.ts'

const letters = [
  {
    name: 'Amara Okonkwo',
    address: 'amara@parcelo.example',
    subject: 'Battery on bike 7',
    text: 'The second pack drops from 80% to 20%.',
  },
  {
    name: '赵明轩',
    address: 'zhao@shunda.example',
    subject: '维修报价单请确认',
    text: '三辆车的控制器都在保修期内，麻烦确认是否免费更换。',
  },
  {
    name: 'Sofia Lindqvist',
    address: 'sofia@lindqvist.example',
    subject: 'Refund',
    text: 'When will the refund be on my card?',
  },
]
const replies = ['A new pack leaves today.', '三台控制器可以免费更换。', 'The refund left us this morning.']

test('an agent without a network searches, reads, answers, tags, assigns and closes; a killed desk shows all of it; everything arrives once', async ({
  world,
}) => {
  const { hub, customers } = world
  for (const { name, address, subject, text } of letters)
    await customers.write(hub.smtp, { from: { name, address }, to: 'support@skein.example', subject, text })
  const desk = await world.desk('lin')
  await showView(desk.page, 'open')
  for (const { name } of letters) await expect(row(desk.page, name)).toBeVisible()
  await synced(desk.page)

  await hub.stop('SIGKILL')
  await offline(desk.page)

  // Search and read.
  await expect((await search(desk.page, '控制器')).filter({ hasText: '赵明轩' }).first()).toBeVisible()
  await desk.page.keyboard.press('Escape')

  // Three replies, a tag, an assignment, a note, a closure.
  for (const [index, { name }] of letters.entries()) {
    await openConversation(desk.page, name)
    await reply(desk.page, replies[index]!)
  }
  await openConversation(desk.page, '赵明轩')
  await desk.page.getByRole('button', { name: 'Add tag: Tags of this conversation' }).click()
  await desk.page.getByPlaceholder('Find or create a tag').fill('保修')
  await desk.page.getByRole('option', { name: /Create “保修”/ }).click()
  await desk.page.keyboard.press('Escape')
  await note(desk.page, '杭州仓还有五台控制器。')
  await desk.page.getByRole('button', { name: /With nobody/ }).click()
  await desk.page
    .getByRole('option', { name: /Take it yourself|You/ })
    .first()
    .click()
  await openConversation(desk.page, 'Sofia Lindqvist')
  await desk.page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(row(desk.page, 'Sofia Lindqvist')).toHaveCount(0)

  await desk.kill()
  await desk.start()

  // Without the hub, all of it is there.
  await showView(desk.page, 'closed')
  await openConversation(desk.page, 'Sofia Lindqvist')
  await expect(entry(desk.page, replies[2]!)).toContainText(/Waits? for the network|Queued|queued/i)
  await showView(desk.page, 'mine')
  await openConversation(desk.page, '赵明轩')
  await expect(entry(desk.page, replies[1]!)).toBeVisible()
  await expect(entry(desk.page, '杭州仓还有五台控制器。')).toBeVisible()
  await expect(desk.page.getByRole('button', { name: /保修/ }).first()).toBeVisible()
  expect(customers.arrived).toHaveLength(0)

  await hub.start()
  await synced(desk.page)
  await expect.poll(() => customers.arrived.length, { timeout: 30_000 }).toBe(3)
  for (const words of replies) expect(customers.arrivedWith(words)).toHaveLength(1)
  await expect(entry(desk.page, replies[1]!)).toContainText(/Sent/i)

  // Nothing more is on its way: the hub has no job and the desk no change left.
  await expect.poll(async () => hub.waitingJobs(), { timeout: 30_000 }).toBe(0)
  expect(customers.arrived).toHaveLength(3)
})
