import type { ImapFlow } from 'imapflow'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Account } from '../../channel.ts'
import { loginOf, smtpServer } from '../send.ts'
import type { EmailSettings } from '../settings.ts'
import { openImap, within } from './connect.ts'
import { openFolder } from './open-folder.ts'
import { sentFolder } from './sent.ts'
import { TIMING, type Timing } from './timing.ts'
import { MailTrouble, type TroubleKind, troubleOf } from './trouble.ts'

export type Checked =
  | { side: 'imap'; server: string; ok: true; idle: boolean; messages: number; sentFolder: string | null }
  | { side: 'smtp'; server: string; ok: true }
  | { side: 'imap' | 'smtp'; server: string; ok: false; kind: TroubleKind; detail: string }

/** Tries an account before it is saved: logs in on both ways, opens every folder, finds Sent. Changes and sends nothing. */
export async function checkAccount(
  account: Account<EmailSettings>,
  over: Partial<Timing> = {},
): Promise<Checked[]> {
  const timing = { ...TIMING, ...over }
  const { imap, smtp } = account.settings
  return Promise.all([
    ...(imap ? [checkImap(account, timing)] : []),
    ...(smtp ? [checkSmtp(account, timing)] : []),
  ])
}

async function checkImap(account: Account<EmailSettings>, timing: Timing): Promise<Checked> {
  const { imap } = account.settings
  const server = `${imap!.host}:${imap!.port}`
  let client: ImapFlow | undefined
  try {
    client = await openImap(account, timing)
    let messages = 0
    for (const folder of imap!.folders) {
      const lock = await openFolder(client, folder, true, timing.silence)
      messages += client.mailbox ? client.mailbox.exists : 0
      lock.release()
    }
    const byUs = imap!.sent === 'by-us'
    const sent = byUs ? imap!.sentFolder || (await sentFolder(client, timing.silence)) : null
    const idle = client.capabilities.has('IDLE')
    await within(client, timing.silence, client.logout())
    return { side: 'imap', server, ok: true, idle, messages, sentFolder: sent }
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    return { side: 'imap', server, ok: false, kind, detail }
  } finally {
    client?.close()
  }
}

async function checkSmtp(account: Account<EmailSettings>, timing: Timing): Promise<Checked> {
  const route = account.settings.smtp!
  const server = `${route.host}:${route.port}`
  const connection = new SMTPConnection({
    ...smtpServer(route),
    name: account.address.slice(account.address.lastIndexOf('@') + 1),
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    socketTimeout: timing.silence,
  })
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject)
      connection.on('end', () => reject(new MailTrouble('closed')))
      connection.connect(error => {
        const login = loginOf(account, route)
        if (error) reject(error)
        else if (!login) resolve()
        else connection.login(login, failure => (failure ? reject(failure) : resolve()))
      })
    })
    return { side: 'smtp', server, ok: true }
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    return { side: 'smtp', server, ok: false, kind, detail }
  } finally {
    connection.on('error', () => undefined)
    connection.close()
  }
}
