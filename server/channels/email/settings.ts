import { z } from 'zod'

export const Security = z.enum(['tls', 'starttls', 'none'])

/** Where a server is and who we are there. `none` talks in the clear, and is meant for a server on the same machine. */
const route = {
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  security: Security,
  user: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
  /** PEM of an authority of one's own; empty: those that Node knows. */
  ca: z.string().max(100_000).optional(),
}

/** The way out of an email inbox. */
export const SmtpRoute = z.object(route)
export type SmtpRoute = z.infer<typeof SmtpRoute>

/** A mailbox that is watched. */
export const ImapRoute = z.object({
  ...route,
  /** Each has a connection of its own. */
  folders: z.array(z.string().min(1).max(500)).min(1).max(20).default(['INBOX']),
  /** Mail from before the account was connected: so much of it is taken, as history. */
  historyDays: z.int().min(0).max(3650).default(30),
  /** Marks what was taken as read. Otherwise the mailbox is opened for reading only, and stays as it is. */
  markSeen: z.boolean().default(false),
  /** Who puts what we send into Sent: we, or the provider by itself (Gmail, Microsoft 365). */
  sent: z.enum(['by-us', 'by-server', 'nobody']).default('by-us'),
  /** Empty: the folder the server calls \Sent, or whose name says so. */
  sentFolder: z.string().max(500).default(''),
})
export type ImapRoute = z.infer<typeof ImapRoute>

/** XOAUTH2 instead of passwords, on both ways: an access token is fetched with the refresh token whenever one is needed. */
export const OAuth = z.object({
  tokenUrl: z.url({ protocol: /^https?$/ }).max(1000),
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().max(1000).default(''),
  refreshToken: z.string().min(1).max(10_000),
  scope: z.string().max(1000).default(''),
})
export type OAuth = z.infer<typeof OAuth>

/** `smtp` null: this inbox only receives. `imap` null: mail comes to the hub's own SMTP port. */
export const EmailSettings = z.object({
  smtp: SmtpRoute.nullable().default(null),
  imap: ImapRoute.nullable().optional(),
  oauth: OAuth.nullable().optional(),
  /**
   * The name (authserv-id) of the mail server in front whose Authentication-Results are believed (RFC 8601): it must remove
   * such headers of others with its name. Absent: nobody is believed.
   */
  trusts: z.string().max(255).optional(),
})
export type EmailSettings = z.infer<typeof EmailSettings>

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`. Without TLS only on the loopback: elsewhere smtp:// means STARTTLS
 * or nothing. Null when it is not such a URL.
 */
export function smtpRouteFromUrl(text: string): SmtpRoute | null {
  const parsed = SmtpRoute.safeParse(routeFromUrl(text, 'smtp', { tls: 465, plain: 587 }))
  return parsed.success ? parsed.data : null
}

/**
 * The same for `imap://` and `imaps://`; folders other than INBOX as `?folder=A&folder=B`. Null when it is not such a URL.
 */
export function imapRouteFromUrl(text: string): ImapRoute | null {
  const found = routeFromUrl(text, 'imap', { tls: 993, plain: 143 })
  const folders = found ? new URL(text).searchParams.getAll('folder') : []
  const parsed = ImapRoute.safeParse(found && { ...found, ...(folders.length > 0 ? { folders } : {}) })
  return parsed.success ? parsed.data : null
}

function routeFromUrl(text: string, scheme: string, ports: { tls: number; plain: number }) {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!new RegExp(`^${scheme}s?:$`).test(url.protocol) || url.hostname === '') return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === `${scheme}s:`
  return {
    host,
    port: url.port ? Number(url.port) : secure ? ports.tls : ports.plain,
    security: secure ? 'tls' : isLoopback(host) ? 'none' : 'starttls',
    user: decoded(url.username),
    password: decoded(url.password),
  }
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
}

/** A password with a bare % in it stands as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
