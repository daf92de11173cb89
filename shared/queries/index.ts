import { z } from 'zod'
import type { Agent } from '../model/agent.ts'
import { Id, Instant } from '../model/base.ts'
import type { Channel } from '../model/channel.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Customer } from '../model/customer.ts'
import type { Draft } from '../model/draft.ts'
import type { HoldReason } from '../model/hold.ts'
import type { Identity } from '../model/identity.ts'
import type { Inbox } from '../model/inbox.ts'
import type { Attachment, Author, Item } from '../model/item.ts'
import type { ReadMark } from '../model/read-mark.ts'
import { type Segment, Where } from '../model/segment.ts'
import type { Tag } from '../model/tag.ts'
import type { Workspace } from '../model/workspace.ts'
import { type Query, query } from './query.ts'

const Nothing = z.object({})

/** Which conversations a list shows. `inboxId` narrows any of them. */
export const View = z.enum(['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'closed', 'held'])
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

/** How many customers there are of a sort. One row, with the key `count`. */
export interface CustomerCount {
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

/** How much a search on this desk looks through. One row, with the key `holdings`. */
export interface Holdings {
  items: number
  customers: number
}

export const queries = {
  workspace: query<Workspace>()({
    name: 'workspace',
    args: Nothing,
    watches: ['workspace'],
    key: row => row.id,
  }),
  agents: query<Agent>()({ name: 'agents', args: Nothing, watches: ['agent'], key: row => row.id }),
  channels: query<Channel>()({ name: 'channels', args: Nothing, watches: ['channel'], key: row => row.id }),
  inboxes: query<Inbox>()({ name: 'inboxes', args: Nothing, watches: ['inbox'], key: row => row.id }),
  tags: query<Tag>()({ name: 'tags', args: Nothing, watches: ['tag'], key: row => row.id }),
  viewCounts: query<ViewCount>()({
    name: 'viewCounts',
    args: Nothing,
    watches: ['conversation', 'readMark'],
    key: row => `${row.view}:${row.inboxId ?? ''}`,
  }),
  /** A window of a list: `limit` lines from `offset`. */
  conversations: query<ConversationLine>()({
    name: 'conversations',
    args: z.object({
      view: View,
      inboxId: Id.nullable(),
      sort: Sort,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(300),
    }),
    watches: ['conversation', 'customer', 'readMark', 'draft', 'item', 'local'],
    key: row => row.conversation.id,
  }),
  conversation: query<Conversation>()({
    name: 'conversation',
    args: z.object({ id: Id }),
    watches: ['conversation'],
    key: row => row.id,
  }),
  customer: query<Customer>()({
    name: 'customer',
    args: z.object({ id: Id }),
    watches: ['customer'],
    key: row => row.id,
  }),
  /** A window of the list of customers: `limit` lines from `offset`. By name upwards, by time the latest first, or the other way round. */
  customers: query<CustomerLine>()({
    name: 'customers',
    args: z.object({
      filter: CustomerFilter,
      order: CustomerOrder,
      reversed: z.boolean(),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(300),
    }),
    watches: ['customer', 'identity', 'conversation', 'workspace'],
    key: row => row.customer.id,
  }),
  customerCount: query<CustomerCount>()({
    name: 'customerCount',
    args: z.object({ filter: CustomerFilter }),
    watches: ['customer', 'identity', 'conversation', 'workspace'],
    key: () => 'count',
  }),
  segments: query<Segment>()({
    name: 'segments',
    args: Nothing,
    watches: ['segment'],
    key: row => row.id,
  }),
  /** Everybody who is one person with this customer, the one who stands for all first. */
  family: query<Customer>()({
    name: 'family',
    args: z.object({ customerId: Id }),
    watches: ['customer'],
    key: row => row.id,
  }),
  mergeSuggestions: query<MergeSuggestion>()({
    name: 'mergeSuggestions',
    args: z.object({ customerId: Id }),
    watches: ['customer', 'identity', 'conversation'],
    key: row => row.customer.id,
  }),
  identities: query<Identity>()({
    name: 'identities',
    args: z.object({ customerId: Id }),
    watches: ['identity', 'customer'],
    key: row => row.id,
  }),
  customerConversations: query<Conversation>()({
    name: 'customerConversations',
    args: z.object({ customerId: Id }),
    watches: ['conversation', 'customer'],
    key: row => row.id,
  }),
  /**
   * The newest `limit` entries of a customer over all channels, oldest first; more by raising the limit. With `around` the
   * `limit` entries about that item instead, half before and half after it: a place found by search, however far back.
   */
  timeline: query<TimelineEntry>()({
    name: 'timeline',
    args: z.object({
      customerId: Id,
      limit: z.int().min(1).max(2000),
      around: Id.optional(),
      filter: ThreadFilter.optional(),
    }),
    watches: ['item', 'customer', 'conversation', 'local'],
    key: row => row.item.id,
  }),
  /** Entries of one timeline that answer a text, the newest first: of those that the filter leaves, as many as the limit. */
  threadHits: query<ThreadHit>()({
    name: 'threadHits',
    args: z.object({
      customerId: Id,
      text: z.string().max(400),
      limit: z.int().min(1).max(1000),
      filter: ThreadFilter.optional(),
    }),
    watches: ['index', 'customer', 'conversation'],
    key: row => row.itemId,
  }),
  /** The months of a timeline, or of what the filter leaves of it, the newest first. */
  threadMonths: query<ThreadMonth>()({
    name: 'threadMonths',
    args: z.object({ customerId: Id, filter: ThreadFilter.optional() }),
    watches: ['item', 'customer', 'conversation'],
    key: row => row.month,
  }),
  /** The newest files of a customer over all channels, with everybody merged into them. */
  customerFiles: query<CustomerFile>()({
    name: 'customerFiles',
    args: z.object({ customerId: Id, limit: z.int().min(1).max(500) }),
    watches: ['item', 'customer'],
    key: row => row.key,
  }),
  /** The HTML of one item, when it has some. */
  original: query<Original>()({
    name: 'original',
    args: z.object({ itemId: Id }),
    watches: ['item'],
    key: row => row.itemId,
  }),
  coverage: query<Coverage>()({
    name: 'coverage',
    args: z.object({ customerId: Id }),
    watches: ['conversation', 'customer', 'item', 'local'],
    key: row => row.conversationId,
  }),
  /** How far this agent has read each of a customer's conversations. */
  readMarks: query<ReadMark>()({
    name: 'readMarks',
    args: z.object({ customerId: Id }),
    watches: ['readMark', 'conversation', 'customer'],
    key: row => row.id,
  }),
  drafts: query<Draft>()({
    name: 'drafts',
    args: z.object({ conversationId: Id }),
    watches: ['draft'],
    key: row => row.id,
  }),
  held: query<HeldEntry>()({
    name: 'held',
    args: Nothing,
    watches: ['conversation', 'item', 'customer'],
    key: row => row.item.id,
  }),
  /** Newest first; only of conversations that are not closed, and at most 200: older ones stay marked in their timelines. */
  undelivered: query<UndeliveredEntry>()({
    name: 'undelivered',
    args: Nothing,
    watches: ['item', 'customer', 'conversation'],
    key: row => row.item.id,
  }),
  outbox: query<OutboxEntry>()({
    name: 'outbox',
    args: Nothing,
    watches: ['local', 'conversation', 'customer'],
    key: row => row.id,
  }),
  refused: query<RefusedEntry>()({
    name: 'refused',
    args: Nothing,
    watches: ['local', 'conversation', 'customer'],
    key: row => row.id,
  }),
  holdings: query<Holdings>()({
    name: 'holdings',
    args: Nothing,
    watches: ['index', 'customer'],
    key: () => 'holdings',
  }),
  search: query<SearchHit>()({
    name: 'search',
    args: z.object({ text: z.string().max(400), inboxId: Id.nullable(), limit: z.int().min(1).max(100) }),
    watches: ['index', 'customer', 'identity', 'conversation'],
    key: row => row.key,
  }),
} as const

export type QueryName = keyof typeof queries
export type QueryArgs<N extends QueryName> =
  (typeof queries)[N] extends Query<string, infer Args, unknown> ? Args : never
export type QueryRow<N extends QueryName> =
  (typeof queries)[N] extends Query<string, infer _Args, infer R> ? R : never
export const queryNames = Object.keys(queries) as QueryName[]
