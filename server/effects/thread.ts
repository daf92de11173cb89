import type { Item, Mail } from '#shared/model/item.ts'
import type { Outgoing } from '../channels/channel.ts'

/** Where an outgoing message stands in its thread, by the messages before it. */
export interface Place {
  inReplyTo: string | null
  /** Oldest first. */
  references: string[]
  quoted: Outgoing['quoted']
}

const MOST = 100

/**
 * The message a reply answers: the customer's newest before it, otherwise our own newest (RFC 5322 3.6.4). What was forwarded and what
 * came back to that is between us and others: the customer is neither shown it nor told its name. A forward answers nothing; what is said beside
 * the conversation answers what was said there.
 * @param before items of the conversation, newest first
 */
export function placeOf(item: Pick<Item, 'mail'>, before: readonly Item[]): Place {
  const side = item.mail?.side
  if (item.mail?.forwards && !side) return { inReplyTo: null, references: [], quoted: null }
  const mails = before.filter(
    ({ mail }) =>
      mail &&
      mail.messageId !== '' &&
      mail.automatic !== 'bounce' &&
      (side ? mail.side === side : !mail.forwards && !mail.aside),
  )
  const answered = mails.find(isCustomers) ?? mails[0]
  if (!answered?.mail) return { inReplyTo: null, references: [], quoted: null }
  const { messageId, references, inReplyTo } = answered.mail
  const chain = [...new Set([...references, inReplyTo, messageId])].filter(id => id !== '')
  return {
    inReplyTo: messageId,
    references: chain.length <= MOST ? chain : [chain[0]!, ...chain.slice(1 - MOST)],
    quoted: quotation(answered, answered.mail),
  }
}

const isCustomers = (item: Item): boolean => item.direction === 'in'

function quotation(item: Item, { from }: Mail): Outgoing['quoted'] {
  if (item.direction !== 'in' || !from || item.text.trim() === '') return null
  return { from, at: item.at, text: item.text }
}
