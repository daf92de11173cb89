import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Account, Delivered, ReceiveHost, ReceiveOptions, Receiver } from '../channel.ts'
import { normalAddress } from './addresses.ts'
import { toInbound } from './inbound.ts'
import { parseMail } from './parse.ts'

/** Bytes of a mail on the wire: 25 MB of attachments are 34 MB in base64. Announced by SIZE, refused with 552 above. */
export const MAIL_BYTES = 36 * 1024 * 1024
const RECIPIENTS = 100

/**
 * Listens for mail. Takes it for configured inboxes only, so it is never a relay; answers 250 only after `deliver` has
 * committed (S19), 451 when that was not possible now, and the sender keeps the mail and brings it again.
 */
export async function receiveMail(
  host: ReceiveHost,
  options: ReceiveOptions,
  mailBytes = MAIL_BYTES,
): Promise<Receiver> {
  const listen = options.listen ?? { host: '127.0.0.1', port: 0 }
  const accounts = new WeakMap<SMTPServerSession, Map<string, Account>>()
  const server = new SMTPServer({
    banner: 'Skein',
    size: mailBytes,
    // No AUTH: there is nothing to log in to. No STARTTLS: its certificate would be smtp-server's built-in one.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxClients: 100,
    socketTimeout: 120_000,
    closeTimeout: 5_000,
    logger: false,
    onMailFrom(_address, session, callback) {
      accounts.set(session, new Map())
      callback()
    },
    onRcptTo(address, session, callback) {
      recipient(host, address.address, accounts.get(session) ?? new Map()).then(
        refused => callback(refused),
        error => callback(later(host, 'recipient', error)),
      )
    },
    onData(stream, session, callback) {
      const to = [...(accounts.get(session)?.values() ?? [])]
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      take(stream, to, from, host).then(
        refused => (refused ? callback(refused) : callback(null, 'Taken')),
        error => callback(later(host, 'data', error)),
      )
    },
  })
  server.on('error', error =>
    host.report({ kind: 'smtp-connection', detail: (error as { code?: string }).code ?? error.name }),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.server.address()
  return {
    address: {
      host: listen.host,
      port: bound !== null && typeof bound === 'object' ? bound.port : listen.port,
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

type Refusal = Error & { responseCode: number }

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode })
}

/** An exception is our fault, never the sender's: the mail stays with them until it is mended. */
function later(host: ReceiveHost, where: string, error: unknown): Refusal {
  host.report({ kind: 'smtp-failed', detail: `${where}: ${error instanceof Error ? error.name : 'error'}` })
  return refusal(451, 'Cannot store the mail now, please try again')
}

async function recipient(
  host: ReceiveHost,
  to: string,
  known: Map<string, Account>,
): Promise<Refusal | null> {
  const address = normalAddress(to)
  // support+order12@example.com reaches support@example.com.
  const plain = address.replace(/\+[^@]*@/, '@')
  const account =
    (await host.inboxByAddress(address)) ?? (plain === address ? null : await host.inboxByAddress(plain))
  if (!account) return refusal(550, 'No such inbox here')
  if (known.size >= RECIPIENTS) return refusal(452, 'Too many recipients')
  known.set(account.id, account)
  return null
}

async function take(
  stream: SMTPServerDataStream,
  to: Account[],
  from: string,
  host: ReceiveHost,
): Promise<Refusal | null> {
  const raw = await collect(stream)
  if (raw === null) return refusal(552, 'The mail is too large')
  const parsed = parseMail(raw)
  const outcomes: Delivered[] = []
  for (const account of to) outcomes.push(await host.deliver(toInbound(raw, account, { from }, parsed)))
  const failed = outcomes.filter(outcome => !outcome.ok)
  // One inbox that could not take it is enough to have it brought again: those that did will recognise it (S19).
  if (failed.some(outcome => outcome.retryable))
    return refusal(451, 'Cannot store the mail now, please try again')
  return failed.length > 0 && failed.length === outcomes.length
    ? refusal(554, 'The mail cannot be stored')
    : null
}

/** All bytes, or null when there are too many; then the rest is read and dropped, so that the sender hears the answer. */
async function collect(stream: Readable & { sizeExceeded: boolean }): Promise<Uint8Array | null> {
  let chunks: Buffer[] = []
  for await (const chunk of stream) {
    if (stream.sizeExceeded) chunks = []
    else chunks.push(chunk as Buffer)
  }
  return stream.sizeExceeded ? null : Buffer.concat(chunks)
}
