import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MailboxStatus, STATUS_NOTE } from '../../server/channels/email/imap/status.ts'
import type { EmailSettings } from '../../server/channels/email/settings.ts'
import { channels } from '../../server/channels/index.ts'
import { postgresHeld } from '../../server/held/postgres.ts'
import { accountOf } from '../../server/inbound/accounts.ts'
import type { Desk, TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { startMailHub } from './support/hub.ts'
import { mail } from './support/mails.ts'
import { startTokenServer } from './support/token-server.ts'

const obstacle = whyNoDovecot()

describe.skipIf(obstacle)(
  `XOAUTH2 (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    const owner = 'support@skein.example'
    let tokens: Awaited<ReturnType<typeof startTokenServer>>
    let dovecot: Dovecot
    let hub: TestHub
    let desk: Desk
    let smtp: SMTPServer
    let id: string
    const logins: string[] = []
    let arrived = 0
    beforeAll(async () => {
      tokens = await startTokenServer(owner)
      dovecot = await startDovecot([owner], { introspection: tokens.introspection })
      smtp = new SMTPServer({
        authMethods: ['XOAUTH2'],
        allowInsecureAuth: true,
        disabledCommands: ['STARTTLS'],
        onAuth({ username, accessToken }, _session, done) {
          logins.push(`${username} ${accessToken}`)
          if (tokens.good.has(accessToken ?? '')) return done(null, { user: username })
          done(null, { data: { status: '401', schemes: 'bearer' } } as never)
        },
        onData(stream, _session, done) {
          stream.resume()
          stream.on('end', () => {
            arrived++
            done()
          })
        },
      })
      smtp.on('error', () => undefined)
      await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', resolve))
      hub = await startMailHub()
      const { port } = smtp.server.address() as { port: number }
      id = await hub.addInbox(owner, undefined, {
        smtp: { host: '127.0.0.1', port, security: 'none', user: owner },
        imap: dovecot.imap(owner, { password: '' }),
        oauth: tokens.oauth(),
      })
      await hub.addAgent('ann')
      desk = await hub.desk('ann')
    })
    afterAll(async () => {
      await hub?.close()
      await new Promise<void>(resolve => (smtp ? smtp.close(resolve) : resolve()))
      await dovecot?.close()
      await tokens?.close()
    })

    const folder = async () =>
      MailboxStatus.safeParse(await postgresHeld(hub.parts.database.kysely).note(id, STATUS_NOTE)).data
        ?.folders[0]
    const settings = async () => {
      const [inbox] = await hub.store.read('inbox', [id])
      return (await accountOf({ ...hub.parts, channels }, inbox!)).settings as EmailSettings
    }

    test('mail comes in with a token that was fetched by the refresh token, and a new refresh token is kept', async () => {
      await until(folder, seen => seen.connectedSince !== null)
      await dovecot.put(owner, [mail({ Subject: 'By token' })])
      await until(() => desk.all('item').find(({ subject }) => subject === 'By token'))
      expect(tokens.asked).toEqual(['refresh-1'])
      expect((await settings()).oauth?.refreshToken).toBe('refresh-2')
    })

    test('mail goes out by the same token, and a token withdrawn before its time is replaced on both ways', async () => {
      const item = desk.all('item').find(({ subject }) => subject === 'By token')!
      await desk.reply(item.conversationId, 'Answered by token.')
      await until(() => arrived === 1)
      expect(logins).toEqual([`${owner} access-1`])
      tokens.withdraw()
      await dovecot.restart()
      await dovecot.put(owner, [mail({ Subject: 'By a new token' })])
      await until(() => desk.all('item').find(({ subject }) => subject === 'By a new token'))
      expect(await dovecot.log()).toMatch(/method=(XOAUTH2|OAUTHBEARER)/)
      tokens.withdraw()
      await desk.reply(item.conversationId, 'And again.')
      await until(() => arrived === 2)
    })

    test('a permission that was taken back is said to be so, and nothing is asked for in a hurry', async () => {
      tokens.withdraw()
      tokens.forget()
      await dovecot.restart()
      const seen = await until(folder, ({ error }) => error?.kind === 'sign-in-again')
      expect(seen.error?.detail).toContain('invalid_grant')
      expect(JSON.stringify(seen)).not.toContain('refresh-')
    })
  },
)
