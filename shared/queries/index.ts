/** Every question the desk's screens may ask of the replica, with what it is asked by and what changes its answer. */
import { z } from 'zod'
import type { Agent } from '../model/agent.ts'
import { Id } from '../model/base.ts'
import type { Channel } from '../model/channel.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Customer } from '../model/customer.ts'
import type { Draft } from '../model/draft.ts'
import type { Identity } from '../model/identity.ts'
import type { Inbox } from '../model/inbox.ts'
import type { Item } from '../model/item.ts'
import type { Macro } from '../model/macro.ts'
import type { ReadMark } from '../model/read-mark.ts'
import type { SavedView } from '../model/saved-view.ts'
import { type Segment, Where } from '../model/segment.ts'
import type { Tag } from '../model/tag.ts'
import type { Workspace } from '../model/workspace.ts'
import { type Query, query } from './query.ts'
import {
  type Alert,
  type ConversationLine,
  type Count,
  type Coverage,
  type CustomerCard,
  type CustomerFile,
  CustomerFilter,
  type CustomerLine,
  CustomerOrder,
  type HeldEntry,
  type Holdings,
  type MergeSuggestion,
  type Original,
  type OutboxEntry,
  type PlannedEntry,
  type RefusedEntry,
  type SearchHit,
  Sort,
  ThreadFilter,
  type ThreadHit,
  type ThreadMonth,
  type TimelineEntry,
  type UndeliveredEntry,
  View,
  type ViewCount,
  type Waiting,
} from './shapes.ts'

export * from './shapes.ts'

const Nothing = z.object({})

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
  savedViews: query<SavedView>()({
    name: 'savedViews',
    args: Nothing,
    watches: ['savedView'],
    key: row => row.id,
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
  /** The same of conversations that conditions choose (rules/conversation-fields.ts), for views of one's own. */
  chosenConversations: query<ConversationLine>()({
    name: 'chosenConversations',
    args: z.object({
      where: Where,
      sort: Sort,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(300),
    }),
    watches: ['conversation', 'customer', 'readMark', 'draft', 'item', 'local'],
    key: row => row.conversation.id,
  }),
  conversationCount: query<Count>()({
    name: 'conversationCount',
    args: z.object({ where: Where }),
    watches: ['conversation'],
    key: () => 'count',
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
  customerCount: query<Count>()({
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
  macros: query<Macro>()({ name: 'macros', args: Nothing, watches: ['macro'], key: row => row.id }),
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
    watches: ['customer', 'identity', 'conversation', 'workspace'],
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
  /** What other systems know about a customer: one for every connection, in the hub's order, also where nothing is known yet. */
  cards: query<CustomerCard>()({
    name: 'cards',
    args: z.object({ customerId: Id }),
    watches: ['local', 'identity', 'customer'],
    key: row => row.connectorId,
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
    watches: ['draft', 'item'],
    key: row => row.id,
  }),
  /** The answer that the inbox writes together in a conversation; none, or one. */
  sharedDraft: query<Item>()({
    name: 'sharedDraft',
    args: z.object({ conversationId: Id }),
    watches: ['conversation', 'item'],
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
  /** What this agent has written for a later time, the soonest first; at most 200. */
  planned: query<PlannedEntry>()({
    name: 'planned',
    args: Nothing,
    watches: ['item', 'customer'],
    key: row => row.item.id,
  }),
  /** What wants attention and was not seen yet (rules/attention.ts), the latest first. */
  alerts: query<Alert>()({
    name: 'alerts',
    args: Nothing,
    watches: ['conversation', 'readMark', 'item', 'inbox', 'channel', 'local'],
    key: row => row.id,
  }),
  /** Whose customers wait for me, the longest first; at most 200. With none of mine, those who wait for anybody. */
  waiting: query<Waiting>()({
    name: 'waiting',
    args: Nothing,
    watches: ['conversation', 'local'],
    key: row => row.conversationId,
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
