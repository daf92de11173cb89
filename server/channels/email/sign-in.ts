/**
 * Signing in to a mailbox without a page of our own (RFC 8628): the provider names an address and a word, a person opens the one
 * and types the other, and the hub gets its refresh token. Microsoft does so for mail; Google does not.
 */
import { z } from 'zod'
import { MailTrouble, troubleOf } from './imap/trouble.ts'
import { isLoopback, OAuth } from './settings.ts'

export interface SignInPlace {
  deviceUrl: string
  tokenUrl: string
  clientId: string
  scope: string
}

const Asked = z.object({
  device_code: z.string().min(1).max(10_000),
  user_code: z.string().min(1).max(100),
  verification_uri: z.url({ protocol: /^https?$/ }).max(1000),
  expires_in: z.coerce.number().positive().max(86_400).default(900),
  interval: z.coerce.number().positive().max(60).default(5),
})
const Granted = z.object({ refresh_token: z.string().min(1).max(10_000) })
const Refused = z.object({ error: z.string().max(200), error_description: z.string().max(5_000).default('') })

/** Throws MailTrouble: `oauth-refused` when the provider or the person says no, `silent` when nobody did it in time. */
export async function signIn(
  place: SignInPlace,
  tell: (prompt: { address: string; word: string }) => void,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<OAuth> {
  const { deviceUrl, tokenUrl, clientId, scope } = place
  const asked = Asked.safeParse(await post(deviceUrl, { client_id: clientId, scope }))
  if (!asked.success) throw new MailTrouble('oauth-refused', 'it has no sign-in of this kind for this app')
  const { device_code, user_code, verification_uri, expires_in } = asked.data
  tell({ address: verification_uri, word: user_code })
  let wait = asked.data.interval
  for (let waited = 0; waited < expires_in; waited += wait) {
    await pause(wait * 1000)
    const answer = await post(tokenUrl, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: clientId,
      device_code,
    })
    const granted = Granted.safeParse(answer)
    if (granted.success)
      return OAuth.parse({ tokenUrl, clientId, scope, refreshToken: granted.data.refresh_token })
    const refused = Refused.safeParse(answer)
    if (!refused.success)
      throw new MailTrouble('oauth-refused', 'no refresh token: the scope lacks offline_access')
    const { error, error_description } = refused.data
    if (error === 'slow_down') wait += 5
    else if (error !== 'authorization_pending')
      throw new MailTrouble('oauth-refused', `${error} ${error_description}`)
  }
  throw new MailTrouble('silent', 'nobody signed in in time')
}

/** The JSON of the answer; of a refusal, too. */
async function post(address: string, form: Record<string, string>): Promise<unknown> {
  const url = new URL(address)
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    throw new MailTrouble('no-tls', 'the address must begin with https://')
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    })
    return JSON.parse((await response.text()).slice(0, 100_000))
  } catch (error) {
    if (error instanceof SyntaxError) throw new MailTrouble('other', 'the provider answers no JSON')
    throw (error as Error).name === 'TimeoutError' ? new MailTrouble('silent', url.host) : troubleOf(error)
  }
}
