import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Fault } from './fault.ts'

/**
 * Setting up inboxes from a desk: for administrators, whom the hub knows. Secrets go up once and never come down.
 *
 * GET  /v1/inboxes                              Bearer -> Inboxes
 * POST /v1/inboxes/provider   ProviderQuestion  Bearer -> ProviderAnswer
 * POST /v1/inboxes/mail       MailWish          Bearer -> lines of JSON, each a SetUpStep; the last one is an end
 * POST /v1/inboxes/chat       ChatWish          Bearer -> ChatMade
 * POST /v1/inboxes/:id        InboxChange       Bearer -> 204
 * POST /v1/inboxes/:id/check                    Bearer -> as for mail; nothing is saved
 *
 * An empty line is a sign of life. Who hangs up gives the attempt up.
 */

/** What can be wrong with a mail account, as a kind that somebody can act upon. */
export const MailTroubleKind = z.enum([
  'wrong-password',
  'app-password',
  'sign-in-again',
  'oauth-refused',
  'imap-off',
  'unsafe-login',
  'no-such-host',
  'no-route',
  'certificate',
  'no-tls',
  'not-a-mail-server',
  'too-many',
  'no-folder',
  'silent',
  'closed',
  'other',
])
export type MailTroubleKind = z.infer<typeof MailTroubleKind>

/** `detail` is the server's own sentence, to be shown as a quotation. */
export const MailTrouble = z.object({ kind: MailTroubleKind, detail: z.string().max(500) })
export type MailTrouble = z.infer<typeof MailTrouble>

const Said = (most: number) => z.object({ en: z.string().max(most), zh: z.string().max(most) })

// -------------------------------------------------------------------------------------------------------------- mail

/** `none` talks in the clear: only to the hub's own machine. */
export const MailServer = z.object({
  host: z.string().trim().min(1).max(255),
  port: z.int().min(1).max(65535),
  security: z.enum(['tls', 'starttls', 'none']),
})
export type MailServer = z.infer<typeof MailServer>

/** What is known about who keeps a mailbox. */
export const Provider = z.object({
  id: z.string().max(60),
  name: z.string().max(100),
  imap: MailServer,
  smtp: MailServer,
  /** What it takes: the password of the web page, one made for apps, or no password at all. */
  login: z.enum(['password', 'app-password', 'oauth']),
  /** One signs in at its own page, by a word typed there (RFC 8628). */
  signIn: z.boolean(),
  /** Where one has to go first. */
  hint: Said(1000),
})
export type Provider = z.infer<typeof Provider>

const Address = z.email().max(320).toLowerCase()
export const ProviderQuestion = z.object({ address: z.string().trim().pipe(Address) })
export const ProviderAnswer = z.object({ provider: Provider.nullable() })

/** How a mailbox shall be. What is absent is as it was, or as its provider wants it. */
export const MailWish = z.object({
  /** Null: a new one. */
  inboxId: Id.nullable(),
  address: z.string().trim().pipe(Address),
  name: z.string().trim().max(200).optional(),
  signature: z.string().max(4000).optional(),
  imap: MailServer.optional(),
  smtp: MailServer.optional(),
  /** The login, where it is not the address. */
  user: z.string().trim().max(320).optional(),
  password: z.string().min(1).max(1000).optional(),
  /** Sign in at the provider's page, with this app of one's own. */
  signIn: z.object({ clientId: z.string().trim().min(1).max(500) }).optional(),
  folders: z.array(z.string().trim().min(1).max(500)).min(1).max(20).optional(),
  historyDays: z.int().min(0).max(3650).optional(),
  markSeen: z.boolean().optional(),
})
export type MailWish = z.infer<typeof MailWish>

export const stepNames = ['sign-in', 'imap-login', 'imap-folders', 'imap-idle', 'smtp-login', 'save'] as const
export const StepName = z.enum(stepNames)
export type StepName = z.infer<typeof StepName>

/** A mailbox is tried before it is saved, and each step is told as it begins and ends. */
export const SetUpStep = z.discriminatedUnion('t', [
  z.object({ t: z.literal('begun'), step: StepName, server: z.string().max(300).optional() }),
  z.object({
    t: z.literal('done'),
    step: StepName,
    /** `imap-folders`: mails that are there. */
    messages: z.int().optional(),
    /** `imap-idle`: whether the server tells of new mail by itself; otherwise it is asked every minute. */
    idle: z.boolean().optional(),
  }),
  z.object({ t: z.literal('failed'), step: StepName, trouble: MailTrouble }),
  /** Open this page and type this word there; then it goes on. */
  z.object({
    t: z.literal('word'),
    address: z.url({ protocol: /^https?$/ }).max(1000),
    word: z.string().max(100),
  }),
  /** An end: all is well, and saved where that was asked. */
  z.object({ t: z.literal('ready'), inboxId: Id }),
  /** An end: a step failed, nothing was changed. */
  z.object({ t: z.literal('unchanged'), hint: Said(1000).nullable() }),
  /** An end: it could not even be tried, nothing was changed. */
  z.object({ t: z.literal('fault'), fault: Fault }),
])
export type SetUpStep = z.infer<typeof SetUpStep>
export type SetUpEnd = Extract<SetUpStep, { t: 'ready' | 'unchanged' | 'fault' }>

export const isEnd = (step: SetUpStep): step is SetUpEnd =>
  step.t === 'ready' || step.t === 'unchanged' || step.t === 'fault'

/** A watched folder, as the hub that holds it last said. Instants are milliseconds by the hub's clock. */
export const FolderState = z.object({
  folder: z.string().max(500),
  /** Null: not connected now. */
  connectedSince: z.int().nullable(),
  lastMailAt: z.int().nullable(),
  /** Mails that could not be taken in. */
  troubled: z.int(),
  trouble: MailTrouble.nullable(),
})
export type FolderState = z.infer<typeof FolderState>

export const MailReport = z.object({
  kind: z.literal('mail'),
  /** Null: mail comes to the hub's own SMTP port. */
  imap: MailServer.extend({
    user: z.string().max(320),
    folders: z.array(z.string().max(500)).max(20),
    historyDays: z.int(),
    markSeen: z.boolean(),
  }).nullable(),
  /** Null: nothing can be sent. */
  smtp: MailServer.nullable(),
  login: z.enum(['password', 'sign-in', 'none']),
  folders: z.array(FolderState).max(20),
})
export type MailReport = z.infer<typeof MailReport>

// -------------------------------------------------------------------------------------------------------------- chat

const Need = z.enum(['no', 'optional', 'required'])

/** What a site's visitors see and may do. */
export const ChatLook = z.object({
  title: Said(80),
  greeting: Said(300)
    .extend({ afterSeconds: z.int().min(0).max(3600) })
    .nullable(),
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  theme: z.enum(['auto', 'light', 'dark']),
  side: z.enum(['right', 'left']),
  form: z.object({ name: Need, email: Need }),
  /** Sites that may show it, as `https://www.example.com`; none: every site. */
  origins: z.array(z.string().max(300)).max(50),
  /** Whether they may send files. Absent: nobody says. */
  files: z.boolean().optional(),
  /** Whether they are asked how it was, when a conversation is closed. Absent: nobody says. */
  survey: z.boolean().optional(),
  /** The inbox for mail that takes what is left while nobody is there, and sends transcripts. Empty: the first one. */
  mailbox: z.string().trim().max(320).optional(),
})
export type ChatLook = z.infer<typeof ChatLook>

/** How a chat shall be. */
export const ChatWish = ChatLook.partial().extend({
  /** Null: a new one. */
  inboxId: Id.nullable(),
  name: z.string().trim().min(1).max(200),
  /** A new secret for the site's signatures; those made with the old one are no longer good. */
  renewSecret: z.boolean().optional(),
})
export type ChatWish = z.infer<typeof ChatWish>

/** `secret` is told once, when it was made. */
export const ChatMade = z.object({
  inboxId: Id,
  address: z.string().max(320),
  secret: z.string().max(200).nullable(),
})
export type ChatMade = z.infer<typeof ChatMade>

export const ChatReport = ChatLook.extend({ kind: z.literal('chat') })
export type ChatReport = z.infer<typeof ChatReport>

/** The one line that puts the chat into a page. */
export const scriptTag = (hubUrl: string, address: string): string =>
  `<script src="${hubUrl.replace(/\/+$/, '')}/v1/channels/chat/widget.js" data-inbox="${address}" async></script>`

// -------------------------------------------------------------------------------------------------------------- both

export const InboxChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  signature: z.string().max(4000).optional(),
  active: z.boolean().optional(),
})
export type InboxChange = z.infer<typeof InboxChange>

/** `about` null: its settings cannot be opened (sealed with another key), or its channel has no form. */
export const InboxReport = z.object({
  inboxId: Id,
  channel: Id,
  name: z.string().max(200),
  address: z.string().max(320),
  signature: z.string().max(4000),
  active: z.boolean(),
  about: z.discriminatedUnion('kind', [MailReport, ChatReport]).nullable(),
})
export type InboxReport = z.infer<typeof InboxReport>

export const Inboxes = z.object({ inboxes: z.array(InboxReport).max(1000) })
export type Inboxes = z.infer<typeof Inboxes>
