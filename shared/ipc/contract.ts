import { z } from 'zod'
import { Id, Sha256 } from '../model/base.ts'
import { ChannelFamily } from '../model/channel.ts'
import { Priority } from '../model/conversation.ts'
import { DraftKind } from '../model/draft.ts'
import {
  ConnectorChange,
  ConnectorMade,
  Connectors,
  ConnectorTrial,
  ConnectorWish,
  Tried,
} from '../protocol/connectors.ts'
import { Erased, ErasurePreview, ErasureQuestion, ErasureWish } from '../protocol/erasure.ts'
import { Fault } from '../protocol/fault.ts'
import { ImageQuestion, imageTypes } from '../protocol/images.ts'
import {
  ChatMade,
  ChatWish,
  InboxChange,
  Inboxes,
  isEnd,
  MailWish,
  ProviderAnswer,
  ProviderQuestion,
  type SetUpEnd,
  SetUpStep,
} from '../protocol/inboxes.ts'
import { Sort } from '../queries/index.ts'
import { AlertKind, Motif } from '../rules/attention.ts'
import { Diagnostics } from './diagnostics.ts'
import {
  TableChecked,
  TableLook,
  TablePlan,
  TableProgress,
  TablePutIn,
  TableReading,
  WrongRow,
} from './import.ts'
import {
  Changed,
  ConversationChange,
  CustomerChange,
  CustomerListing,
  SomeConversations,
  SomeCustomers,
} from './many.ts'
import { DeskState, Preferences, SyncState } from './states.ts'

/**
 * The one contract between renderer and core. Requests are answered once; live queries (shared/queries) are answered with a
 * snapshot and then keyed differences; events come unasked. Both ends parse what they get.
 */

/** Names an attempt to set up a mailbox; made by the page. */
const Attempt = z.string().min(1).max(60)
const End = SetUpStep.refine(isEnd, 'not an end').transform(step => step as SetUpEnd)

/** What the renderer can ask for: arguments and result of each request. */
export const requests = {
  signIn: {
    args: z.object({
      hubUrl: z.string().max(2000),
      email: z.string().max(320),
      password: z.string().max(1000),
    }),
    result: z.object({ agentId: Id }),
  },
  /** Drops the session; with `forget` the replica too. Refused with `invalid` while changes wait, unless `forget`. */
  signOut: { args: z.object({ forget: z.boolean() }), result: z.null() },
  /** Answered when the change is durable in the outbox (S11). */
  mutate: {
    args: z.object({ name: z.string().max(100), args: z.unknown() }),
    result: z.object({ mutationId: Id, verdict: z.enum(['done', 'held']) }),
  },
  /** A file to be attached: announce, write in order, finish. Kept encrypted on the desk and uploaded by the outbox. */
  attachmentBegin: {
    args: z.object({ name: z.string().max(400), type: z.string().max(200), size: z.int().nonnegative() }),
    result: z.object({ uploadId: Id }),
  },
  attachmentWrite: {
    args: z.object({ uploadId: Id, offset: z.int().nonnegative(), bytes: z.instanceof(Uint8Array) }),
    result: z.null(),
  },
  attachmentFinish: {
    args: z.object({ uploadId: Id }),
    result: z.object({ sha256: Sha256, name: z.string(), type: z.string(), size: z.int() }),
  },
  /** Bytes of an attachment, from the desk's cache or the hub. */
  attachmentRead: {
    args: z.object({ itemId: Id, sha256: Sha256 }),
    result: z.object({ name: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** Bytes of a file of one's own draft; it may have been attached on another desk. */
  draftFileRead: {
    args: z.object({ conversationId: Id, kind: DraftKind, sha256: Sha256 }),
    result: z.object({ name: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** A picture that a mail only names, by way of the hub; asked for when a person wants to see it. */
  remoteImage: {
    args: ImageQuestion.extend({ itemId: Id }),
    result: z.object({ type: z.enum(imageTypes), bytes: z.instanceof(Uint8Array) }),
  },
  /**
   * Answers a customer from outside the page. `seq` is what was seen of the conversation (S21). What cannot be sent becomes a draft; one
   * that was begun in the page stays.
   */
  quickReply: {
    args: z.object({
      conversationId: Id,
      seq: z.int().nonnegative(),
      text: z.string().min(1).max(1_000_000),
    }),
    result: z.object({ mutationId: Id, verdict: z.enum(['done', 'held']) }),
  },
  /** Asks other systems about a customer and keeps what they say (query `cards`); answered when all of them have. */
  cards: {
    args: z.object({ customerId: Id, connectorId: Id.optional(), anew: z.boolean().optional() }),
    result: z.null(),
  },
  /** Connections to other systems, for administrators; the hub answers, nothing is kept here. */
  connectors: { args: z.object({}), result: Connectors },
  connectorSetUp: { args: ConnectorWish, result: ConnectorMade },
  connectorTry: { args: ConnectorTrial, result: Tried },
  connectorChange: { args: z.object({ connectorId: Id, change: ConnectorChange }), result: z.null() },
  /** What an erasure of a customer would take; and the erasure, which the hub does and which cannot be taken back. */
  erasurePreview: { args: ErasureQuestion.extend({ customerId: Id }), result: ErasurePreview },
  erase: { args: ErasureWish.extend({ customerId: Id }), result: Erased },
  /** All that the hub keeps of a customer, as a ZIP: asked again under the same name until it is `done`. */
  customerExport: {
    args: z.object({ attempt: Attempt, customerId: Id, whole: z.boolean(), language: z.enum(['en', 'zh']) }),
    result: z.object({ bytes: z.instanceof(Uint8Array), done: z.boolean() }),
  },
  customerExportGiveUp: { args: z.object({ attempt: Attempt }), result: z.null() },
  /** Ids of customers in the order of a list. */
  customerIds: {
    args: CustomerListing.extend({ offset: z.int().nonnegative(), limit: z.int().min(1).max(20_000) }),
    result: z.object({ ids: z.array(Id) }),
  },
  /** Changes many as ordinary mutations, bit by bit (event `customersChange`); answered when all are in the outbox. */
  customersChange: {
    args: z.object({ attempt: Attempt, who: SomeCustomers, change: CustomerChange }),
    result: Changed,
  },
  /** Takes back what such a change did, where nobody has changed it since. */
  customersUndo: { args: z.object({ attempt: Attempt }), result: Changed },
  /** The same for conversations (event `conversationsChange`). What was read is read: that is not taken back. */
  conversationsChange: {
    args: z.object({ attempt: Attempt, who: SomeConversations, change: ConversationChange }),
    result: Changed,
  },
  conversationsUndo: { args: z.object({ attempt: Attempt }), result: Changed },
  /** Ids of conversations in the order of a list. */
  conversationIds: {
    args: z.object({
      of: SomeConversations.shape.of,
      sort: Sort,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(20_000),
    }),
    result: z.object({ ids: z.array(Id) }),
  },
  /** Lines of a table, from the first on; asked again with `next` until that is null. Columns are fields of rules/conditions.ts. */
  customersCsv: {
    args: z.object({
      attempt: Attempt,
      who: SomeCustomers,
      columns: z.array(z.object({ id: Id, label: z.string().max(200) })).max(200),
      language: z.string().max(35),
      from: z.int().nonnegative(),
    }),
    result: z.object({ text: z.string(), next: z.int().nullable(), total: z.int() }),
  },
  /** A table of customers: its bytes come in order, then it is looked at, checked by the hub, and put in (ipc/import.ts). */
  tableBegin: { args: z.object({ size: z.int().positive() }), result: z.object({ tableId: Id }) },
  tableWrite: {
    args: z.object({ tableId: Id, offset: z.int().nonnegative(), bytes: z.instanceof(Uint8Array) }),
    result: z.null(),
  },
  tableLook: {
    args: z.object({ tableId: Id, reading: TableReading, country: z.string().max(2) }),
    result: TableLook,
  },
  /** Told while it goes on (event `tableProgress`), as is putting in. */
  tableCheck: { args: z.object({ tableId: Id, plan: TablePlan }), result: TableChecked },
  tableWrong: {
    args: z.object({
      tableId: Id,
      plan: TablePlan,
      after: z.int().nonnegative(),
      limit: z.int().min(1).max(5000),
    }),
    result: z.object({ rows: z.array(WrongRow), next: z.int().nullable() }),
  },
  /** `part`: the rows that are right, whatever the others are. */
  tablePutIn: { args: z.object({ tableId: Id, part: z.boolean() }), result: TablePutIn },
  tableDrop: { args: z.object({ tableId: Id }), result: z.null() },
  /** Inboxes, for administrators; the hub answers, nothing is kept here. */
  inboxes: { args: z.object({}), result: Inboxes },
  mailProvider: { args: ProviderQuestion, result: ProviderAnswer },
  /** Tried step by step (event `setUpStep`), and saved when all of it works; the answer is the end of it. */
  mailSetUp: { args: z.object({ attempt: Attempt, wish: MailWish }), result: End },
  mailCheck: { args: z.object({ attempt: Attempt, inboxId: Id }), result: End },
  setUpGiveUp: { args: z.object({ attempt: Attempt }), result: z.null() },
  chatSetUp: { args: ChatWish, result: ChatMade },
  inboxChange: { args: z.object({ inboxId: Id, change: InboxChange }), result: z.null() },
  /** Fetch the items before the desk's coverage. */
  loadOlder: { args: z.object({ conversationId: Id }), result: z.null() },
  /** Forget a refusal that has been read. */
  dismissRefused: { args: z.object({ id: Id }), result: z.null() },
  /** How this desk is, to be handed over: no word of anybody is in it. */
  diagnostics: { args: z.object({}), result: Diagnostics },
  dismissNotice: { args: z.object({}), result: z.null() },
  retryNow: { args: z.object({}), result: z.null() },
  setPreferences: { args: Preferences.partial(), result: z.null() },
  /** What I look at and whether I type, for colleagues. */
  presence: { args: z.object({ conversationId: Id.nullable(), typing: z.boolean() }), result: z.null() },
} as const

export type RequestName = keyof typeof requests
export type RequestArgs<N extends RequestName> = z.infer<(typeof requests)[N]['args']>
export type RequestResult<N extends RequestName> = z.infer<(typeof requests)[N]['result']>

/** One alert as it is told (query `alerts` has all that stand). */
const AlertEvent = z.object({
  id: z.string(),
  kind: AlertKind,
  conversationId: Id,
  customerId: Id,
  customerName: z.string(),
  preview: z.string(),
  channel: Id,
  family: ChannelFamily,
  priority: Priority,
  itemId: Id.nullable(),
  /** The newest entry of the conversation when it was told: what an answer to it has seen. */
  seq: z.int(),
  at: z.int(),
})

/** What the core tells unasked. States come at once on connecting and on every change. */
export const events = {
  /** The core runs: every two seconds, and at once after a sleep. A page that misses it shows nothing as live (S25). */
  beat: z.object({}),
  desk: DeskState,
  sync: SyncState,
  preferences: Preferences,
  presence: z.object({
    agents: z.array(z.object({ agentId: Id, conversationId: Id.nullable(), typing: z.boolean() })),
    customers: z
      .array(z.object({ conversationId: Id, here: z.boolean(), typing: z.boolean() }))
      .max(20)
      .optional(),
  }),
  /** Of an attempt to set up or check a mailbox. */
  setUpStep: z.object({ attempt: Attempt, step: SetUpStep }),
  /** Of a change of many customers. */
  customersChange: z.object({ attempt: Attempt, done: z.int(), total: z.int() }),
  conversationsChange: z.object({ attempt: Attempt, done: z.int(), total: z.int() }),
  tableProgress: TableProgress,
  /** The hub refused something: told once, at the moment; it also stays in the `refused` query. */
  refused: z.object({ id: Id, name: z.string(), code: z.string(), params: z.record(z.string(), z.string()) }),
  /** Customers were erased: whatever a page still holds of them goes. */
  erased: z.object({ customerIds: z.array(Id), conversationIds: z.array(Id) }),
  /** Something that wants attention has just come (query `alerts`): told once, whatever reconnects. */
  arrived: AlertEvent,
  /** So much has come at once, after a night or a dead line, that it is told in one sentence. */
  arrivals: z.object({
    customers: z.int(),
    /** Who has waited longest among them, and since when. */
    longest: z.object({ conversationId: Id, customerId: Id, since: z.int() }).nullable(),
    /** Of the most pressing among them. */
    alert: AlertEvent,
  }),
  /** To be heard now. One page plays it. */
  sound: z.object({ motif: Motif }),
} as const
export type EventName = keyof typeof events
export type EventOf<N extends EventName> = z.infer<(typeof events)[N]>

/** Renderer to core. What is said in one turn travels together, here and back (in-turns.ts): nobody sees half of a change. */
export const ToCore = z.discriminatedUnion('t', [
  z.object({ t: z.literal('request'), id: z.int(), name: z.string(), args: z.unknown() }),
  z.object({ t: z.literal('subscribe'), id: z.int(), query: z.string(), args: z.unknown() }),
  z.object({ t: z.literal('unsubscribe'), id: z.int() }),
])
export type ToCore = z.infer<typeof ToCore>

/** Core to renderer. */
export const ToRenderer = z.discriminatedUnion('t', [
  z.object({ t: z.literal('answer'), id: z.int(), value: z.unknown() }),
  z.object({ t: z.literal('fault'), id: z.int(), fault: Fault }),
  /** The whole result, in order. */
  z.object({ t: z.literal('snapshot'), id: z.int(), rows: z.array(z.unknown()) }),
  /** Changed and new rows by key, keys that went, and the new order of keys where it changed. */
  z.object({
    t: z.literal('difference'),
    id: z.int(),
    put: z.array(z.unknown()),
    drop: z.array(z.string()),
    order: z.array(z.string()).nullable(),
  }),
  z.object({ t: z.literal('event'), name: z.string(), value: z.unknown() }),
])
export type ToRenderer = z.infer<typeof ToRenderer>
