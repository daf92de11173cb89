/** A host site says who its user is, signed with the inbox's secret (JWT, HS256). Nothing else makes a visitor somebody. */
import { errors, jwtVerify } from 'jose'
import { z } from 'zod'

export const MIN_SECRET = 32

const Claims = z.object({
  /** The host site's own id of its user. */
  sub: z.string().min(1).max(200),
  name: z.string().max(200).default(''),
  /** The host site vouches that this address is theirs: the chat joins the customer who has it. */
  email: z.email().max(320).toLowerCase().optional(),
})
export interface KnownUser {
  subject: string
  name: string
  email: string | null
}

/** Null when it is not signed with this secret, has run out, or does not say who. An expiry is demanded. */
export async function userOf(token: string, secret: string, now: number): Promise<KnownUser | null> {
  if (secret.length < MIN_SECRET) return null
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
      clockTolerance: 30,
    })
    const claims = Claims.safeParse(payload)
    if (!claims.success) return null
    const { sub, name, email } = claims.data
    return { subject: sub, name, email: email ?? null }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null
    throw error
  }
}
