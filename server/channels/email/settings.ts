import { z } from 'zod'

/** The way out of an email inbox. `none` sends in the clear, and is meant for a relay on the same machine. */
export const SmtpRoute = z.object({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
})
export type SmtpRoute = z.infer<typeof SmtpRoute>

/** Null: this inbox only receives. */
export const EmailSettings = z.object({ smtp: SmtpRoute.nullable().default(null) })
export type EmailSettings = z.infer<typeof EmailSettings>

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`. Without TLS only on the loopback: elsewhere smtp:// means STARTTLS
 * or nothing. Null when it is not such a URL.
 */
export function smtpRouteFromUrl(text: string): SmtpRoute | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!/^smtps?:$/.test(url.protocol) || url.hostname === '') return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
  const secure = url.protocol === 'smtps:'
  const parsed = SmtpRoute.safeParse({
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    security: secure ? 'tls' : loopback ? 'none' : 'starttls',
    user: decoded(url.username),
    password: decoded(url.password),
  })
  return parsed.success ? parsed.data : null
}

/** A password with a bare % in it stands as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
