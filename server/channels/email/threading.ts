import type { ConversationLookup, Inbound, ThreadClues } from '../channel.ts'
import { itemIdOf } from './message-id.ts'
import { headerValue } from './mime/headers.ts'
import { messageIds, type ParsedMail } from './parse.ts'

/** How long after the last activity a mail without references still joins by its subject. */
const SUBJECT_WINDOW = 14 * 24 * 60 * 60 * 1000

/** What mail clients of many languages put before the subject of an answer; counters as in `Re[2]:` and `回复(3):` too. */
const ANSWER =
  /^(re|aw|antw|antwort|sv|vs|vl|ref|rif|res|r|odp|ynt|atb|回复|回覆|答复|答覆|回信|返信|답장|automatic reply|auto(?:matic)?[ -]?reply|out of office|自动回复|自動回覆|自动答复)\s*(?:[[(（【]\s*\d{1,3}\s*[\])）】])?\s*[:：]\s*/i
const FORWARD =
  /^(fwd?|fw|wg|tr|rv|enc|i|doorst|vb|转发|轉發|转寄|轉寄|전달)\s*(?:[[(（【]\s*\d{1,3}\s*[\])）】])?\s*[:：]\s*/i
const TAG = /^[[【](external|ext|外部邮件|外部郵件|外部|spam\??|junk)[\]】]\s*/i

/** A subject without what clients and gateways put before it, and whether the last one to touch it forwarded it. */
export function bareSubject(subject: string): { text: string; forwarded: boolean } {
  let text = subject.normalize('NFKC').trim().replace(TAG, '')
  const forwarded = FORWARD.test(text)
  for (let i = 0; i < 20; i++) {
    const rest = text.replace(ANSWER, '').replace(FORWARD, '').replace(TAG, '').trim()
    if (rest === text) break
    text = rest
  }
  return { text, forwarded }
}

/** Equal for subjects of one matter; empty for a subject that says nothing. At most 200 characters. */
export function subjectKey(subject: string): string {
  return bareSubject(subject).text.toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed()
}

/** "Re: " before a subject, once, whatever stood there before. */
export function replySubject(subject: string): string {
  return `Re: ${bareSubject(subject).text}`.trim()
}

/** Clues of a mail to its conversation (RFC 5322 3.6.4: In-Reply-To names the answered message, References the ones before). */
export function threadClues(mail: ParsedMail, inboxAddress: string): ThreadClues {
  const returned = messageIds(headerValue(mail.returned ?? [], 'message-id'))
  const answered = mail.inReplyTo ? [mail.inReplyTo] : []
  const ids = [...new Set([...returned, ...answered, ...mail.references.toReversed()])]
  const itemIds = ids.flatMap(id => itemIdOf(id, inboxAddress) ?? [])
  const bySubject = ids.length === 0 && !bareSubject(mail.subject).forwarded
  return { ids, itemIds, subjectKey: bySubject ? subjectKey(mail.subject) || null : null }
}

/**
 * The conversation a mail belongs to: of the messages it names, and only where it names none, by its subject: same
 * inbox, same sender, same matter, recent. Somebody else's mail with the same subject is never joined to it.
 */
export async function conversationOf(inbound: Inbound, lookup: ConversationLookup): Promise<string | null> {
  const { ids, itemIds, subjectKey: key } = inbound.thread
  if (ids.length > 0 || itemIds.length > 0) return lookup.byMessage(inbound.inboxId, ids, itemIds)
  if (key === null) return null
  return lookup.bySubject(inbound.inboxId, inbound.identity.address, key, lookup.now - SUBJECT_WINDOW)
}
