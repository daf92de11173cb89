import { expect } from '@playwright/test'
import { entry, note, openConversation, reply, row, showView, synced } from './support/actions.ts'
import { test } from './support/world.ts'

test('what one desk does appears on the other without a reload; of two who claim at once one wins and the other is told who', async ({
  world,
}) => {
  const { hub, customers } = world
  for (const [name, address] of [
    ['Kenji Watanabe', 'kenji@hakobi.example'],
    ['刘子昂', 'liu@example.cn'],
  ] as const)
    await customers.write(hub.smtp, {
      from: { name, address },
      to: 'support@skein.example',
      subject: 'Blue frame',
      text: 'Is it back in stock?',
    })
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  for (const { page } of [lin, tomas]) {
    await showView(page, 'open')
    await openConversation(page, 'Kenji Watanabe')
  }

  await lin.page.getByRole('button', { name: /With nobody/ }).click()
  await lin.page.getByRole('option', { name: /Tomás Rivera/ }).click()
  await expect(tomas.page.getByRole('button', { name: /With you/ })).toBeVisible()

  await note(lin.page, 'He asked twice already.')
  await expect(entry(tomas.page, 'He asked twice already.')).toBeVisible()

  await reply(tomas.page, 'Yes, four of them.')
  await expect(entry(lin.page, 'Yes, four of them.')).toContainText(/Sent/i)

  // Both claim the other conversation before either can hear of the other.
  for (const { page } of [lin, tomas]) await openConversation(page, '刘子昂')
  await hub.stop()
  for (const { page } of [lin, tomas]) {
    await page.keyboard.press('i')
    await expect(page.getByRole('button', { name: /With you/ })).toBeVisible()
  }
  const told = /Lin Wei|Tomás Rivera/
  const decided = Promise.race([
    lin.page
      .getByText('Tomás Rivera has it')
      .first()
      .waitFor({ timeout: 60_000 })
      .then(() => [tomas, lin] as const),
    tomas.page
      .getByText('Lin Wei has it')
      .first()
      .waitFor({ timeout: 60_000 })
      .then(() => [lin, tomas] as const),
  ])
  await hub.start()
  const [winner, loser] = await decided
  await expect(winner.page.getByRole('button', { name: /With you/ })).toBeVisible()
  await expect(loser.page.getByRole('button', { name: told }).first()).toBeVisible()
  await synced(winner.page)
})

test('a reply threads at a real mail server and the answer joins the conversation', async ({ world }) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@parcelo.example' },
    to: 'support@skein.example',
    subject: 'Battery on bike 7',
    text: 'It drops from 80% to 20%.',
    messageId: '<first@parcelo.example>',
  })
  const { page } = await world.desk('lin', { locale: 'zh-CN' })
  await showView(page, 'unassigned')
  await openConversation(page, 'Amara Okonkwo')
  await reply(page, 'Which serial number is it?')
  await expect.poll(() => customers.arrived.length).toBe(1)
  const mail = customers.arrived[0]!
  expect(mail.inReplyTo).toBe('<first@parcelo.example>')
  expect(mail.references).toContain('<first@parcelo.example>')
  expect(mail.subject).toBe('Re: Battery on bike 7')
  expect(mail.to?.map(({ address }) => address)).toEqual(['amara@parcelo.example'])

  await customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@parcelo.example' },
    to: 'support@skein.example',
    subject: 'Re: Battery on bike 7',
    text: 'It is 22-0917.',
    inReplyTo: mail.messageId,
    references: [mail.references, mail.messageId].filter(Boolean).join(' '),
  })
  await expect(entry(page, 'It is 22-0917.')).toBeVisible()
  await showView(page, 'open')
  await expect(row(page, 'Amara Okonkwo')).toHaveCount(1)
  await expect(page.getByRole('option')).toHaveCount(1)
})
