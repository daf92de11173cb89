import type { DeliveryReport } from '../channel.ts'
import { normalAddress } from './addresses.ts'
import { ITEM_HEADER, itemIdOf, itemIdOfHeader } from './message-id.ts'
import { headerValue } from './mime/headers.ts'
import { messageIds, type ParsedMail } from './parse.ts'
import { cleanLine } from './text.ts'

export type Automatic = 'no' | 'auto-reply' | 'bounce' | 'list'

/** What the SMTP envelope adds: an empty sender is how machines say "do not answer" (RFC 5321 4.5.5). Null: unknown. */
export type Envelope = { from: string | null }

/** Whether a machine wrote it, and which kind. Nothing automatic may ever be answered automatically. */
export function automaticKind(mail: ParsedMail, envelope: Envelope): Automatic {
  if (isBounce(mail, envelope)) return 'bounce'
  if (isAutoReply(mail)) return 'auto-reply'
  return isList(mail) ? 'list' : 'no'
}

const BOUNCE_SUBJECT =
  /undeliver|delivery (status|failure|has failed|incomplete|report)|mail delivery (failed|failure|system)|returned mail|returned to sender|failure notice|could not be delivered|could not send message|mail system error|non.?remise|unzustellbar|退信|退件|投递失败|發送失敗|发送失败|无法送达|無法傳遞/i

function isBounce(mail: ParsedMail, envelope: Envelope): boolean {
  if (mail.reportType === 'delivery-status' || mail.deliveryStatus.length > 0) return true
  if (headerValue(mail.headers, 'x-failed-recipients') !== null) return true
  const daemon = /^(mailer-?daemon|mail-?daemon|postmaster)@/i.test(mail.from?.address ?? '')
  const nobody = envelope.from === '' || headerValue(mail.headers, 'return-path') === '<>'
  return (daemon || nobody) && BOUNCE_SUBJECT.test(mail.subject)
}

const AUTO_SUBJECT =
  /^\s*(automatic reply|auto(matic)?[ -]?(reply|response)|autoreply|out of (the )?office|abwesenheitsnotiz|réponse automatique|自动回复|自動回覆|自動回復|自动答复|自动应答|外出自动[^:：]{0,8})\s*([:：]|$)/i

function isAutoReply(mail: ParsedMail): boolean {
  const has = (name: string) => headerValue(mail.headers, name)
  const submitted = has('auto-submitted')
  if (submitted !== null && !/^no\b/i.test(submitted)) return true
  if (/^auto[_-]?reply/i.test(has('precedence') ?? '')) return true
  if (mail.reportType === 'disposition-notification') return true
  const marks = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-auto-reply',
    'x-autoreply-from',
    'x-mail-autoreply',
  ]
  if (marks.some(name => has(name) !== null && !/^no$/i.test(has(name)!))) return true
  if (has('x-auto-response-suppress') !== null && !/^none$/i.test(has('x-auto-response-suppress')!))
    return true
  return AUTO_SUBJECT.test(mail.subject)
}

function isList(mail: ParsedMail): boolean {
  const has = (name: string) => headerValue(mail.headers, name)
  return (
    has('list-id') !== null ||
    has('list-unsubscribe') !== null ||
    /^(bulk|junk|list)\b/i.test(has('precedence') ?? '')
  )
}

/** The outgoing item this mail claims to be, because our own mail has come back (a forwarding loop, a copy to ourselves). */
export function ownItemId(mail: ParsedMail, inboxAddress: string): string | null {
  return (
    itemIdOf(mail.messageId, inboxAddress) ??
    itemIdOfHeader(headerValue(mail.headers, ITEM_HEADER.toLowerCase()))
  )
}

/** What a bounce says about the mail we sent (RFC 3464, and the forms older servers use). */
export function deliveryReport(mail: ParsedMail, inboxAddress: string): DeliveryReport {
  const returned = mail.returned ?? []
  const ids = [
    ...messageIds(headerValue(returned, 'message-id')),
    ...(mail.inReplyTo ? [mail.inReplyTo] : []),
    ...mail.references.toReversed(),
    ...messageIds(mail.text.slice(0, 200_000)).filter(id => itemIdOf(id, inboxAddress) !== null),
  ]
  const ours = ids.find(id => itemIdOf(id, inboxAddress) !== null)
  const itemId = ours
    ? itemIdOf(ours, inboxAddress)
    : itemIdOfHeader(headerValue(returned, ITEM_HEADER.toLowerCase()))
  return { messageId: ours ?? ids[0] ?? null, itemId, recipients: reportedRecipients(mail) }
}

function reportedRecipients(mail: ParsedMail): DeliveryReport['recipients'] {
  const found = new Map<string, DeliveryReport['recipients'][number]>()
  for (const status of mail.deliveryStatus) {
    for (const group of status.replace(/\n[ \t]+/g, ' ').split(/\n\s*\n/)) {
      const one = reportedRecipient(group)
      if (one && !found.has(one.address)) found.set(one.address, one)
    }
  }
  if (found.size === 0) {
    const detail = cleanLine(mail.text, 300)
    for (const address of addressesIn(headerValue(mail.headers, 'x-failed-recipients') ?? '')) {
      found.set(address, { address, state: 'failed', status: '', detail })
    }
  }
  return [...found.values()].slice(0, 200)
}

function reportedRecipient(group: string): DeliveryReport['recipients'][number] | null {
  const fields = new Map<string, string>()
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  const named = fields.get('original-recipient') ?? fields.get('final-recipient')
  const address = addressesIn(named?.slice(named.indexOf(';') + 1) ?? '')[0]
  if (!address) return null
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? ''
  const state = stateOf(fields.get('action')?.toLowerCase() ?? '', status)
  const detail = cleanLine((fields.get('diagnostic-code') ?? '').replace(/^\s*smtp\s*;\s*/i, ''), 1000)
  return state ? { address, state, status, detail } : null
}

/** Null for `relayed` and `expanded`: they say that nobody will say more, not that it arrived. */
function stateOf(action: string, status: string): 'failed' | 'delayed' | 'delivered' | null {
  if (/^(failed|delayed|delivered)\b/.test(action))
    return /^[a-z]+/.exec(action)![0] as 'failed' | 'delayed' | 'delivered'
  if (action !== '') return null
  return status.startsWith('5')
    ? 'failed'
    : status.startsWith('4')
      ? 'delayed'
      : status.startsWith('2')
        ? 'delivered'
        : null
}

function addressesIn(text: string): string[] {
  return [...text.slice(0, 10_000).matchAll(/[^\s<>,;:"]{1,64}@[^\s<>,;:"@]{1,255}/g)].map(match =>
    normalAddress(match[0]),
  )
}
