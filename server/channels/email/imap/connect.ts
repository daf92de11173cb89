import { ImapFlow } from 'imapflow'
import type { Account } from '../../channel.ts'
import { accessToken } from '../oauth.ts'
import { MAIL_BYTES } from '../receive.ts'
import type { EmailSettings, ImapRoute } from '../settings.ts'
import type { Timing } from './timing.ts'
import { MailTrouble, troubleOf } from './trouble.ts'

/**
 * Who we are, by the ID command (RFC 2971), sent before the login. NetEase refuses every mailbox to those who do not say
 * ("Unsafe Login").
 */
const CLIENT = { name: 'Skein', vendor: 'Skein', version: '1', 'support-email': 'postmaster@localhost' }

/** Connects and logs in. Throws MailTrouble. The caller closes it. */
export async function openImap(
  account: Account<EmailSettings>,
  timing: Pick<Timing, 'connect' | 'silence' | 'renew'>,
): Promise<ImapFlow> {
  const { imap, oauth } = account.settings
  if (!imap) throw new MailTrouble('other', 'no IMAP settings')
  if (!oauth) return login(imap, { pass: imap.password }, timing)
  try {
    return await login(imap, { accessToken: await accessToken(account) }, timing)
  } catch (error) {
    // A token may be withdrawn before its time: a fresh one is tried once.
    const { kind } = troubleOf(error)
    if (kind !== 'wrong-password' && kind !== 'oauth-refused') throw troubleOf(error)
    return login(imap, { accessToken: await accessToken(account, true) }, timing)
  }
}

async function login(
  imap: ImapRoute,
  secret: { pass: string } | { accessToken: string },
  timing: Pick<Timing, 'connect' | 'silence' | 'renew'>,
): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'tls',
    ...(imap.security === 'tls' ? {} : { doSTARTTLS: imap.security === 'starttls' }),
    auth: { user: imap.user, ...secret },
    clientInfo: CLIENT,
    tls: { minVersion: 'TLSv1.2', ...(imap.ca ? { ca: imap.ca } : {}) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timing.connect,
    greetingTimeout: timing.connect,
    // A backstop: between commands a line may be quiet until IDLE is renewed; a command under way has its own limit.
    socketTimeout: timing.renew + timing.silence,
    maxLineLength: 4 * 1024 * 1024,
    maxLiteralSize: MAIL_BYTES + 1024,
    maxResponseSize: MAIL_BYTES + 4 * 1024 * 1024,
  })
  // What is told here is also told to the command under way, or by the end of the connection.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw troubleOf(error)
  }
}

/** A command that gets no answer in time ends the connection: it is dead, whatever TCP says. */
export async function within<T>(client: ImapFlow, milliseconds: number, command: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new MailTrouble('silent'))
      client.close()
    }, milliseconds)
  })
  try {
    return await Promise.race([command, late])
  } finally {
    clearTimeout(timer)
    // Closing the connection fails the command, too; that has been said.
    command.catch(() => undefined)
  }
}
