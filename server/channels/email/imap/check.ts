import type { ImapFlow } from 'imapflow'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SetUpStep, StepName } from '#shared/protocol/inboxes.ts'
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

export type TellStep = (step: SetUpStep) => void

/**
 * Tries an account before it is saved: logs in on both ways, opens every folder, finds Sent. Changes and sends nothing. Each step is
 * told as it begins and ends; the two ways are tried at once.
 */
export async function checkAccount(
  account: Account<EmailSettings>,
  over: Partial<Timing> = {},
  tell: TellStep = () => {},
): Promise<Checked[]> {
  const timing = { ...TIMING, ...over }
  const { imap, smtp } = account.settings
  return Promise.all([
    ...(imap ? [checkImap(account, timing, tell)] : []),
    ...(smtp ? [checkSmtp(account, timing, tell)] : []),
  ])
}

async function checkImap(account: Account<EmailSettings>, timing: Timing, tell: TellStep): Promise<Checked> {
  const { imap } = account.settings
  const server = `${imap!.host}:${imap!.port}`
  let client: ImapFlow | undefined
  let step: StepName = 'imap-login'
  const begin = (next: StepName): void => {
    step = next
    tell({ t: 'begun', step, server })
  }
  try {
    begin('imap-login')
    client = await openImap(account, timing)
    tell({ t: 'done', step })
    begin('imap-folders')
    let messages = 0
    for (const folder of imap!.folders) {
      const lock = await openFolder(client, folder, true, timing.silence)
      messages += client.mailbox ? client.mailbox.exists : 0
      lock.release()
    }
    const byUs = imap!.sent === 'by-us'
    const sent = byUs ? imap!.sentFolder || (await sentFolder(client, timing.silence)) : null
    tell({ t: 'done', step, messages })
    begin('imap-idle')
    const idle = client.capabilities.has('IDLE')
    await within(client, timing.silence, client.logout())
    tell({ t: 'done', step, idle })
    return { side: 'imap', server, ok: true, idle, messages, sentFolder: sent }
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    tell({ t: 'failed', step, trouble: { kind, detail } })
    return { side: 'imap', server, ok: false, kind, detail }
  } finally {
    client?.close()
  }
}

async function checkSmtp(account: Account<EmailSettings>, timing: Timing, tell: TellStep): Promise<Checked> {
  const route = account.settings.smtp!
  const server = `${route.host}:${route.port}`
  const connection = new SMTPConnection({
    ...smtpServer(route),
    name: account.address.slice(account.address.lastIndexOf('@') + 1),
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    socketTimeout: timing.silence,
  })
  const step = 'smtp-login'
  tell({ t: 'begun', step, server })
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
    tell({ t: 'done', step })
    return { side: 'smtp', server, ok: true }
  } catch (error) {
    const { kind, detail } = troubleOf(error)
    tell({ t: 'failed', step, trouble: { kind, detail } })
    return { side: 'smtp', server, ok: false, kind, detail }
  } finally {
    connection.on('error', () => undefined)
    connection.close()
  }
}
