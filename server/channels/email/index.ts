import type { Channel } from '../channel.ts'
import { receiveMail } from './receive.ts'
import { sendMail } from './send.ts'
import { EmailSettings } from './settings.ts'
import { conversationOf } from './threading.ts'

/** Mail in by the hub's SMTP port, out by the SMTP server of the inbox. */
export const email: Channel<EmailSettings> = {
  manifest: {
    id: 'email',
    family: 'email',
    label: { en: 'Email', zh: '邮件' },
    can: {
      subject: true,
      copy: true,
      attachments: true,
      html: true,
      deliveryReceipts: false,
      readReceipts: false,
    },
    limits: { textCharacters: 500_000, attachmentBytes: 25 * 1024 * 1024, attachments: 50 },
    replyWindow: null,
  },
  settings: EmailSettings,
  receive: (host, options) => receiveMail(host, options),
  send: (outgoing, account) => sendMail(outgoing, account),
  conversationOf,
}
