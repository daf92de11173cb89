/**
 * What the widget and the hub say to each other over one websocket, as JSON text, one message a frame. Both sides parse what
 * they hear by these schemas: a visitor's browser is as untrusted to the hub as the hub's answers are to a page.
 *
 * C1 A message of the visitor has an id made by the widget. It is kept in the browser until `said` names it, and said again
 *    after every reconnect, by any tab; the hub takes it once (S19).
 * C2 What the hub shows has an id and a place (conversation, seq). The widget merges by id, so hearing a message twice changes
 *    nothing. `cursors` in the hello ask only for what may be new: above a cursor, as `settled` gave it.
 * C3 `got` says how far this browser has received and shown what was answered; the hub's delivery states follow it (S18).
 * C4 Typing is ephemeral (S24): it ends by itself, and leaves no row.
 *
 * `v` is raised when an old widget could no longer understand. A widget that is too old is told `outdated` and loads anew.
 */
import * as z from 'zod/mini'

export const chatVersion = 1
/** Bytes of one frame from a visitor. */
export const frameBytes = 64 * 1024
/** Letters of one message. */
export const textLetters = 10_000
/** Letters of what somebody writes to how it was. */
export const ratingLetters = 1_000

const text = (most: number) => z.string().check(z.maxLength(most))
const Seq = z.int().check(z.gte(0))
/** From 1, very bad, to 5, very good. */
const Score = z.int().check(z.gte(1), z.lte(5))
/** A conversation as the widget knows it: opaque. */
const Conversation = text(120)

/** Made once in a browser, by its random source: 256 bits. The hub keeps and shows only a hash of it. */
export const VisitorSecret = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
/** Made by the widget for each message: a UUID. */
export const MessageId = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))

/** Looks like a mail address, and can stand in a header. Proves nothing. */
export const mailForm =
  /^[^\s@<>()[\],;:\\"\p{Cc}]{1,64}@[^\s@<>()[\],;:\\"\p{Cc}]+\.[^\s@<>()[\],;:\\"\p{Cc}]{2,}$/u
const MailAddress = text(320).check(z.regex(mailForm))

/** Where the visitor is, as their browser tells it: shown to the agent as what it is, a claim. */
export const Whereabouts = z.object({
  page: text(2000),
  title: text(300),
  locale: text(35),
  timeZone: text(60),
})
export type Whereabouts = z.infer<typeof Whereabouts>

/** Who asks, and in which inbox. */
const credentials = {
  inbox: text(120),
  secret: VisitorSecret,
  /** Signed by the host site: who this is (see token.ts). */
  token: z.optional(text(4000)),
}
const Credentials = z.object(credentials)
export type Credentials = z.infer<typeof Credentials>

const HelloUp = z.object({
  t: z.literal('hello'),
  v: z.int(),
  ...credentials,
  cursors: z.array(z.object({ conversation: Conversation, seq: Seq })).check(z.maxLength(10)),
  at: Whereabouts,
})

const SayUp = z.object({
  t: z.literal('say'),
  id: MessageId,
  text: text(textLetters),
  writtenAt: Seq,
  /** Typed before the chat or into the mail form. Proves nothing (quality.md, Identity). */
  name: text(200),
  email: text(320),
  /** Written while nobody was there, into the mail form. */
  form: z.boolean(),
  at: Whereabouts,
})
export type Say = z.infer<typeof SayUp>

/** Head of `POST file`: one line, then the bytes of the file. Its words may be empty. */
export const FileSay = z.object({
  ...credentials,
  say: SayUp,
  name: text(400).check(z.minLength(1)),
  /** What it goes with, by the id that was `said` to have been `mailed`. Absent: it is a message of its own. */
  letter: z.optional(MessageId),
})
export type FileSay = z.infer<typeof FileSay>
/** Body of `POST file/of`. */
export const FileAsk = z.object({
  ...credentials,
  item: text(120),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
})

export const Up = z.discriminatedUnion('t', [
  HelloUp,
  SayUp,
  z.object({ t: z.literal('typing'), on: z.boolean() }),
  z.object({ t: z.literal('got'), conversation: Conversation, seq: Seq, read: z.boolean() }),
  /** The conversation by mail, to an address that was typed; one answer, `transcript`, with the same id. */
  z.object({ t: z.literal('transcript'), id: MessageId, email: MailAddress, at: Whereabouts }),
  /** What they think of a conversation that is over; answered by `rated` with the same id. Said again it replaces what was said. */
  z.object({
    t: z.literal('rate'),
    id: MessageId,
    conversation: Conversation,
    score: Score,
    words: text(ratingLetters),
  }),
  /** Is anybody there? Answered by `beat`. */
  z.object({ t: z.literal('beat') }),
])
export type Up = z.infer<typeof Up>
export type Hello = z.infer<typeof HelloUp>

export const ChatFile = z.object({ sha256: text(64), name: text(400), type: text(200), size: Seq })
export type ChatFile = z.infer<typeof ChatFile>

export const Message = z.object({
  id: text(120),
  /** Of the visitor's own messages: the id their widget made. */
  said: z.nullable(text(60)),
  conversation: Conversation,
  seq: Seq,
  at: Seq,
  /** Who answered, by the name customers are told; empty for the visitor's own. */
  author: text(200),
  text: z.string(),
  files: z.optional(z.array(ChatFile)),
})
export type Message = z.infer<typeof Message>

/** `asked`: it is on its way; `later`: too often; `nothing`: nobody has answered yet; `no-way`: there is no inbox to send it. */
export const TranscriptOutcome = z.enum(['asked', 'later', 'nothing', 'no-way'])
export type TranscriptOutcome = z.infer<typeof TranscriptOutcome>

const Place = z.object({ conversation: Conversation, seq: Seq })

export const Down = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('welcome'),
    v: z.int(),
    /** Known by a token, under this name; null: a visitor. */
    known: z.nullable(text(200)),
    attended: z.boolean(),
  }),
  z.object({ t: z.literal('messages'), messages: z.array(Message), settled: z.array(Place) }),
  /** The hub has it. `mailed`: as a letter from this address, which is answered by mail; the chat does not show it. */
  z.object({ t: z.literal('said'), id: MessageId, mailed: z.optional(text(320)) }),
  /** Never taken as it is. What may be taken later ends in `bye`, so that nothing written after it overtakes it. */
  z.object({ t: z.literal('unsaid'), id: MessageId }),
  /** Agents have read up to here. */
  z.object({ t: z.literal('read'), conversation: Conversation, seq: Seq }),
  /** Who types an answer; null: nobody any more. */
  z.object({ t: z.literal('typing'), author: z.nullable(text(200)) }),
  z.object({ t: z.literal('attended'), on: z.boolean() }),
  z.object({ t: z.literal('transcript'), id: MessageId, outcome: TranscriptOutcome }),
  z.object({ t: z.literal('rated'), id: MessageId }),
  /** Whether the newest conversation is over and may be rated, and how it was. Comes again whenever that changes. */
  z.object({ t: z.literal('end'), conversation: Conversation, over: z.boolean(), score: z.nullable(Score) }),
  z.object({ t: z.literal('beat') }),
  /** The connection ends. `again`: milliseconds to wait before the next one; null: do not come again. */
  z.object({
    t: z.literal('bye'),
    why: z.enum(['closing', 'busy', 'no-inbox', 'not-allowed', 'bad-token', 'outdated', 'not-understood']),
    again: z.nullable(Seq),
  }),
])
export type Down = z.infer<typeof Down>

/** What a page may know of an inbox before anybody writes: `GET config?inbox=…`. */
export const PublicSettings = z.object({
  v: z.int(),
  name: text(200),
  title: z.object({ en: text(80), zh: text(80) }),
  greeting: z.nullable(z.object({ en: text(300), zh: text(300), afterSeconds: Seq })),
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  theme: z.enum(['auto', 'light', 'dark']),
  side: z.enum(['right', 'left']),
  form: z.object({
    name: z.enum(['no', 'optional', 'required']),
    email: z.enum(['no', 'optional', 'required']),
  }),
  attended: z.boolean(),
  /** Whether there is an inbox that answers and sends transcripts by mail; absent: no. */
  mail: z.optional(z.boolean()),
  /** What a visitor may send; absent or null: nothing. Endings as `.png`. */
  files: z.optional(z.nullable(z.object({ bytes: Seq, endings: z.array(text(20)) }))),
})
export type PublicSettings = z.infer<typeof PublicSettings>

/** A frame by its schema; null when it is none. */
export function read<T>(schema: z.ZodMiniType<T>, frame: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(frame))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
