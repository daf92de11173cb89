import { createHash, randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Id, Instant } from '#shared/model/base.ts'

const ISSUER = 'skein-hub'

/** Milliseconds. Short: until then a stolen access token is good. */
export const ACCESS_LIFE = 600_000
/** A desk that was away for longer signs in anew. */
export const REFRESH_LIFE = 60 * 86_400_000

/** Stands for the administrator at the command line, who holds the hub's key. No agent has this id. */
export const STATUS_AGENT = 'skein-hub status'

export interface Bearer {
  agentId: Id
  deviceId: Id
}

export async function signAccess(
  key: Uint8Array,
  { agentId, deviceId }: Bearer,
  now: Instant,
): Promise<string> {
  return new SignJWT({ did: deviceId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setSubject(agentId)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + ACCESS_LIFE) / 1000))
    .sign(key)
}

/** Who holds this token; null when it is not ours or too old. */
export async function readAccess(key: Uint8Array, token: string, now: Instant): Promise<Bearer | null> {
  try {
    const options = {
      issuer: ISSUER,
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['exp', 'sub'],
    }
    const { payload } = await jwtVerify(token, key, options)
    const { sub, did } = payload
    return sub && typeof did === 'string' ? { agentId: sub, deviceId: did } : null
  } catch {
    return null
  }
}

export const newRefreshToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
