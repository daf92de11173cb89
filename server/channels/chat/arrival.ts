/** What a visitor wrote, as the hub takes it in. */
import type { Visit } from '#shared/model/conversation.ts'
import type { Account, Inbound, InboundAttachment, MailboxOfHub } from '../channel.ts'
import type { Person } from './person.ts'
import { mailForm, type Say, type Whereabouts } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { callNameOf, itemIdOf } from './visitor.ts'

/** A message in the chat. */
export function inboundOf(
  inbox: Account<ChatSettings>,
  person: Person,
  message: Say,
  device: string,
  now: number,
  attachments: InboundAttachment[] = [],
): Inbound {
  const { address, email } = person
  const id = itemIdOf(address, message.id)
  return {
    ...wordsOf(message, person, device, now),
    inboxId: inbox.id,
    channel: inbox.channel,
    key: id,
    itemId: id,
    identity: {
      channel: inbox.channel,
      address,
      name: nameOf(message, person),
      callName: callNameOf(address, message.at.locale),
      ...(email ? { sameAs: { channel: 'email', address: email } } : {}),
    },
    subject: '',
    attachments,
    mail: null,
    thread: { ids: [], itemIds: [], subjectKey: 'chat' },
  }
}

/** Written while nobody was there, by somebody who can be answered by mail. */
export const isLetter = ({ form, email }: Say, person: Person): boolean =>
  form && (person.email !== null || mailForm.test(email.trim()))

const TITLE_LETTERS = 60

/**
 * The same message left as a letter: in the inbox for mail, from the address that was given, and answered there. It belongs to
 * whoever has that address, as any letter does; the visitor does not become them. Only an address that the host site signed
 * is called verified.
 */
export function letterOf(
  mailbox: MailboxOfHub,
  person: Person,
  message: Say,
  device: string,
  now: number,
): Inbound {
  const address = person.email ?? message.email.trim().toLowerCase()
  const name = nameOf(message, person)
  const words = wordsOf(message, person, device, now)
  const start = clean(words.text, 1_000)
  const title = start.length > TITLE_LETTERS ? `${start.slice(0, TITLE_LETTERS).toWellFormed()}…` : start
  const zh = /^zh\b/i.test(message.at.locale)
  return {
    ...words,
    inboxId: mailbox.id,
    channel: mailbox.channel,
    key: letterKey(person, message.id),
    identity: { channel: mailbox.channel, address, name },
    subject: zh ? `网站留言：${title}` : `Message from the website: ${title}`,
    attachments: [],
    mail: {
      messageId: '',
      inReplyTo: '',
      references: [],
      from: { name, address },
      to: [{ name: mailbox.name, address: mailbox.address }],
      cc: [],
      raw: null,
      automatic: 'no',
      problems: [],
      sender: person.email === null ? 'unverified' : 'verified',
    },
    // A matter of its own: nothing says that it goes on with another one.
    thread: { ids: [], itemIds: [], subjectKey: null },
  }
}

const letterKey = ({ address }: Person, id: string): string => `form.${itemIdOf(address, id)}`

/** Files of one letter. */
const LETTER_FILES = 10

/** A file that goes with a letter: only whoever wrote the letter can name it, for its name is made of their secret. */
export const fileOfLetter = (
  letter: string,
  file: InboundAttachment,
  ...rest: Parameters<typeof letterOf>
): Inbound => ({
  ...letterOf(...rest),
  attachments: [file],
  addTo: { key: letterKey(rest[1], letter), most: LETTER_FILES },
})

function wordsOf(message: Say, { user }: Person, device: string, now: number) {
  return {
    // A browser's clock may say anything; what it says of the future is not true.
    writtenAt: Math.min(message.writtenAt, now),
    text: sound(message.text),
    quoted: '',
    html: null,
    raw: null,
    visit: visitOf(message.at, device, message.email, user, now),
    ownItemId: null,
    deliveryReport: null,
  }
}

const nameOf = (message: Say, person: Person): string => person.name || clean(message.name, 200)

function visitOf(at: Whereabouts, device: string, typedEmail: string, user: string, now: number): Visit {
  return {
    page: /^https?:\/\//i.test(at.page) ? clean(at.page, 2000) : '',
    title: clean(at.title, 300),
    locale: clean(at.locale, 35),
    timeZone: clean(at.timeZone, 60),
    device,
    typedEmail: clean(typedEmail, 320),
    user,
    at: now,
  }
}

/** Lines, without what databases cannot hold. */
export const sound = (text: string): string =>
  text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '')

/** One line, without what databases and eyes cannot hold. */
export const clean = (text: string, most: number): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
