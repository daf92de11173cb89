import { createHash } from 'node:crypto'
import type { Mail, Mailbox, MailEvent } from '#shared/model/item.ts'
import { bareName, mailboxes } from './addresses.ts'
import { type Body, type BodyProblem, type ParsedAttachment, readBody } from './body.ts'
import { mailEvents } from './calendar.ts'
import { guess } from './mime/charset.ts'
import { type Header, headerValue } from './mime/headers.ts'
import { LIMITS } from './mime/limits.ts'
import { readTree, type TreeProblem } from './mime/tree.ts'
import { decodeWords } from './mime/words.ts'
import { protectionOf } from './protection.ts'
import { cleanLine, cleanText } from './text.ts'

/** What could not be read of a mail. The original is kept, so nothing is lost; the desk names the kind in its language. */
export type MailProblem = TreeProblem | BodyProblem | 'no-sender' | 'bad-date' | 'unreadable'

export type ParsedMail = {
  headers: Header[]
  subject: string
  /** Null: nobody is named who could be answered. */
  from: Mailbox | null
  /** What stands as the sender where no address is readable. */
  fromName: string
  replyTo: Mailbox[]
  to: Mailbox[]
  cc: Mailbox[]
  /** Milliseconds since 1970; null: missing or not a date. */
  date: number | null
  /** Without angle brackets; empty when there is none. */
  messageId: string
  inReplyTo: string
  /** Oldest first; the first and the newest where there were too many. */
  references: string[]
  text: string
  html: string | null
  attachments: ParsedAttachment[]
  deliveryStatus: string[]
  returned: Header[] | null
  reportType: string | null
  protection: Mail['protection'] | null
  events: MailEvent[]
  /** Of the raw bytes. */
  sha256: string
  size: number
  problems: MailProblem[]
}

/** Reads a mail (RFC 5322, RFC 2045 to 2049). Never throws; time and memory are bounded by its size and LIMITS. */
export function parseMail(raw: Uint8Array): ParsedMail {
  const sha256 = createHash('sha256').update(raw).digest('hex')
  try {
    return readMail(raw, sha256)
  } catch {
    // A mistake of ours must not lose a customer's mail: it becomes an item with its first bytes as text, and says so.
    const text = cleanText(guess(raw.subarray(0, 20_000)), 20_000)
    return { ...EMPTY, text, sha256, size: raw.length, problems: ['unreadable'] }
  }
}

function readMail(raw: Uint8Array, sha256: string): ParsedMail {
  const { root, problems: treeProblems } = readTree(raw)
  const bodyProblems = new Set<BodyProblem>()
  const body: Body = readBody(root, bodyProblems)
  const headers = root.headers
  const sender = senderOf(headers)
  const dateText = headerValue(headers, 'date')
  const date = dateText === null ? null : readDate(dateText)
  const subject = cleanLine(decodeWords(headerValue(headers, 'subject') ?? ''), 1000)
  const lines = [subject, sender?.name ?? '', ...body.attachments.map(one => one.name)]
  if (lines.some(line => line.includes('\ufffd'))) bodyProblems.add('bad-charset')
  const problems: MailProblem[] = [...treeProblems, ...bodyProblems]
  if (!sender) problems.push('no-sender')
  if (dateText !== null && date === null) problems.push('bad-date')
  return {
    headers,
    subject,
    from: sender,
    fromName: bareName(headers, 'from'),
    replyTo: mailboxes(headers, 'reply-to'),
    to: mailboxes(headers, 'to'),
    cc: mailboxes(headers, 'cc'),
    date,
    messageId: messageIds(headerValue(headers, 'message-id'))[0] ?? '',
    inReplyTo: messageIds(headerValue(headers, 'in-reply-to'))[0] ?? '',
    references: bounded(messageIds(headerValue(headers, 'references'))),
    ...body,
    reportType:
      root.type.value === 'multipart/report'
        ? (root.type.params.get('report-type')?.toLowerCase() ?? '')
        : null,
    protection: protectionOf(root, body.text),
    events: mailEvents(root),
    sha256,
    size: raw.length,
    problems,
  }
}

/** From, and where it names nobody: Sender, Reply-To, and the envelope's sender as an earlier server noted it. */
function senderOf(headers: Header[]): Mailbox | null {
  for (const name of ['from', 'sender', 'reply-to', 'return-path']) {
    const found = mailboxes(headers, name)[0]
    if (found)
      return name === 'from' || found.name !== '' ? found : { ...found, name: bareName(headers, 'from') }
  }
  return null
}

/** `<a@b>` wherever it stands; a bare `a@b` from those who leave out the brackets. */
export function messageIds(value: string | null): string[] {
  if (value === null) return []
  const text = value.slice(0, LIMITS.addressBytes)
  const found = [...text.matchAll(/<([^<>]{1,1000})>/g)].map(match => match[1]!.replace(/\s+/g, ''))
  const ids =
    found.length > 0 ? found : text.split(/[\s,]+/).filter(word => /^[^\s<>@]+@[^\s<>@]+$/.test(word))
  return [...new Set(ids.map(id => cleanLine(id, 1000)).filter(id => id !== ''))]
}

function bounded(ids: string[]): string[] {
  return ids.length <= LIMITS.references ? ids : [ids[0]!, ...ids.slice(1 - LIMITS.references)]
}

const YEAR_2100 = Date.UTC(2100, 0)

function readDate(text: string): number | null {
  const bare = text
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .trim()
  // "Mon, 2 Jan 06" is read by Date; a wrong day name or a zone like "+0800 CST" is not.
  for (const form of [
    bare,
    bare.replace(/^[A-Za-z]{3,9},?\s+/, ''),
    bare.replace(/([+-]\d{4}).*$/, '$1'),
    bare.replace(/\s*:\s*/g, ':'),
  ]) {
    const time = Date.parse(form)
    if (time >= 0 && time < YEAR_2100) return time
  }
  return null
}

const EMPTY: Omit<ParsedMail, 'text' | 'sha256' | 'size' | 'problems'> = {
  headers: [],
  subject: '',
  from: null,
  fromName: '',
  replyTo: [],
  to: [],
  cc: [],
  date: null,
  messageId: '',
  inReplyTo: '',
  references: [],
  html: null,
  attachments: [],
  deliveryStatus: [],
  returned: null,
  reportType: null,
  protection: null,
  events: [],
}
