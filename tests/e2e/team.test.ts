import { expect } from '@playwright/test'
import { entry, openConversation, row, showView, synced } from './support/actions.ts'
import { test } from './support/world.ts'

test('two agents: who looks and writes is seen, a conversation is handed over with a word, and a side conversation goes back and forth', async ({
  world,
}) => {
  test.setTimeout(300_000)
  const { hub, customers } = world
  const kenji = { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' }
  await customers.write(hub.smtp, {
    from: kenji,
    to: 'support@skein.example',
    subject: 'Blue frame',
    text: 'The frame is bent. Is it covered?',
  })
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  for (const { page } of [lin, tomas]) {
    await showView(page, 'open')
    await openConversation(page, kenji.name)
  }
  const { page } = lin

  // Who looks, who writes; and a word before one sends.
  await expect(page.getByRole('list', { name: 'Also here: Tomás Rivera' })).toBeVisible()
  await tomas.page.getByRole('textbox', { name: 'Your reply' }).pressSequentially('Dear ')
  await expect(page.getByText('Tomás Rivera is writing an answer to this.')).toBeVisible()
  await expect(page.getByText('Tomás Rivera is writing an answer to this.')).toHaveCount(0, {
    timeout: 60_000,
  })
  await tomas.page.getByRole('textbox', { name: 'Your reply' }).fill('')

  // Beside the conversation, from the keyboard: never to the customer.
  await page.getByRole('feed').focus()
  await page.keyboard.press('d')
  await page.keyboard.type(`${kenji.address}\n`)
  const words = page.getByRole('textbox', { name: 'Your words to it' })
  await words.fill('Is this ours?')
  await words.press('Control+Enter')
  await expect(page.getByText('What is said beside a conversation never goes to its customer.')).toBeVisible()
  await page.getByRole('button', { name: `Take off ${kenji.address}` }).click()
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('factory@frames.example\n')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Frame 2207')
  await words.press('Control+Enter')
  await expect(entry(page, 'Is this ours?')).toContainText('Sent')
  const [asked] = customers.arrivedWith('Is this ours?')
  expect(asked?.subject).toBe('Frame 2207')
  expect(asked?.to?.map(({ address }) => address)).toEqual(['factory@frames.example'])
  // Gone on meanwhile: that an answer came is told, and W leads there.
  await page.getByRole('button', { name: 'Customers', exact: true }).click()
  await customers.write(hub.smtp, {
    from: { name: 'Factory', address: 'factory@frames.example' },
    to: 'support@skein.example',
    subject: 'Re: Frame 2207',
    text: 'Ours. Do not tell him the batch.',
    inReplyTo: asked?.messageId ?? '',
    references: asked?.messageId ?? '',
    messageId: '<answer@frames.example>',
  })
  await expect(page.locator('.toast-news')).toContainText(`An answer about ${kenji.name}: Ours.`)
  await page.keyboard.press('w')
  const answer = entry(page, 'Do not tell him')
  await expect(answer).toContainText('Beside this, with Factory · 2 letters')
  await answer.getByRole('button', { name: 'Answer Factory' }).click()
  await words.fill('Understood.')
  await words.press('Control+Enter')
  await expect(entry(page, 'Understood.')).toContainText('Sent')
  const [back] = customers.arrivedWith('Understood.')
  expect(back?.to?.map(({ address }) => address)).toEqual(['factory@frames.example'])
  expect(back?.inReplyTo).toBe('<answer@frames.example>')

  // Handed over with a word on where it stands.
  await page.getByRole('feed').focus()
  await page.keyboard.press('g')
  await page.keyboard.type('tom')
  const summary = page.getByRole('textbox', { name: 'What they should know' })
  await expect(summary).toHaveValue(/Last asked: The frame is bent/)
  await summary.fill('It is ours: replace it.')
  await summary.press('Control+Enter')
  await expect(page.getByText('Handed over to Tomás Rivera').first()).toBeVisible()
  const note = tomas.page.getByRole('region', { name: 'Lin Wei handed this over to you' })
  await expect(note).toContainText('It is ours: replace it.')
  await showView(tomas.page, 'mine')
  await expect(row(tomas.page, kenji.name)).toBeVisible()
  await note.getByRole('button', { name: 'Got it' }).click()
  await expect(note).toHaveCount(0)
  await synced(tomas.page)
  await expect(entry(tomas.page, 'handed this over to you')).toContainText('It is ours: replace it.')
})
