/**
 * Access tokens for XOAUTH2, fetched with the refresh token and kept in memory until shortly before they end. A provider that
 * hands out a new refresh token has it kept at once (Microsoft does so every time).
 */
import { z } from 'zod'
import type { Account } from '../channel.ts'
import { MailTrouble, troubleOf } from './imap/trouble.ts'
import { type EmailSettings, isLoopback, type OAuth } from './settings.ts'

const Granted = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().positive().max(1e9).default(3600),
  refresh_token: z.string().max(10_000).optional(),
})
const Refused = z.object({ error: z.string().max(200), error_description: z.string().max(5_000).default('') })

/** Before its end a token is not used any more: clocks differ, and a login takes a moment. Milliseconds. */
const EARLY = 120_000

const tokens = new Map<string, { from: string; token: string; until: number }>()
const underWay = new Map<string, Promise<string>>()

/**
 * An access token of the account. `fresh`: the one we had was refused. Throws MailTrouble: `sign-in-again` when the refresh
 * token has ended, which only a person can mend.
 */
export function accessToken(account: Account<EmailSettings>, fresh = false): Promise<string> {
  const { oauth } = account.settings
  if (!oauth) throw new MailTrouble('other', 'no OAuth settings')
  const known = tokens.get(account.id)
  if (!fresh && known && known.from === nameOf(oauth) && known.until - EARLY > Date.now())
    return Promise.resolve(known.token)
  const there = underWay.get(account.id)
  if (there) return there
  const work = refresh(account, oauth).finally(() => underWay.delete(account.id))
  underWay.set(account.id, work)
  return work
}

/** Which grant a token came from; the refresh token itself may be replaced meanwhile. */
const nameOf = ({ tokenUrl, clientId, scope }: OAuth): string => `${tokenUrl} ${clientId} ${scope}`

async function refresh(account: Account<EmailSettings>, oauth: OAuth): Promise<string> {
  const url = new URL(oauth.tokenUrl)
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    throw new MailTrouble('no-tls', 'the token address must begin with https://')
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: oauth.clientId,
    refresh_token: oauth.refreshToken,
    ...(oauth.clientSecret ? { client_secret: oauth.clientSecret } : {}),
    ...(oauth.scope ? { scope: oauth.scope } : {}),
  })
  let status: number
  let answer: unknown
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    })
    status = response.status
    answer = JSON.parse((await response.text()).slice(0, 100_000))
  } catch (error) {
    if (error instanceof SyntaxError) throw new MailTrouble('other', 'the token address answers no JSON')
    throw (error as Error).name === 'TimeoutError'
      ? new MailTrouble('silent', 'token address')
      : troubleOf(error)
  }
  const granted = Granted.safeParse(answer)
  if (status === 200 && granted.success) {
    const { access_token: token, expires_in, refresh_token } = granted.data
    tokens.set(account.id, { from: nameOf(oauth), token, until: Date.now() + expires_in * 1000 })
    if (refresh_token && refresh_token !== oauth.refreshToken) {
      oauth.refreshToken = refresh_token
      await account.saveSettings?.({ ...account.settings, oauth: { ...oauth } })
    }
    return token
  }
  const refused = Refused.safeParse(answer)
  const { error, error_description } = refused.success
    ? refused.data
    : { error: `HTTP ${status}`, error_description: '' }
  const gone = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'interaction_required'].includes(
    error,
  )
  throw new MailTrouble(gone ? 'sign-in-again' : 'other', `${error} ${error_description}`)
}

/** What nodemailer asks for a token. */
export function smtpOAuth(account: Account<EmailSettings>, user: string) {
  return {
    getToken(renew: boolean, done: (error: Error | null, token?: string) => void): void {
      Promise.resolve()
        .then(() => accessToken(account, renew))
        .then(
          token => done(null, token),
          error => done(error as Error),
        )
    },
    buildXOAuth2Token: (token: string): string =>
      Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
  }
}
