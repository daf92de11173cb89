import type { Channel, ReceiveHost, ReceiveOptions, Receiver } from '../channel.ts'
import { holdMailboxes } from './imap/mailboxes.ts'
import { fileInSent } from './imap/sent.ts'
import type { Timing } from './imap/timing.ts'
import { receiveMail } from './receive.ts'
import { sendMail } from './send.ts'
import { EmailSettings } from './settings.ts'
import { conversationOf } from './threading.ts'

/** Mail in by the hub's SMTP port and by the inbox's mailbox (IMAP), out by the SMTP server of the inbox. */
export const emailChannel = (timing: Partial<Timing> = {}): Channel<EmailSettings> => ({
  manifest: {
    id: 'email',
    family: 'email',
    label: { en: 'Email', zh: '邮件' },
    can: {
      subject: true,
      copy: true,
      attachments: true,
      html: true,
      pictures: true,
      deliveryReceipts: false,
      readReceipts: false,
    },
    limits: { textCharacters: 500_000, attachmentBytes: 25 * 1024 * 1024, attachments: 50 },
    replyWindow: null,
  },
  settings: EmailSettings,
  receive: (host, options) => receiveAll(host, options, timing),
  send: (outgoing, account) => sendMail(outgoing, account),
  file: (outgoing, account) => fileInSent(outgoing, account, timing),
  conversationOf,
})

export const email = emailChannel()

async function receiveAll(
  host: ReceiveHost,
  options: ReceiveOptions,
  timing: Partial<Timing>,
): Promise<Receiver> {
  const port = await receiveMail(host, options)
  const { held } = host
  if (!held) return port
  const mailboxes = holdMailboxes({ ...host, held }, timing)
  return {
    address: port.address,
    async close() {
      await Promise.all([port.close(), mailboxes.close()])
    },
  }
}
