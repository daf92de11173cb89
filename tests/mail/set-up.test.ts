import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { MailboxStatus } from '../../server/channels/email/imap/status.ts'
import { password } from '../hub/hub.ts'
import { HubProgram } from '../hub/program.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, PASSWORD, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { mail } from './support/mails.ts'

const obstacle = whyNoDovecot()
const Status = z.object({
  mailboxes: z.array(z.object({ inbox: z.string(), folders: MailboxStatus.shape.folders })),
})

describe.skipIf(obstacle)(
  `a mailbox is set up (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    const owner = 'support@skein.example'
    let program: HubProgram
    let dovecot: Dovecot
    let smtp: SMTPServer
    const urls = () => [
      ...['--imap', `imap://127.0.0.1:${dovecot.port}`],
      ...['--smtp', `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`],
    ]
    beforeAll(async () => {
      dovecot = await startDovecot([owner])
      smtp = new SMTPServer({
        allowInsecureAuth: true,
        disabledCommands: ['STARTTLS'],
        onAuth: ({ username, password: given }, _session, done) =>
          username === owner && given === PASSWORD
            ? done(null, { user: username })
            : done(new Error('Bad login')),
      })
      smtp.on('error', () => undefined)
      await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', resolve))
      program = await HubProgram.make()
      await program.run(['init', '--admin', 'admin@skein.example', '--password-stdin'], password)
      // The commands that follow find its database running.
      await program.start()
    })
    afterAll(async () => {
      await program?.remove()
      await new Promise<void>(resolve => (smtp ? smtp.close(resolve) : resolve()))
      await dovecot?.close()
    })
    const add = (more: string[], input = '') =>
      program.command(['inbox', 'add', 'email', '--address', owner, ...more], input)
    const status = async () => Status.parse(JSON.parse(await program.run(['status', '--json']))).mailboxes

    test('what is wrong is said in a sentence in both languages, and nothing is saved', async () => {
      const wrong = await add([...urls(), '--password-stdin'], 'not the password')
      expect(wrong.code).toBe(1)
      expect(wrong.err).toContain('The server refuses this user name and password.')
      expect(wrong.err).toContain('服务器不接受这个用户名和密码。')
      expect(wrong.err).toMatch(/IMAP 127\.0\.0\.1:\d+: /)
      expect(wrong.err).toMatch(/SMTP 127\.0\.0\.1:\d+: /)
      const unknown = await program.command(
        ['inbox', 'add', 'email', '--address', 'a@nowhere.invalid', '--password-stdin'],
        'x',
      )
      expect(unknown.err).toContain('The servers of nowhere.invalid are not known here')
      expect(await status()).toEqual([])
    })

    test('with the right password it is tried, saved and watched at once, and its secrets are nowhere to be read', async () => {
      const { code, out, err } = await add([...urls(), '--password-stdin'], `${PASSWORD}\n`)
      expect(err).toBe('')
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({
        address: owner,
        checked: [
          { side: 'imap', ok: true, idle: true, messages: 0, sentFolder: 'Sent' },
          { side: 'smtp', ok: true },
        ],
      })
      await dovecot.put(owner, [mail({ Subject: 'First' })])
      const [mailbox] = await until(status, ([first]) => first?.folders[0]?.checkedAt != null)
      expect(mailbox).toMatchObject({
        inbox: owner,
        folders: [{ folder: 'INBOX', troubled: 0, error: null }],
      })
      const desk = await program.desk('admin@skein.example')
      await until(() => desk.all('item').find(({ subject }) => subject === 'First'))
      expect(await program.filesWith('mailbox 密码')).toEqual([])
    })

    test('a password that changed is given anew, tried first', async () => {
      const set = (input: string, more: string[] = []) =>
        program.command(['inbox', 'set', 'email', '--address', owner, ...more, '--password-stdin'], input)
      expect((await set('wrong')).err).toContain('refuses this user name')
      expect((await set(PASSWORD, ['--name', 'Support desk'])).code).toBe(0)
      const checked = JSON.parse(await program.run(['inbox', 'check', 'email', '--address', owner]))
      expect(checked.checked.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true])
    })

    test('a hub that is killed leaves the mailbox to the next one at once, and nothing comes twice', async () => {
      await dovecot.put(owner, [mail({ Subject: 'Before' })])
      const before = await program.desk('admin@skein.example')
      await until(() => before.all('item').find(({ subject }) => subject === 'Before'))
      await program.kill()
      await dovecot.put(owner, [mail({ Subject: 'While nobody was there' })])
      await program.start()
      const after = await program.desk('admin@skein.example')
      await until(() => after.all('item').find(({ subject }) => subject === 'While nobody was there'))
      const subjects = after.all('item').map(({ subject }) => subject)
      expect(subjects.toSorted()).toEqual(['Before', 'First', 'While nobody was there'])
    })
  },
)
