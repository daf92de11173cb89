/** What the desk's queries ask for and answer with. */
import { z } from 'zod'
import type { AttributeLabel } from '../model/attribute.ts'
import { Id, Instant } from '../model/base.ts'
import type { Card, CardTrouble } from '../model/card.ts'
import type { ChannelFamily } from '../model/channel.ts'
import type { Conversation, Priority } from '../model/conversation.ts'
import type { Customer } from '../model/customer.ts'
import type { HoldReason } from '../model/hold.ts'
import type { Attachment, Author, Item } from '../model/item.ts'
import { Where } from '../model/segment.ts'
import type { AlertKind } from '../rules/attention.ts'

/** Which conversations a list shows. `inboxId` narrows any of them. */
export const View = z.enum([
  'mine',
  'unassigned',
  'open',
  'waiting',
  'snoozed',
  'closed',
  'held',
  'mentioned',
])
export type View = z.infer<typeof View>

export const Sort = z.enum(['newest', 'longest-waiting'])
export type Sort = z.infer<typeof Sort>

/** Which customers a list shows: those who answer the conditions and are found by the text. Empty: all. */
export const CustomerFilter = z.object({ where: Where, text: z.string().max(400) })
export type CustomerFilter = z.infer<typeof CustomerFilter>

export const CustomerOrder = z.enum(['name', 'last-activity', 'since'])
export type CustomerOrder = z.infer<typeof CustomerOrder>

/** Somebody as the list of customers shows them, with everybody merged into them. */
export interface CustomerLine {
  customer: Customer
  /** Ids of the channels they have an identity on. */
  channels: Id[]
  openConversations: number
  /** Null: no conversation of theirs is on this desk. */
  lastActivityAt: Instant | null
}

/** How many customers or conversations there are of a sort. One row, with the key `count`. */
export interface Count {
  count: number
}

/** A conversation as a list shows it. */
export interface ConversationLine {
  conversation: Conversation
  customerName: string
  customerTier: string
  unread: boolean
  /** Whether this agent has an unsent reply here. */
  hasDraft: boolean
  /** Own messages that have not left the desk. */
  waitingToSend: number
  /** Messages of anyone that did not leave, and such of which nobody knows (S18). */
  notSent: number
  uncertain: number
}

/**
 * An entry of the timeline. `pending` marks what this desk has shown but the hub has not yet confirmed. The item's HTML stays
 * behind (`html` is null, `hasHtml` says whether there is some): it is asked for by `original` when somebody wants to see it.
 */
export interface TimelineEntry {
  item: Item
  hasHtml: boolean
  pending: boolean
}

/** Sorts of entries. A message or call with files is of two. */
export const ThreadKind = z.enum(['message', 'call', 'note', 'event', 'file'])
export type ThreadKind = z.infer<typeof ThreadKind>

/** What of a timeline is wanted. Empty lists and absent ends: all. */
export const ThreadFilter = z.object({
  channels: z.array(Id).max(50),
  kinds: z.array(ThreadKind).max(5),
  /** Agents' ids, and `customer` for what the customer wrote. */
  authors: z.array(z.union([z.literal('customer'), Id])).max(200),
  /** From this instant on, and before that one. */
  from: Instant.nullable(),
  until: Instant.nullable(),
})
export type ThreadFilter = z.infer<typeof ThreadFilter>

/** An entry that answers a search inside one timeline. */
export interface ThreadHit {
  itemId: Id
  at: Instant
}

/** A month of the desk's calendar in which something happened: how much, and the first of it. */
export interface ThreadMonth {
  /** `2026-11` */
  month: string
  count: number
  itemId: Id
}

/** A file that was exchanged with a customer: of which entry, when, and by whom. */
export interface CustomerFile {
  /** The entry's id, and its place there. */
  key: string
  itemId: Id
  conversationId: Id
  customerId: Id
  channel: Id
  at: Instant
  author: Author
  file: Attachment
}

/** A mail as it came. */
export interface Original {
  itemId: Id
  html: string
}

export interface ViewCount {
  view: View
  inboxId: Id | null
  count: number
}

export interface SearchHit {
  key: string
  kind: 'item' | 'customer'
  customerId: Id
  customerName: string
  conversationId: Id | null
  itemId: Id | null
  channel: Id | null
  subject: string
  /** Text around the hit; hits are between U+E000 and U+E001, which no text contains. */
  snippet: string
  at: Instant
}

/** One entry of the outbox, as a person reads it: what waits and for what (S29). */
export interface OutboxEntry {
  id: Id
  name: string
  conversationId: Id | null
  customerId: Id | null
  /** The item it made, which the timeline shows. */
  itemId: Id | null
  customerName: string
  /** The first words, of what has words. */
  preview: string
  writtenAt: Instant
  waitsFor: 'network' | 'hub' | 'attachment' | 'earlier'
  /** Waits for an earlier change: which. */
  behind: Id | null
  /** Its attachments: bytes sent and in all, how many files, and the name of the one that is next. */
  upload: { sent: number; size: number; files: number; name: string } | null
}

/** A held reply, wherever it is, for the list of all that needs a look. */
export interface HeldEntry {
  item: Item
  conversation: Conversation
  customerName: string
  reasons: HoldReason[]
  agentId: Id
}

/** A message that did not go out, or of which nobody knows (delivery `failed` or `uncertain`), for the list of all that needs a look. */
export interface UndeliveredEntry {
  item: Item
  customerName: string
}

/** A message that leaves at a time its author chose. */
export type PlannedEntry = UndeliveredEntry

/** What came back refused, until it has been read (S13). */
export interface RefusedEntry {
  id: Id
  name: string
  code: string
  params: Record<string, string>
  conversationId: Id | null
  customerId: Id | null
  customerName: string
  /** The words that came back as a draft, if there were any. */
  preview: string
  at: Instant
}

/** Why two customers may be one person, the strongest first. Only `address` is something that a channel vouched for. */
export type MergeReason =
  /** The same address, on whatever channel. */
  | { kind: 'address'; address: string }
  /** The same text in a field that names one customer. */
  | { kind: 'attribute'; label: AttributeLabel; value: string }
  /** One of them typed an address of the other's into a chat; unproven. */
  | { kind: 'typed'; address: string }
  /** A name that hardly anybody else has. */
  | { kind: 'name' }

/** Somebody who may be the same person (S26). */
export interface MergeSuggestion {
  customer: Customer
  reasons: MergeReason[]
}

/** A conversation's coverage on this desk: where older items begin that are on the hub only. */
export interface Coverage {
  conversationId: Id
  fromSeq: number
  loading: boolean
}

/** What another system knows about a customer, as this desk keeps it. One for every connection. */
export interface CustomerCard {
  connectorId: Id
  name: string
  /** Null: it was never told. */
  card: Card | null
  /** When it was, by the desk's clock. */
  at: Instant | null
  /** Why the last attempt gave none. */
  trouble: CardTrouble | null
  asking: boolean
}

/** How much a search on this desk looks through. One row, with the key `holdings`. */
export interface Holdings {
  items: number
  customers: number
}

/** Something that wants this agent's attention and has not been seen yet, on this desk or on another one of theirs. */
export interface Alert {
  id: string
  kind: AlertKind
  /** Grows when there is more of it: told again then, and only then. */
  mark: number
  conversationId: Id
  customerId: Id
  customerName: string
  /** The first words of it. */
  preview: string
  channel: Id
  family: ChannelFamily
  priority: Priority
  itemId: Id | null
  /** The newest entry of the conversation. */
  seq: number
  at: Instant
  /** Since when the customer waits; null when they do not. */
  since: Instant | null
}

/** A customer who waits for an answer: of mine, or where none of mine waits of nobody's. */
export interface Waiting {
  conversationId: Id
  customerId: Id
  since: Instant
  mine: boolean
}
