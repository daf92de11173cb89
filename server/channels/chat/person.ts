/** Who a visitor is: by the secret of their browser, or by a token that the host site signed. */
import type { Account } from '../channel.ts'
import type { Credentials } from './protocol.ts'
import type { ChatSettings } from './settings.ts'
import { userOf } from './token.ts'
import { userAddress, visitorAddress } from './visitor.ts'

export interface Person {
  address: string
  /** As the host site signed it; empty otherwise. */
  name: string
  user: string
  email: string | null
}

/** Null: the token is not to be believed. */
export async function personOf(
  { id, settings }: Account<ChatSettings>,
  { secret, token }: Pick<Credentials, 'secret' | 'token'>,
  now: number,
): Promise<Person | null> {
  if (token === undefined) return { address: visitorAddress(id, secret), name: '', user: '', email: null }
  const user = await userOf(token, settings.secret, now)
  if (!user) return null
  const { subject, name, email } = user
  return { address: userAddress(id, subject), name, user: subject, email }
}

/** An empty list lets every site show the widget; otherwise the browser's own word for where it is counts. */
export function mayShow({ origins }: ChatSettings, origin: string | undefined): boolean {
  if (origins.length === 0) return true
  return origin !== undefined && origins.some(each => each.toLowerCase() === origin.toLowerCase())
}
