/**
 * What others' rows say of somebody who was erased. A conversation is one customer's matter and goes with them. In a conversation of
 * somebody else what the erased one wrote loses its words and files and stays as a place where something stood; their address goes
 * from every letter; and what repeats earlier messages goes from letters that came after theirs, because it may repeat theirs.
 */
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Draft } from '#shared/model/draft.ts'
import type { Item, Mailbox } from '#shared/model/item.ts'

export interface Erased {
  identityIds: ReadonlySet<Id>
  /** Normalised. */
  addresses: ReadonlySet<string>
}

type Others = (mailboxes: readonly Mailbox[]) => Mailbox[]

const others =
  ({ addresses }: Erased): Others =>
  mailboxes =>
    mailboxes.filter(({ address }) => !addresses.has(address.toLowerCase()))

/** Whether they wrote it. */
export const isBy = ({ identityIds, addresses }: Erased, { author, mail }: Item): boolean =>
  (author.kind === 'customer' && identityIds.has(author.identityId)) ||
  addresses.has(mail?.from?.address.toLowerCase() ?? '')

/** Whether they wrote it, or it went to them. A word that only holds an address of theirs is somebody else's. */
export function isNamed(erased: Erased, item: Item): boolean {
  const { mail, delivery, transcript, draft } = item
  const mailboxes = [
    ...(mail ? [...mail.to, ...mail.cc, ...(mail.bcc ?? [])] : []),
    ...(delivery?.recipients ?? []),
    ...(transcript ? [transcript.to] : []),
  ]
  return (
    isBy(erased, item) ||
    mailboxes.some(({ address }) => erased.addresses.has(address.toLowerCase())) ||
    [...(draft?.cc ?? []), ...(draft?.bcc ?? [])].some(word => erased.addresses.has(addressIn(word)))
  )
}

/** A message of theirs in somebody else's conversation: its place, and nothing of what stood there. */
export const emptied = ({ rich: _, comment: __, transcript: ___, score: ____, ...item }: Item): Item => ({
  ...item,
  erased: true,
  subject: '',
  text: '',
  quoted: '',
  html: null,
  attachments: [],
  mail: null,
})

/** A letter of others without their address and, where it comes after one of theirs, without what it repeats. */
export function itemWithout(erased: Erased, item: Item, repeats: boolean): Item {
  const rest = others(erased)
  const { mail, delivery, transcript, draft } = item
  return {
    ...item,
    ...(repeats ? { quoted: '', html: null } : {}),
    mail: mail && {
      ...mail,
      to: rest(mail.to),
      cc: rest(mail.cc),
      ...(mail.bcc ? { bcc: rest(mail.bcc) } : {}),
      // The original has the address in its head, and all that it repeats.
      raw: null,
    },
    delivery: delivery && {
      ...delivery,
      recipients: delivery.recipients.filter(({ address }) => !erased.addresses.has(address.toLowerCase())),
    },
    ...(transcript && rest([transcript.to]).length === 0
      ? { transcript: { ...transcript, to: { name: '', address: '' } } }
      : {}),
    ...(draft
      ? { draft: { ...draft, cc: wordsWithout(erased, draft.cc), bcc: wordsWithout(erased, draft.bcc) } }
      : {}),
  }
}

/**
 * Somebody typed the address into their chat.
 * @param wrote they wrote in it: its preview may be their words
 */
export function conversationWithout(
  erased: Erased,
  conversation: Conversation,
  wrote: boolean,
): Conversation {
  const { visit, previewFile: _, ...rest } = conversation
  const typed = visit !== undefined && erased.addresses.has(visit.typedEmail.toLowerCase())
  return {
    ...(wrote ? { ...rest, preview: '' } : conversation),
    ...(visit ? { visit: typed ? { ...visit, typedEmail: '' } : visit } : {}),
  }
}

/** Drafts hold addresses as people write them. */
export function draftWithout(erased: Erased, draft: Draft): Draft {
  const rest = (words: readonly string[]): string[] => wordsWithout(erased, words)
  return {
    ...draft,
    cc: rest(draft.cc),
    ...(draft.bcc ? { bcc: rest(draft.bcc) } : {}),
    ...(draft.forward ? { forward: { ...draft.forward, to: rest(draft.forward.to) } } : {}),
  }
}

const wordsWithout = ({ addresses }: Erased, words: readonly string[]): string[] =>
  words.filter(word => !addresses.has(addressIn(word)))

const addressIn = (word: string): string => (/<([^<>]*)>\s*$/.exec(word)?.[1] ?? word).trim().toLowerCase()
