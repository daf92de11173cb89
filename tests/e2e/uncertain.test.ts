import { expect } from '@playwright/test'
import { entry, openConversation, reply, showView } from './support/actions.ts'
import { test } from './support/world.ts'

test('S18: when nobody knows whether a reply left, the card says so and nothing repeats it until a person decides', async ({
  world,
}) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@parcelo.example' },
    to: 'support@skein.example',
    subject: 'Battery on bike 7',
    text: 'The second pack drops from 80% to 20%.',
  })
  const { page } = await world.desk('lin')
  await showView(page, 'open')
  await openConversation(page, 'Amara Okonkwo')

  customers.answers.push('die')
  await reply(page, 'A new pack leaves today.')
  const card = entry(page, 'A new pack leaves today.')
  await expect(card).toContainText('It is not certain that this left', { timeout: 30_000 })
  await expect(card).toContainText('not repeated by itself')
  // It is counted among what wants a look, too.
  await expect(page.getByRole('button', { name: /^Sync:/ })).toHaveAccessibleName(/1/)

  await hub.stop('SIGKILL')
  await hub.start()
  await reply(page, 'It comes by bike.')
  await expect(entry(page, 'It comes by bike.')).toContainText(/Sent/i, { timeout: 60_000 })
  await expect(card).toContainText('It is not certain that this left')
  expect(customers.arrivedWith('A new pack leaves today.')).toHaveLength(1)

  await card.getByRole('button', { name: 'Send again' }).click()
  await expect(card).toContainText(/Sent/i, { timeout: 30_000 })
  await expect(card.getByRole('button', { name: 'Send again' })).toHaveCount(0)
  expect(customers.arrivedWith('A new pack leaves today.')).toHaveLength(2)

  // The other way out: it did arrive, nothing more is sent.
  customers.answers.push('die')
  await reply(page, 'Its number is 7.')
  const other = entry(page, 'Its number is 7.')
  await expect(other).toContainText('It is not certain that this left', { timeout: 30_000 })
  await other.getByRole('button', { name: 'It arrived' }).click()
  await expect(other).toContainText(/Sent/i, { timeout: 30_000 })
  expect(customers.arrivedWith('Its number is 7.')).toHaveLength(1)
})
