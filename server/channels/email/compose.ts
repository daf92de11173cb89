import MailComposer from 'nodemailer/lib/mail-composer'
import type { Mailbox } from '#shared/model/item.ts'
import type { RichText } from '#shared/model/rich-text.ts'
import type { Account, Forwarded, Outgoing } from '../channel.ts'
import { ITEM_HEADER, messageIdOf } from './message-id.ts'
import { passedOnHtml } from './passed-on.ts'
import { htmlOfLines, htmlOfRich, quotedHtml } from './rich-html.ts'
import { cleanLine, cleanText } from './text.ts'
import { replySubject } from './threading.ts'

/** Message-IDs kept in References: the first and the newest (RFC 5322 sets no number, servers cut long headers). */
const REFERENCES = 20
const QUOTED_CHARACTERS = 20_000

export type ComposedMail = { messageId: string; from: string; bytes: Buffer }

export type LoadedAttachment = { name: string; type: string; contentId: string | null; bytes: Uint8Array }

/**
 * The mail of an outgoing item. `files` are its attachments and what it passes on inside the layout. The same item gives the same Message-ID and Date at every attempt. Nothing an agent or a
 * customer typed can begin a header: every value is one line, every address is checked. Blind copies are in the envelope only.
 */
export async function composeMail(
  outgoing: Outgoing,
  account: Account,
  files: LoadedAttachment[],
): Promise<ComposedMail> {
  const messageId = messageIdOf(outgoing.itemId, account.address)
  const references = referencesOf(outgoing)
  const body = bodyOf(outgoing, account.signature)
  const composer = new MailComposer({
    messageId: `<${messageId}>`,
    date: new Date(outgoing.writtenAt),
    from: header({ name: outgoing.authorName || account.name, address: account.address }),
    to: outgoing.to.filter(isMailbox).map(header),
    cc: outgoing.cc.filter(isMailbox).map(header),
    subject: cleanLine(outgoing.inReplyTo === null ? outgoing.subject : replySubject(outgoing.subject), 1000),
    ...(references.length > 0 ? { inReplyTo: references.at(-1)!, references } : {}),
    headers: { [ITEM_HEADER]: cleanLine(outgoing.itemId, 120), ...automaticHeaders(outgoing) },
    text: textOf(body),
    ...(outgoing.rich || body.below?.html || body.below?.rich
      ? { html: htmlOf(body, outgoing.rich, files) }
      : {}),
    attachments: files.map(file => ({
      filename: cleanLine(file.name, 200) || 'attachment',
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream',
      content: Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength),
      contentDisposition: file.contentId ? 'inline' : 'attachment',
      ...(file.contentId ? { cid: cleanLine(file.contentId, 200).replace(/[<>\s]/g, '') } : {}),
    })),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { messageId, from: account.address, bytes: await composer.compile().build() }
}

/** An address that can stand in a header and in an envelope, and is nothing else. */
export function isMailbox(mailbox: Mailbox): boolean {
  return isAddress(mailbox.address)
}

export function isAddress(address: string): boolean {
  return (
    address.length <= 320 &&
    /^[^\s@<>()[\],;:\\"\p{Cc}]{1,64}@[^\s@<>()[\],;:\\"\p{Cc}]{1,255}$/u.test(address)
  )
}

function header(mailbox: Mailbox): Mailbox {
  return { name: cleanLine(mailbox.name, 200), address: mailbox.address }
}

/** RFC 5322 3.6.4: those of the answered message, then that message. Without angle brackets, oldest first. */
function referencesOf(outgoing: Outgoing): string[] {
  if (outgoing.inReplyTo === null) return []
  const all = [...outgoing.references.filter(id => id !== outgoing.inReplyTo), outgoing.inReplyTo]
  const sound = [...new Set(all)].filter(id => /^[^\s<>\p{Cc}]{1,500}$/u.test(id))
  return sound.length <= REFERENCES ? sound : [sound[0]!, ...sound.slice(1 - REFERENCES)]
}

/** RFC 3834: what a machine wrote says so, and asks other machines for silence. */
function automaticHeaders(outgoing: Outgoing): Record<string, string> {
  if (!outgoing.automatic) return {}
  return {
    'Auto-Submitted': outgoing.inReplyTo === null ? 'auto-generated' : 'auto-replied',
    'X-Auto-Response-Suppress': 'All',
    Precedence: 'bulk',
  }
}

/** What stands in a mail from top to bottom; empty where there is none. */
type Body = {
  words: string
  signature: string
  /** `marked`: what it answers, and not what it passes on. */
  below: {
    head: string
    text: string
    html: string | null
    rich?: RichText | undefined
    marked: boolean
  } | null
}

function bodyOf({ text, quoted, forwarded }: Outgoing, signature: string): Body {
  return {
    words: cleanText(text, 1_000_000).trimEnd(),
    signature: cleanText(signature, 4000).trim(),
    below: forwarded ? passedOn(forwarded) : quoted && quotation(quoted),
  }
}

const passedOn = ({ head, text, html, rich }: Forwarded): Body['below'] => ({
  head: cleanText(head, 20_000).trim(),
  text: cleanText(text, 1_000_000).trim(),
  html,
  rich,
  marked: false,
})

// Mail clients know a signature by the line "-- " (RFC 3676 4.3).
const SIGNATURE = '-- \n'

function textOf({ words, signature, below }: Body): string {
  const blocks = [words, signature && SIGNATURE + signature]
  if (below) {
    const { head, text, marked } = below
    blocks.push([head, marked ? withMarks(text) : text].filter(Boolean).join(marked ? '\n' : '\n\n'))
  }
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const EMPTY_LINE = '<div><br></div>\n'

function htmlOf(
  { words, signature, below }: Body,
  rich: RichText | undefined,
  files: LoadedAttachment[],
): string {
  const blocks = [
    rich ? htmlOfRich(rich, files) : words && htmlOfLines(words),
    signature && htmlOfLines(SIGNATURE + signature),
  ]
  if (below?.marked) blocks.push(htmlOfLines(below.head) + quotedHtml(below.text))
  else if (below) {
    if (below.head) blocks.push(htmlOfLines(below.head))
    blocks.push(
      below.html
        ? passedOnHtml(below.html)
        : below.rich
          ? htmlOfRich(below.rich, files)
          : htmlOfLines(below.text),
    )
  }
  return `<!doctype html><html><body>${blocks.filter(Boolean).join(EMPTY_LINE)}</body></html>\n`
}

const withMarks = (text: string): string =>
  text
    .split('\n')
    .map(line => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')

function quotation(quoted: NonNullable<Outgoing['quoted']>): Body['below'] {
  const time = new Date(quoted.at).toISOString().slice(0, 16).replace('T', ' ')
  const who = cleanLine(quoted.from.name, 200)
    ? `${cleanLine(quoted.from.name, 200)} <${quoted.from.address}>`
    : quoted.from.address
  const whole = cleanText(quoted.text, 1_000_000).trim()
  const text = whole.length > QUOTED_CHARACTERS ? `${cleanText(whole, QUOTED_CHARACTERS)}\n[…]` : whole
  const chinese = /\p{Script=Han}/u.test(text)
  const head = chinese ? `在 ${time} (UTC)，${who} 写道：` : `On ${time} (UTC), ${who} wrote:`
  return { head, text, html: null, marked: true }
}
