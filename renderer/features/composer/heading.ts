import { type Item, type Mailbox, mailboxText } from '#shared/model/item.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { fullTime } from '../../ui/time.ts'
import { bareSubject } from '../timeline/thread.ts'
import { words } from './words.ts'

/**
 * The lines above a mail that is passed on, in the agent's language, as mail programs of it write them: whose it was, when, about what
 * and to whom. Blind copies are nobody's business.
 * @param sender who wrote it, where the mail itself does not say
 */
export function headingOf({ mail, writtenAt, subject }: Item, sender: Mailbox): string {
  const to = (mail?.to ?? []).map(mailboxText).join(', ')
  const cc = (mail?.cc ?? []).map(mailboxText).join(', ')
  const from = mailboxText(mail?.from ?? sender)
  return [
    say(words, 'fwd-head'),
    say(words, 'fwd-from', { who: from }),
    say(words, 'fwd-date', { date: `${fullTime(writtenAt)} ${zone(writtenAt)}` }),
    subject && say(words, 'fwd-subject-line', { subject }),
    to && say(words, 'fwd-to', { who: to }),
    cc && say(words, 'fwd-cc', { who: cc }),
  ]
    .filter(Boolean)
    .join('\n')
    .slice(0, 20_000)
}

/** `GMT+1`: the reader may be elsewhere. */
const zone = (at: number): string =>
  new Intl.DateTimeFormat(languageNow() === 'en' ? 'en-GB' : 'zh-CN', { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

/** As the field writes it: `Fwd:` once, `转发：` in Chinese. */
export const forwardSubject = (subject: string): string =>
  say(words, 'fwd-subject', { subject: bareSubject(subject) }).trim()
