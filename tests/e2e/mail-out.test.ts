import { expect } from '@playwright/test'
import { entry, openConversation, reply, showView } from './support/actions.ts'
import { test } from './support/world.ts'

test('from the desk by a real mail server: formatting, a blind copy, a forward with its file, and what comes back to it is not the customer’s', async ({
  world,
}) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' },
    to: 'support@skein.example',
    subject: 'Blue frame',
    text: 'The frame is bent. Is it covered?',
    messageId: '<frame@hakobi.example>',
    attachments: [{ filename: 'フレーム.txt', content: 'bent at the fork' }],
  })
  const { page } = await world.desk('lin')
  await showView(page, 'open')
  await openConversation(page, 'Kenji Watanabe')

  await page.keyboard.press('r')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('Good day')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- we look into it')
  await page.getByRole('button', { name: 'Bcc', exact: true }).click()
  await page.getByRole('textbox', { name: 'Bcc' }).fill('audit@skein.example')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(entry(page, 'we look into it')).toContainText(/Sent/i)
  await expect(entry(page, 'we look into it')).toContainText('Bcc audit@skein.example')
  const [answer] = customers.arrivedWith('we look into it')
  expect(answer?.text).toContain('Good day\n- we look into it')
  expect(answer?.html).toContain('<b>Good day</b>')
  expect(JSON.stringify(answer?.headers)).not.toMatch(/audit@|"bcc"/i)

  await entry(page, 'The frame is bent.').getByRole('button', { name: 'Forward' }).click()
  await page.keyboard.type('factory@frames.example')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Your words to it' }).fill('Is this ours?')
  await page.keyboard.press('Control+Enter')
  await expect(entry(page, 'Is this ours?')).toContainText(/Sent/i)
  const [forward] = customers.arrivedWith('Is this ours?')
  expect(forward?.subject).toBe('Fwd: Blue frame')
  expect(forward?.to?.map(({ address }) => address)).toEqual(['factory@frames.example'])
  expect(forward?.text).toMatch(/From: Kenji Watanabe <kenji@hakobi\.example>[\s\S]*The frame is bent\./)
  const [file] = forward?.attachments ?? []
  expect(file?.filename).toBe('フレーム.txt')
  expect(new TextDecoder().decode(file?.content as ArrayBuffer)).toBe('bent at the fork')

  await customers.write(hub.smtp, {
    from: { name: 'Factory', address: 'factory@frames.example' },
    to: 'support@skein.example',
    subject: 'Re: Fwd: Blue frame',
    text: 'Ours. Do not tell him the batch.',
    inReplyTo: forward?.messageId ?? '',
    references: forward?.messageId ?? '',
  })
  await expect(entry(page, 'Do not tell him')).toContainText('Answers a forward')
  await reply(page, 'You get a new one.')
  await expect(entry(page, 'You get a new one.')).toContainText(/Sent/i)
  const [last] = customers.arrivedWith('You get a new one.')
  expect(last?.to?.map(({ address }) => address)).toEqual(['kenji@hakobi.example'])
  expect(last?.inReplyTo).toBe('<frame@hakobi.example>')
  expect(last?.text).not.toContain('batch')
})
