import { expect } from '@playwright/test'
import { entry, openConversation, reply, row, showView } from './support/actions.ts'
import { test } from './support/world.ts'

test('a reply written offline that a colleague has overtaken is held with its closing, and sent once when its author says so', async ({
  world,
}) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: '赵明轩', address: 'zhao@shunda.example' },
    to: 'support@skein.example',
    subject: '维修报价单',
    text: '三台控制器是否免费更换？',
  })
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  for (const { page } of [lin, tomas]) {
    await showView(page, 'open')
    await openConversation(page, '赵明轩')
  }

  await hub.stop()
  await reply(lin.page, '可以免费更换，最快周五上门。')
  await lin.page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(row(lin.page, '赵明轩')).toHaveCount(0)
  await lin.kill()

  await hub.start()
  await reply(tomas.page, 'Free of charge, I am checking the date.')
  await expect(entry(tomas.page, 'Free of charge')).toContainText(/Sent/i)

  await lin.start()
  await showView(lin.page, 'held')
  await openConversation(lin.page, '赵明轩')
  const held = entry(lin.page, '可以免费更换，最快周五上门。')
  await expect(held).toContainText('Tomás Rivera replied')
  await expect(entry(tomas.page, '可以免费更换，最快周五上门。')).toContainText('Held for review')
  expect(customers.arrived).toHaveLength(1)

  await held.getByRole('button', { name: 'Send anyway' }).click()
  await expect.poll(() => customers.arrivedWith('最快周五上门').length).toBe(1)
  expect(customers.arrived).toHaveLength(2)
  // The closing went along with it.
  await showView(tomas.page, 'closed')
  await expect(row(tomas.page, '赵明轩')).toBeVisible()
})
