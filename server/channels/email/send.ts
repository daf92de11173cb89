import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { DeliveryReason } from '#shared/model/item.ts'
import type { Account, Outgoing, OutgoingAttachment, RecipientOutcome, SendOutcome } from '../channel.ts'
import { type ComposedMail, composeMail, isAddress, type LoadedAttachment } from './compose.ts'
import { messageIdOf } from './message-id.ts'
import { smtpOAuth } from './oauth.ts'
import type { EmailSettings, SmtpRoute } from './settings.ts'

/** Milliseconds. RFC 5321 4.5.3.2 asks for ten minutes after the final dot. */
export type SendTimeouts = { connect: number; greeting: number; socket: number }
const TIMEOUTS: SendTimeouts = { connect: 30_000, greeting: 60_000, socket: 600_000 }

/**
 * One attempt to send an item by SMTP (S18). What is certain is told apart from what is not by one fact: whether the final
 * dot of DATA can have left. Before it no server takes a mail, so a broken connection means failed and may be tried
 * again; after it only an answer tells, so a broken connection means uncertain and is never repeated by itself (I2).
 */
export async function sendMail(
  outgoing: Outgoing,
  account: Account<EmailSettings>,
  timeouts: SendTimeouts = TIMEOUTS,
): Promise<SendOutcome> {
  const messageId = messageIdOf(outgoing.itemId, account.address)
  const file = account.settings.imap?.sent === 'by-us'
  const result = (recipients: RecipientOutcome[]): SendOutcome => ({
    messageId,
    recipients,
    ...(file ? { file } : {}),
  })
  const route = account.settings.smtp
  const sound = outgoing.attempt.filter(isAddress)
  const unsound = outgoing.attempt
    .filter(address => !isAddress(address))
    .map(address => failed(address, 'refused', 'not an address', false))
  if (sound.length === 0) return result(unsound)
  if (!route)
    return result([...sound.map(address => failed(address, 'not-configured', '', false)), ...unsound])
  let mail: ComposedMail
  try {
    mail = await composeMail(outgoing, account, await filesOf(outgoing))
  } catch (error) {
    const detail =
      error instanceof Error ? `attachment: ${(error as NodeJS.ErrnoException).code ?? error.name}` : ''
    return result([...sound.map(address => failed(address, 'try-later', detail, true)), ...unsound])
  }
  return result([...(await transmit(mail, sound, route, loginOf(account, route), timeouts)), ...unsound])
}

/** Where nodemailer connects to. */
export function smtpServer(route: SmtpRoute) {
  return {
    host: route.host,
    port: route.port,
    secure: route.security === 'tls',
    requireTLS: route.security === 'starttls',
    ignoreTLS: route.security === 'none',
    ...(route.ca ? { tls: { ca: route.ca } } : {}),
  }
}

/** Null: this server asks nobody who they are. */
export function loginOf(
  account: Account<EmailSettings>,
  route: SmtpRoute,
): SMTPConnection.AuthenticationType | null {
  if (route.user === '') return null
  if (!account.settings.oauth) return { user: route.user, pass: route.password }
  const oauth2 = smtpOAuth(account, route.user)
  // Of nodemailer's own XOAuth2 it calls these two methods only.
  return { type: 'oauth2', user: route.user, oauth2 } as unknown as SMTPConnection.AuthenticationType
}

/** The bytes of all that goes with it. Rejects when one cannot be read. */
export const filesOf = ({ attachments, forwarded }: Outgoing): Promise<LoadedAttachment[]> =>
  Promise.all([...attachments, ...(forwarded?.inline ?? [])].map(load))

async function load(file: OutgoingAttachment): Promise<LoadedAttachment> {
  const bytes = 'bytes' in file ? file.bytes : await readFile(file.path)
  return { name: file.name, type: file.type, contentId: file.contentId, bytes }
}

/** What nodemailer's errors carry. */
type SmtpError = Error & {
  code?: string
  command?: string
  response?: string
  responseCode?: number
  rejectedErrors?: (SmtpError & { recipient?: string })[]
}

async function transmit(
  mail: ComposedMail,
  to: string[],
  route: SmtpRoute,
  login: SMTPConnection.AuthenticationType | null,
  timeouts: SendTimeouts,
): Promise<RecipientOutcome[]> {
  const connection = new SMTPConnection({
    ...smtpServer(route),
    name: mail.from.slice(mail.from.lastIndexOf('@') + 1),
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    socketCloseTimeout: 1_000,
  })
  let refused: SmtpError['rejectedErrors'] = []
  const source = Readable.from(
    pieces(mail.bytes, () => {
      refused = refusedByName(connection)
    }),
  )
  // From here on the dot may be on its way; nodemailer begins to read only after the server's 354.
  let dotMayHaveLeft = false
  source.once('end', () => {
    dotMayHaveLeft = true
  })
  return new Promise(resolve => {
    let settled = false
    const settle = (outcomes: RecipientOutcome[]) => {
      if (settled) return
      settled = true
      resolve(outcomes)
      source.destroy()
      if (outcomes.some(outcome => outcome.state === 'sent')) connection.quit()
      else connection.close()
    }
    const fail = (error: SmtpError) =>
      settle(to.map(address => outcomeOf(address, error, error.rejectedErrors ?? refused, dotMayHaveLeft)))
    const deliver = () =>
      connection.send({ from: mail.from, to, size: mail.bytes.length }, source, (error, info) => {
        if (error) fail(error as SmtpError)
        else
          settle(
            to.map(address => acceptedOutcome(address, info?.rejectedErrors as SmtpError['rejectedErrors'])),
          )
      })
    connection.on('error', error => fail(error as SmtpError))
    connection.connect(error => {
      if (error) fail(error as SmtpError)
      else if (!login) deliver()
      else connection.login(login, failure => (failure ? fail(failure as SmtpError) : deliver()))
    })
  })
}

function* pieces(bytes: Buffer, begin: () => void): Generator<Buffer> {
  begin()
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/**
 * The recipients a server refused before it took DATA. nodemailer tells of them only when DATA succeeds or when nobody was
 * accepted; when the connection then dies they are certain all the same.
 */
function refusedByName(connection: SMTPConnection): SmtpError['rejectedErrors'] {
  const { _envelope: envelope } = connection as unknown as {
    _envelope?: { rejectedErrors?: SmtpError['rejectedErrors'] }
  }
  return envelope?.rejectedErrors ?? []
}

/** The server took the mail: for everybody but those it had refused by name. */
function acceptedOutcome(address: string, rejected: SmtpError['rejectedErrors']): RecipientOutcome {
  const refused = rejected?.find(error => error.recipient === address)
  return refused ? answered(address, refused) : { address, state: 'sent' }
}

function outcomeOf(
  address: string,
  error: SmtpError,
  refused: SmtpError['rejectedErrors'],
  dotMayHaveLeft: boolean,
): RecipientOutcome {
  const own = refused?.find(one => one.recipient === address)
  if (own) return answered(address, own)
  if (error.responseCode) return answered(address, error)
  if (dotMayHaveLeft)
    return { address, state: 'uncertain', reason: { kind: 'no-answer', detail: detailOf(error) } }
  if (error.code === 'EMESSAGE') return failed(address, 'too-large', detailOf(error), false)
  if (error.code === 'EENVELOPE') return failed(address, 'refused', detailOf(error), false)
  return failed(address, 'unreachable', detailOf(error), true)
}

/**
 * The server said no, in words: 4xx later, 5xx never (RFC 5321 4.2.1). A no to the session (greeting, TLS, login) is about
 * the settings, not about the mail: once they are mended the same mail goes.
 */
function answered(address: string, error: SmtpError): RecipientOutcome {
  const code = error.responseCode ?? 0
  if (code < 500) return failed(address, 'try-later', detailOf(error), true)
  const aboutTheMail = /^(MAIL FROM|RCPT TO|DATA)$/.test(error.command ?? '')
  const size =
    aboutTheMail && error.command !== 'RCPT TO' && (code === 552 || /\b5\.3\.4\b/.test(error.response ?? ''))
  return failed(address, size ? 'too-large' : 'refused', detailOf(error), !aboutTheMail)
}

function failed(
  address: string,
  kind: DeliveryReason['kind'],
  detail: string,
  retryable: boolean,
): RecipientOutcome {
  return { address, state: 'failed', reason: { kind, detail }, retryable }
}

function detailOf(error: SmtpError): string {
  return (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, 1000).toWellFormed()
}
