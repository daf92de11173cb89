import { createHash } from 'node:crypto'
import type { Mail, Mailbox } from '#shared/model/item.ts'
import type { Account, Inbound } from '../channel.ts'
import { normalAddress } from './addresses.ts'
import { automaticKind, deliveryReport, type Envelope, ownItemId } from './kind.ts'
import { headerValue, readHeaders } from './mime/headers.ts'
import { type ParsedMail, parseMail } from './parse.ts'
import { senderOf } from './protection.ts'
import { splitQuoted } from './quoted.ts'
import { EmailSettings } from './settings.ts'
import { bareSubject, threadClues } from './threading.ts'

/** A mail as the hub takes it in, for one inbox. Whatever the bytes are, this gives a value the model accepts. */
export function toInbound(
  raw: Uint8Array,
  account: Account,
  envelope: Envelope,
  parsed?: ParsedMail,
): Inbound {
  const mail = parsed ?? parseMail(raw)
  const automatic = automaticKind(mail, envelope)
  const writer = writerOf(mail, envelope)
  // A bounce is a machine's words from the first line to the last; what was forwarded is there to be read.
  const split =
    automatic === 'bounce' || bareSubject(mail.subject).forwarded
      ? { own: mail.text, quoted: '' }
      : splitQuoted(mail.text)
  return {
    inboxId: account.id,
    channel: account.channel,
    key: deliveryKey(mail),
    copy: copyOf(mail, raw, envelope),
    identity: { channel: account.channel, address: normalAddress(writer.address), name: writer.name },
    writtenAt: mail.date,
    subject: mail.subject,
    text: split.own,
    quoted: split.quoted,
    html: mail.html,
    attachments: mail.attachments,
    raw,
    mail: toMeta(mail, automatic, trustedBy(account)),
    thread: threadClues(mail, account.address),
    ownItemId: ownItemId(mail, account.address),
    deliveryReport: automatic === 'bounce' ? deliveryReport(mail, account.address) : null,
  }
}

/** What a mail is recognised by when it is brought again (S19): Message-ID and SHA-256 of the raw form, at most 200 characters. */
export function deliveryKey(mail: { messageId: string; sha256: string }): string {
  return `${mail.sha256}:${mail.messageId}`.slice(0, 200).toWellFormed()
}

/** Headers that say what a mail is; a mail server on the way adds others, and does not change these. */
const OWN_HEADERS = [
  'from',
  'reply-to',
  'to',
  'cc',
  'date',
  'subject',
  'content-type',
  'content-transfer-encoding',
]

/**
 * What the same mail is recognised by when it came another way: by SMTP and from a mailbox, or from two folders of one, with
 * headers that differ by what was added there. Everything its sender wrote goes in, so that no other mail can pass for it. What
 * somebody sends twice by SMTP is two: a resent mail (RFC 5322, 3.6.6) says so in headers of its own. Null without a Message-ID: two
 * that a machine wrote alike may be two.
 */
export function copyOf(
  mail: ParsedMail,
  raw: Uint8Array,
  envelope: Envelope,
): NonNullable<Inbound['copy']> | null {
  if (mail.messageId === '') return null
  const hash = createHash('sha256').update(mail.messageId)
  for (const name of OWN_HEADERS) hash.update(`\n${name}:${headerValue(mail.headers, name) ?? ''}`)
  let end = raw.length
  // Some stores add an empty line at the end, some take it away.
  while (end > 0 && (raw[end - 1] === 0x0a || raw[end - 1] === 0x0d)) end--
  const { bodyStart } = readHeaders(raw, 0, raw.length)
  const digest = hash.update(raw.subarray(Math.min(bodyStart, end), end)).digest('hex')
  const [bySmtp, fromMailbox] = [`copy:smtp:${digest}`, `copy:mailbox:${digest}`]
  // What lies in a mailbox has no envelope any more.
  return envelope.from === null
    ? { name: fromMailbox, others: [bySmtp, fromMailbox] }
    : { name: bySmtp, others: [fromMailbox] }
}

/** The mail server whose Authentication-Results count for this inbox; empty: none. */
function trustedBy(account: Account): string {
  const settings = EmailSettings.safeParse(account.settings)
  return (settings.success && settings.data.trusts) || ''
}

function toMeta(mail: ParsedMail, automatic: Mail['automatic'], trusted: string): Mail {
  const sender = senderOf(mail.headers, trusted)
  return {
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    raw: mail.sha256,
    automatic,
    problems: [...new Set(mail.problems)],
    ...(mail.protection ? { protection: mail.protection } : {}),
    ...(sender ? { sender } : {}),
    ...(mail.events.length > 0 ? { events: mail.events } : {}),
  }
}

/** A web form writes From a robot and puts the person into Reply-To. */
const ROBOT = /^(no-?reply|do-?not-?reply|noreply\+.*|www-data|wordpress|apache|nobody|webform|forms?)@/i

/**
 * Who is to be answered. Where no header names anybody it is the envelope's sender, and at last an address that belongs
 * to this one mail alone: two strangers without a name must not become one customer.
 */
function writerOf(mail: ParsedMail, envelope: Envelope): Mailbox {
  const reply = mail.replyTo[0]
  if (
    mail.from &&
    reply &&
    mail.replyTo.length === 1 &&
    ROBOT.test(mail.from.address) &&
    !ROBOT.test(reply.address)
  ) {
    return { address: reply.address, name: reply.name || mail.from.name }
  }
  if (mail.from) return mail.from
  const address = /^[^@\s<>]+@[^@\s<>]+$/.test(envelope.from ?? '')
    ? envelope.from!
    : `unknown-${mail.sha256.slice(0, 16)}@sender.invalid`
  return { address: address.slice(0, 320), name: mail.fromName }
}
