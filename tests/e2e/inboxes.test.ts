// An administrator connects a real mailbox and puts up a chat, by the desk's own forms.
import { expect as plain } from '@playwright/test'
import { SMTPServer } from 'smtp-server'
import { PASSWORD, startDovecot, whyNoDovecot } from '../mail/support/dovecot.ts'
import { mail } from '../mail/support/mails.ts'
import { test } from './support/world.ts'

// Real servers on a busy machine answer when they can.
const expect = plain.configure({ timeout: 60_000 })
const owner = 'help@skein.example'
const obstacle = whyNoDovecot()

async function startSmtp() {
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === PASSWORD ? done(null, { user: username }) : done(new Error('Bad login')),
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as { port: number }).port,
    close: () => new Promise<void>(resolve => server.close(resolve)),
  }
}

test('a newcomer connects a mailbox and a chat by form; what is wrong is said, and what was typed is kept', async ({
  world,
}, info) => {
  test.skip(obstacle !== undefined, obstacle)
  const dovecot = await startDovecot([owner])
  const smtp = await startSmtp()
  try {
    const desk = await world.emptyDesk()
    await desk.signIn('admin@skein.example')
    const { page } = desk
    page.setDefaultTimeout(30_000)
    const look = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
    const dialog = page.getByRole('dialog')
    const openInboxes = async (): Promise<void> => {
      await page.getByRole('button', { name: /^Your account/ }).click()
      await page.getByRole('menuitem', { name: 'Settings' }).click()
      await dialog.getByRole('tab', { name: 'Inboxes' }).click()
    }
    await openInboxes()
    await expect(dialog.getByRole('button', { name: /support@skein\.example/ })).toContainText(
      'Mail comes to the hub',
    )
    await look('list')

    await dialog.getByRole('button', { name: 'Add mailbox' }).click()
    await dialog.getByLabel('Mailbox address').fill(owner)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog).toContainText('Its provider is not known here')
    await expect(dialog.getByLabel('Password')).toBeFocused()
    await dialog.getByLabel('Password').fill('wrong')
    for (const [name, port] of [
      ['Mail in (IMAP)', dovecot.port],
      ['Mail out (SMTP)', smtp.port],
    ] as const) {
      const server = dialog.getByRole('group', { name })
      await server.getByLabel('Server').fill('127.0.0.1')
      await server.getByLabel('Port').fill(String(port))
      await server.getByRole('combobox').click()
      await page.getByRole('option', { name: 'None (this machine)' }).click()
    }
    await look('form')
    await dialog.getByRole('button', { name: 'Check and save' }).click()
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Log in to mail in' })).toContainText(
      'The server refuses this name and password',
    )
    await expect(dialog).toContainText('Nothing was saved. What you typed is still here.')
    await expect(dialog.getByRole('button', { name: 'Check and save' })).toBeInViewport({ ratio: 1 })
    await look('wrong')
    expect(await dialog.getByLabel('Password').inputValue()).toBe('wrong')
    await dialog.getByLabel('Password').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Check and save' }).click()
    const row = dialog.getByRole('button', { name: /help@skein\.example/ })
    await expect(row).toContainText('Connected since')

    await dovecot.put(owner, [mail({ Subject: 'By the form' })])
    await page.keyboard.press('Escape')
    await page.locator('[data-view="unassigned"]').click()
    await expect(page.getByRole('option').filter({ hasText: 'By the form' })).toBeVisible()

    await openInboxes()
    await row.click()
    await dialog.getByRole('button', { name: 'Check again' }).click()
    await expect(
      dialog.getByRole('listitem').filter({ hasText: 'Be told of new mail at once' }),
    ).toContainText('done')
    await look('checked')
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await expect(row).toContainText('Paused')

    await dialog.getByRole('button', { name: 'Add chat' }).click()
    await dialog.getByLabel('Name at the desk').fill('Site')
    await look('chat')
    await dialog.getByRole('button', { name: 'Save' }).click()
    const script = await dialog.getByLabel('Put this line into your pages').inputValue()
    expect(script).toMatch(
      /^<script src="http:\/\/127\.0\.0\.1:\d+\/v1\/channels\/chat\/widget\.js" data-inbox="web-\w+" async><\/script>$/,
    )
    expect(await dialog.getByLabel('Secret for signing').inputValue()).toMatch(/^[\w-]{43}$/)
    await expect(dialog.getByRole('button', { name: 'Copy' }).first()).toBeFocused()
    await look('made')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.getByRole('button', { name: /^Site/ }).click()
    await expect(dialog).toContainText('The secret was shown when it was made.')
  } finally {
    await smtp.close()
    await dovecot.close()
  }
})

test('who is no administrator is not offered to set up inboxes', async ({ world }) => {
  const { page } = await world.desk('boss')
  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(page.getByRole('dialog')).toContainText('Language')
  await expect(page.getByRole('tab', { name: 'Inboxes' })).toHaveCount(0)
})
