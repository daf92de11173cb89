import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { parseMail } from '../channels/email/parse.ts'
import { splitQuoted } from '../channels/email/quoted.ts'
import { MAIL_BYTES } from '../channels/email/receive.ts'
import { saveSettings } from '../inbound/accounts.ts'
import { type Ground, secretsOf, workspaceOf } from '../main.ts'

/** A reply as a customer of the demonstration reads it. */
export interface Letter {
  to: string
  /** The customer's name, as the agent's mail has it. */
  name: string
  from: string
  messageId: string
  subject: string
  references: string[]
  /** The agent's own words: without the signature and without what was quoted. */
  text: string
}

export interface PostOffice {
  port: number
  /** From now on it is told of every letter. One reader at a time. */
  read(reader: (letter: Letter) => void): void
  close(): Promise<void>
}

/**
 * Where the demonstration's customers get their mail: a real SMTP server on this machine that takes everything, hands it to
 * its reader and keeps nothing. So replies of the demonstration truly leave the hub and no mail ever leaves the machine.
 */
export async function openOffice(): Promise<PostOffice> {
  let reader: (letter: Letter) => void = () => undefined
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      let size = 0
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= MAIL_BYTES) chunks.push(chunk)
      })
      stream.on('end', () => {
        // Taken before the answer: with it the server forgets the envelope.
        const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase())
        done()
        const raw = Buffer.concat(chunks)
        for (const to of recipients) reader(letterOf(raw, to))
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    read(next) {
      reader = next
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** An office that every mailbox of the demonstration is given as its way out. */
export async function openPostOffice(ground: Ground): Promise<PostOffice> {
  const office = await openOffice()
  const secrets = await secretsOf((await workspaceOf(ground)).id)
  const smtp = { host: '127.0.0.1', port: office.port, security: 'none', user: '', password: '' }
  const mailboxes = (await ground.store.all('inbox')).filter(({ channel }) => channel === 'email')
  for (const { id } of mailboxes) await saveSettings({ ...ground, secrets }, id, { smtp })
  return office
}

function letterOf(raw: Uint8Array, to: string): Letter {
  const mail = parseMail(raw)
  const { own } = splitQuoted(mail.text)
  return {
    to,
    name: mail.to.find(({ address }) => address.toLowerCase() === to)?.name ?? '',
    from: mail.from?.address ?? '',
    messageId: mail.messageId,
    subject: mail.subject,
    references: [...mail.references, mail.inReplyTo].filter(Boolean),
    // RFC 3676 4.3: what follows "-- " is the signature.
    text: own.split(/^-- ?$/m)[0]!.trim(),
  }
}
