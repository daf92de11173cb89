import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Call } from '#shared/model/call.ts'
import type { Channel as Manifest } from '#shared/model/channel.ts'
import type { Visit } from '#shared/model/conversation.ts'
import type { Attachment, DeliveryReason, Item, Mail, Mailbox } from '#shared/model/item.ts'
import type { RichText } from '#shared/model/rich-text.ts'

/**
 * What a channel is to the hub: a manifest as data, a way in, a way out, and the schema of its settings. A channel is one
 * folder beside this file and a line in index.ts; it keeps no rows, asks for nothing it is not handed, and never imports
 * another channel.
 */
export type Channel<Settings = unknown> = {
  /** Travels to the desks as a row of `workspace`. */
  manifest: Manifest
  /** Of an inbox of this channel; secrets included, therefore never on a desk. */
  settings: z.ZodType<Settings>
  /** Starts taking messages in. Rejects when it cannot start (for instance: the port is taken). */
  receive(host: ReceiveHost, options: ReceiveOptions): Promise<Receiver>
  /**
   * One attempt. Never rejects for what the outside world does: the outcome is data, one entry for each address of
   * `outgoing.attempt`. The caller has recorded the attempt before (S18).
   */
  send(outgoing: Outgoing, account: Account<Settings>): Promise<SendOutcome>
  /**
   * Sending the same item twice is sending it once: an attempt that was interrupted is simply made again (S18, proof by an
   * idempotency key). Without it nobody knows whether the message left.
   */
  repeatable?: true
  /** The conversation an inbound message belongs to, null for a new one. Asks, and never writes. */
  conversationOf(inbound: Inbound, lookup: ConversationLookup): Promise<string | null>
  /** The address of the inbox for mail that sends its conversations by mail, empty: the first one. Without it they are not sent. */
  transcriptsBy?(settings: Settings): string
  /**
   * Keeps a copy of what was sent where the provider keeps such copies (a mailbox's Sent folder), once, however often it is
   * asked. A job of its own after `send`: whatever becomes of it, the message was sent.
   */
  file?(outgoing: Outgoing, account: Account<Settings>): Promise<Filed>
}

export type Filed =
  /** `nothing`: this account keeps no copies by us. */
  { kind: 'filed' | 'there-already' | 'nothing' } | { kind: 'failed'; retryable: boolean; detail: string }

/** An inbox as its channel sees it: the row's fields that matter here, and its settings, already parsed. */
export type Account<Settings = unknown> = {
  id: string
  channel: string
  name: string
  address: string
  signature: string
  settings: Settings
  /** Keeps settings that the provider changed by itself: a refresh token for a new one. */
  saveSettings?(settings: Settings): Promise<void>
}

// ---------------------------------------------------------------------------------------------------------------- in

export type ReceiveHost = {
  /** The active inbox of this channel with exactly this address (lower case), if there is one. */
  inboxByAddress(address: string): Promise<Account | null>
  /**
   * The active inbox for mail with this address, or the first one for an empty word: for what came here and is answered there.
   */
  mailbox(address: string): Promise<MailboxOfHub | null>
  /**
   * Stores the message in one transaction, idempotent by (inboxId, key) (S19). Resolves after the commit. The channel
   * says "got it" to the provider only on `ok`.
   */
  deliver(inbound: Inbound): Promise<Delivered>
  /** For the hub's log: ids and kinds, never content. */
  report(event: { kind: string; detail: string }): void
  /** For channels that hold connections; undefined where the hub keeps nothing about them. */
  held?: HeldHost | undefined
}

/** An inbox of another channel, without its settings: those are for its own channel. */
export type MailboxOfHub = Pick<Account, 'id' | 'channel' | 'name' | 'address'>

/** Connections of which one hub holds each (S20). */
export type HeldHost = {
  /** The active inboxes of this channel now, settings included. Those that cannot be opened are left out, and reported. */
  accounts(): Promise<Account[]>
  /** This hub's turn at an inbox: its fence, prolonged by asking again; null: another hub has it. */
  lease(inboxId: string, milliseconds: number): Promise<number | null>
  release(inboxId: string): Promise<void>
  note(inboxId: string, name: string): Promise<unknown>
  /** False: another hub has taken over, stop. */
  putNote(inboxId: string, name: string, doc: object, fence: number): Promise<boolean>
  now(): number
}

export type ReceiveOptions = {
  /** Where to listen, for channels that listen. Port 0 picks a free one. */
  listen?: { host: string; port: number } | undefined
  /** For channels whose customers come to the hub itself. */
  threads?: Threads | undefined
}

export type Receiver = {
  /** Where it listens; null for a channel that calls out. */
  address: { host: string; port: number } | null
  /** What it answers at the hub's own address, below `/v1/channels/<id>/`. */
  door?: Door
  /** Stops taking in, waits for what is under way. */
  close(): Promise<void>
}

export type Delivered =
  | { ok: true; duplicate: boolean }
  /** `retryable`: the provider shall bring it again (SMTP 451); otherwise it is told no (554). */
  | { ok: false; retryable: boolean; detail: string }

/** Everything the hub needs to make or find customer, identity and conversation, and to write the item. */
export type Inbound = {
  inboxId: string
  channel: string
  /** The provider's id of this message, unique in the inbox, at most 200 characters (S19). For mail: see `deliveryKey`. */
  key: string
  /**
   * For a message that may come another way as well, its bytes changed by what was added there: the name of what came this way, and
   * those by which it is known to have come already. Null or undefined: there is none that is safe.
   */
  copy?: { name: string; others: string[] } | null
  /**
   * No message of its own: its files go with the one that came to this inbox under this key, as long as they are no more than `most`
   * with those that are there. Where it has not come yet, this is to be brought again.
   */
  addTo?: { key: string; most: number } | undefined
  /** From before the account was connected, and when the provider got it: nobody waits for an answer, nobody is told. */
  history?: { at: number } | null
  /** Who wrote. The address is normalised for comparison and never empty. */
  identity: {
    channel: string
    address: string
    name: string
    /** What to call a customer who has no name yet; the address when absent. */
    callName?: string | undefined
    /** Proven, not claimed, to be the same person: a new identity joins the customer who has this one. */
    sameAs?: { channel: string; address: string } | undefined
  }
  /** The item's id where the channel can name it, so that whoever wrote knows it again; otherwise the hub makes one. */
  itemId?: string | undefined
  /** Where it was written, for channels that know. */
  visit?: Visit | undefined
  /** By the writer's clock, milliseconds; null when it does not say. */
  writtenAt: number | null
  subject: string
  /** The writer's own words, readable. */
  text: string
  /** What repeats earlier messages. `text` + `quoted` is all there was. */
  quoted: string
  /** As it came, unsanitised; null: there was none, or it is too large and stands among the attachments. */
  html: string | null
  attachments: InboundAttachment[]
  /** The original bytes; `mail.raw` is their SHA-256. Null for channels without an original worth keeping. */
  raw: Uint8Array | null
  mail: Mail | null
  /** It was a call, or said below a post for everybody; absent: neither. */
  call?: Call | undefined
  comment?: Item['comment']
  /** Clues to the conversation, for `conversationOf`. */
  thread: ThreadClues
  /**
   * The outgoing item this message claims to be: our own mail has come back. Where the hub holds that item it makes no
   * new one; otherwise the claim is false and it is a message like any other.
   */
  ownItemId: string | null
  /** A provider's word about messages we sent: a bounce, a delay, a receipt. Null when it is none. */
  deliveryReport: DeliveryReport | null
}

export type InboundAttachment = Attachment & { bytes: Uint8Array }

export type ThreadClues = {
  /** Provider's ids of the messages it answers, nearest first. For mail: Message-IDs without angle brackets. */
  ids: string[]
  /** Outgoing items that it answers, read from our own Message-IDs among `ids`, nearest first. */
  itemIds: string[]
  /** What to compare where there are no ids; null: do not go by the subject. */
  subjectKey: string | null
}

export type DeliveryReport = {
  /** Provider's id of the message reported on, null when the report does not say. */
  messageId: string | null
  /** The outgoing item, when that id is one of ours. */
  itemId: string | null
  recipients: {
    address: string
    state: 'failed' | 'delayed' | 'delivered'
    /** RFC 3463, for instance `5.1.1`; empty when unknown. */
    status: string
    detail: string
  }[]
}

/** Answered by the hub from its rows, inside the transaction that will write the item. */
export type ConversationLookup = {
  /** The conversation in this inbox of the first of these that is known: a provider's id, or an item's id. */
  byMessage(inboxId: string, ids: string[], itemIds: string[]): Promise<string | null>
  /**
   * The conversation in this inbox with that identity, with the latest activity at or after `since` (milliseconds),
   * whose subject has this key by `subjectKey` of the channel's threading. One that is not closed counts from `openSince`
   * on, when that is given.
   */
  bySubject(
    inboxId: string,
    address: string,
    subjectKey: string,
    since: number,
    openSince?: number,
  ): Promise<string | null>
  /** The hub's clock. */
  now: number
}

// ----------------------------------------------------------------------------------- customers who come to the hub

/** What a channel answers at the hub's own address: pages for customers, calls of providers. */
export type Door = {
  request(request: DoorRequest): Promise<DoorAnswer>
  /** Somebody opened a websocket. Null where there are none. */
  socket: ((socket: DoorSocket, request: DoorRequest) => void) | null
}

export type DoorRequest = {
  method: string
  /** Below `/v1/channels/<id>/`, without a slash in front. */
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  /** Reads what came with it, when so many bytes are enough for it; null: there is more. Rejects when the other side goes. */
  body(most: number): Promise<Buffer | null>
  /** Where it comes from, proxies of this machine looked through. */
  from: string
}

export type DoorAnswer = {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array | Readable
}

export type DoorSocket = {
  send(text: string): void
  /** Bytes that the other side has not taken yet. */
  waiting(): number
  onText(hear: (text: string) => void): void
  onClose(hear: () => void): void
  close(code: number): void
}

/** What customers may be shown of their own conversations, as they are and as they change. Notes and events never are. */
export type Threads = {
  /** Whether an agent who may answer in this inbox is connected, or was a moment ago. */
  attended(inboxId: string): boolean
  /**
   * Tells what somebody may see from now on: first their messages above the cursors, then every change. What is told
   * twice says the same.
   */
  follow(
    place: ThreadPlace,
    cursors: readonly ThreadCursor[],
    tell: (news: ThreadNews) => void,
  ): Promise<ThreadFollower>
  /** A file of a message that this customer is shown. Null: there is none for them, whatever else there is (S27). */
  file(place: ThreadPlace, itemId: string, sha256: string): Promise<ThreadFile | null>
  /**
   * Sends them their newest conversation by mail, once for each `id`. `nothing`: nobody has answered in it, so there is nothing
   * to send; that also keeps strangers from sending their own words through us.
   */
  transcript(place: ThreadPlace, asked: TranscriptAsked): Promise<'asked' | 'nothing'>
  /** They say what they thought of one of their conversations. How it stands now; null: it is none of theirs. */
  rate(place: ThreadPlace, rated: Rated): Promise<ThreadEnd | null>
}

/** Whose conversations: an address on a channel, in one inbox. */
export type ThreadPlace = { inboxId: string; channel: string; address: string }

export type TranscriptAsked = {
  /** The same asked for again is sent once. */
  id: string
  mailbox: MailboxOfHub
  to: Mailbox
  /** BCP 47 and IANA names, as the visitor's browser says. */
  locale: string
  timeZone: string
  /** The agent who sends it; absent: the customer asked for it. */
  by?: string | undefined
}

/** `score` is 1 to 5. */
export type Rated = { conversationId: string; score: number; words: string }

/** Whether a conversation is over and may be rated, and how this ending of it was. */
export type ThreadEnd = { conversationId: string; over: boolean; score: number | null }

export type ThreadFile = { name: string; type: string; size: number; read(): Readable }

export type ThreadFollower = {
  /** The customer types, or does no longer. Ends by itself (S24). */
  typing(on: boolean): void
  /** They have received, or read, what was answered up to here (S18). */
  seen(conversationId: string, seq: number, read: boolean): Promise<void>
  stop(): void
}

export type ThreadCursor = { conversationId: string; seq: number }

export type ThreadMessage = {
  itemId: string
  conversationId: string
  seq: number
  at: number
  direction: 'in' | 'out'
  /** Name of the agent; empty for the customer's own. */
  author: string
  text: string
  files: Attachment[]
}

export type ThreadNews =
  | { kind: 'messages'; messages: ThreadMessage[]; settled: ThreadCursor[] }
  /** Agents have read the customer's messages up to here. */
  | { kind: 'read'; conversationId: string; seq: number }
  | { kind: 'typing'; author: string | null }
  | { kind: 'attended'; on: boolean }
  /** Of their newest conversation. */
  | ({ kind: 'end' } & ThreadEnd)

// --------------------------------------------------------------------------------------------------------------- out

/** One outgoing item, ready for its channel. */
export type Outgoing = {
  itemId: string
  /** When it was written, milliseconds. */
  writtenAt: number
  /** Shown beside the inbox's address as the sender; empty: the inbox's name. */
  authorName: string
  to: Mailbox[]
  cc: Mailbox[]
  bcc: Mailbox[]
  /** Addresses of this attempt: those of to, cc and bcc that have not got it yet (delivery is per recipient, S17). */
  attempt: string[]
  subject: string
  text: string
  /** The same words with their formatting, for channels that carry it. */
  rich?: RichText | undefined
  /** The provider's id of the message it answers, and those before it, oldest first. */
  inReplyTo: string | null
  references: string[]
  attachments: OutgoingAttachment[]
  /** The message it answers, repeated below the signature. */
  quoted: { from: Mailbox; at: number; text: string } | null
  /** What is passed on, below the signature. Then it answers nothing. */
  forwarded?: Forwarded | undefined
  /** Written by a machine: marked so that other machines do not answer (RFC 3834). */
  automatic: boolean
}

/** Another message, as it goes along. */
export type Forwarded = {
  /** Whose it was, when, to whom: the lines above it. */
  head: string
  /** Its words, and what they repeated. */
  text: string
  /** As it came, unsanitised; null: it was plain. */
  html: string | null
  /** Of a mail of ours with pictures in its words. */
  rich?: RichText | undefined
  /** What the HTML or the words show by Content-ID. */
  inline: OutgoingAttachment[]
}

export type OutgoingAttachment = { name: string; type: string; contentId: string | null } & (
  | { bytes: Uint8Array }
  | { path: string }
)

export type RecipientOutcome =
  | { address: string; state: 'sent' }
  /** Certainly not taken; `retryable`: the same attempt may succeed later. */
  | { address: string; state: 'failed'; reason: DeliveryReason; retryable: boolean }
  /** It was handed over and no answer came. Never repeated by itself (S18, I2). */
  | { address: string; state: 'uncertain'; reason: DeliveryReason }

export type SendOutcome = {
  /** The provider's id of what was sent, by which answers and bounces find it. For mail without angle brackets. */
  messageId: string
  recipients: RecipientOutcome[]
  /** The channel keeps copies of what was sent (`Channel.file`), and has one to make of this. */
  file?: boolean
}
