import { z } from 'zod'
import { Id, Instant, Sha256 } from './base.ts'
import { Call } from './call.ts'
import { After } from './draft-after.ts'
import { Basis, HoldReason } from './hold.ts'
import { Score } from './rating.ts'
import { RichText } from './rich-text.ts'

/** A file of an item. The bytes are found by hash, but only through an item one may see (S27). */
export const Attachment = z.object({
  sha256: Sha256,
  name: z.string().max(400),
  type: z.string().max(200),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Shown inside the HTML body, by RFC 2392 Content-ID; null for an ordinary attachment. */
  contentId: z.string().max(400).nullable(),
})
export type Attachment = z.infer<typeof Attachment>

export const Mailbox = z.object({ name: z.string().max(400), address: z.string().max(400) })
export type Mailbox = z.infer<typeof Mailbox>

/** As people write it; `Draft` holds such. */
export function mailboxText({ name, address }: Mailbox): string {
  const text = name ? `${name} <${address}>` : address
  return text.length <= 400 ? text : address
}

/** Why an attempt to send did not succeed, as far as the other side said. */
export const DeliveryReason = z.object({
  kind: z.enum([
    'refused', // a permanent answer, for instance SMTP 5xx
    'try-later', // a temporary answer, for instance SMTP 4xx
    'unreachable', // no connection
    'no-answer', // the connection ended after the message had been handed over
    'not-configured', // the inbox has no way out
    'bounced', // accepted first, returned later
    'too-large',
    'interrupted', // the hub died, or was restored from a backup, during an attempt
  ]),
  /** The other side's words, shown as a quotation. */
  detail: z.string().max(1000),
})
export type DeliveryReason = z.infer<typeof DeliveryReason>

export const DeliveryState = z.enum([
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
  'held',
  'discarded',
])
export type DeliveryState = z.infer<typeof DeliveryState>

/** Where an outgoing message is on its way (S18). `uncertain` is never repeated without a person. */
export const Delivery = z.object({
  state: DeliveryState,
  at: Instant,
  attempts: z.int().nonnegative(),
  reason: DeliveryReason.nullable(),
  retryable: z.boolean(),
  /** The next attempt by itself; null when none is planned. */
  nextAttemptAt: Instant.nullable(),
  /**
   * It waits for a time: one that its author chose, or the end of the moment in which they may take it back (`undo`). Gone once it has
   * been let go. Whoever does not know of it goes by `nextAttemptAt`.
   */
  later: z.object({ at: Instant, undo: z.literal(true).optional() }).optional(),
  recipients: z
    .array(
      z.object({
        address: z.string().max(400),
        state: z.enum(['queued', 'sent', 'delivered', 'read', 'failed', 'uncertain']),
        reason: DeliveryReason.nullable(),
      }),
    )
    .max(300),
})
export type Delivery = z.infer<typeof Delivery>

/** An event in a mail (RFC 5545), as it was written. */
export const MailEvent = z.object({
  method: z.enum(['invitation', 'cancel', 'reply']),
  summary: z.string().max(300),
  /** `2026-11-23 10:00`, or `2026-11-23` for a day; empty: it does not say. In `zone`. */
  start: z.string().max(20),
  end: z.string().max(20),
  /** The zone's name as it stands there; empty: wherever one is. */
  zone: z.string().max(100),
  location: z.string().max(300),
  organizer: z.string().max(200),
})
export type MailEvent = z.infer<typeof MailEvent>

/** What only mail has. */
export const Mail = z.object({
  /** Without angle brackets. */
  messageId: z.string().max(1000),
  inReplyTo: z.string().max(1000),
  references: z.array(z.string().max(1000)).max(100),
  from: Mailbox.nullable(),
  to: z.array(Mailbox).max(500),
  cc: z.array(Mailbox).max(500),
  /** Who gets it as well without the others knowing: in no header of what leaves. Absent: nobody. */
  bcc: z.array(Mailbox).max(100).optional(),
  /** The original as it came, in the hub's BlobStore; null for what we send. */
  raw: Sha256.nullable(),
  /** Recognised machines: an automatic answer, a report that a message came back, a list. */
  automatic: z.enum(['no', 'auto-reply', 'bounce', 'list']),
  /** What could not be read. */
  problems: z.array(z.string().max(100)).max(50),
  /** By its form; nothing was proven. Absent: none. */
  protection: z.enum(['smime-signed', 'smime-encrypted', 'pgp-signed', 'pgp-encrypted']).optional(),
  /** What the receiving mail server found out about the From, where one is trusted (DMARC). Absent: nobody says. */
  sender: z.enum(['verified', 'unverified']).optional(),
  /** Invitations in it. */
  events: z.array(MailEvent).max(10).optional(),
  /** The item that is passed on to others with this one. It answers nobody, and begins a thread of its own. */
  forwards: Id.optional(),
  /** It belongs to a conversation beside this one, with somebody who is not the customer: the item that began it. */
  side: Id.optional(),
  /** It answers something that was forwarded: the words of somebody who was asked, never the customer's. */
  aside: z.literal(true).optional(),
})
export type Mail = z.infer<typeof Mail>

export const Author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), identityId: Id }),
  z.object({ kind: z.literal('agent'), agentId: Id }),
  z.object({ kind: z.literal('system') }),
])
export type Author = z.infer<typeof Author>

/** Something that happened to a conversation, told in one line. */
export const ItemEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assigned'), agentId: Id }),
  z.object({ kind: z.literal('unassigned') }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('reopened') }),
  z.object({ kind: z.literal('snoozed'), until: Instant }),
  z.object({ kind: z.literal('woke') }),
  /** A supervisor made this agent's held reply their own. */
  z.object({ kind: z.literal('taken-over'), agentId: Id }),
  /** This conversation's customer and this one are one person (S26), or no longer. */
  z.object({ kind: z.literal('merged'), customerId: Id }),
  z.object({ kind: z.literal('unmerged'), customerId: Id }),
])
export type ItemEvent = z.infer<typeof ItemEvent>

/** One entry in a timeline. */
export const Item = z.object({
  id: Id,
  conversationId: Id,
  customerId: Id,
  inboxId: Id,
  channel: Id,
  kind: z.enum(['message', 'note', 'event']),
  direction: z.enum(['in', 'out', 'internal']),
  /** Order within the conversation (S23). */
  seq: z.int().nonnegative(),
  /** When the hub took it in, by the hub's clock; for imported history the provider's time. */
  at: Instant,
  /** When it was written, by the writer's clock. Shown when it differs from `at`. */
  writtenAt: Instant,
  author: Author,
  subject: z.string().max(1000),
  text: z.string().max(1_000_000),
  /** The same words with their formatting; `text` is its plain form. Only of what an agent wrote. */
  rich: RichText.optional(),
  /** The part of the text that repeats earlier messages, or is passed on with this one; folded by the renderer. */
  quoted: z.string().max(1_000_000),
  /** As it came; sanitised where it is shown. Null: plain text only, or too large (then among the attachments). */
  html: z.string().max(2_000_000).nullable(),
  attachments: z.array(Attachment).max(500),
  mail: Mail.nullable(),
  /** A call; absent: it is none. */
  call: Call.optional(),
  /** On a network where all can read some things: said for everybody, below this post of ours. Absent: between two. */
  comment: z.object({ post: z.string().max(300), url: z.string().max(2000) }).optional(),
  delivery: Delivery.nullable(),
  /** Of an outgoing reply: what its author had seen. */
  basis: Basis.nullable(),
  /** Of a held reply: why. */
  holdReasons: z.array(HoldReason).max(20),
  event: ItemEvent.nullable(),
  /** Of a note: the colleagues it names. Absent: nobody. */
  mentions: z.array(Id).max(50).optional(),
  /** Of a note: it is an answer that is still being written, by whom, with which pen (`Draft.shared`). One that was sent or is no longer shared is gone. */
  draft: z
    .object({
      writerId: Id,
      pen: Id,
      cc: z.array(z.string().max(400)).max(100),
      bcc: z.array(z.string().max(400)).max(100),
      after: After.optional(),
      /** When it was last written, by its writer's clock. */
      at: Instant,
    })
    .optional(),
  /** Whoever wrote it was erased: it holds a place, and nothing else. */
  erased: z.literal(true).optional(),
  /** Of an event: what the customer thought of the conversation; `text` is what they wrote to it. */
  score: Score.optional(),
  /** Of an event: the conversation was handed over by this one's author; `text` is what they had to say about it. */
  handover: z.literal(true).optional(),
  /** Of an event: the conversation was sent by mail, to whom, in which language and zone. */
  transcript: z.object({ to: Mailbox, locale: z.string().max(35), timeZone: z.string().max(60) }).optional(),
})
export type Item = z.infer<typeof Item>
