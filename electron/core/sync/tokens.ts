import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import { faultOf } from '../fault-error.ts'
import type { Ground } from '../ground.ts'
import type { Replica } from '../replica/replica.ts'
import type { StoredSession } from '../replica/settings.ts'
import type { Fetch } from './hub-http.ts'
import { refresh } from './sign-in.ts'

/** Renewed this long before it ends, so that no request travels with a token that ends on the way. */
const EARLY = 60_000

export interface Tokens {
  /** A session whose access token still holds. One refresh at a time: each refresh token is good for one use. */
  fresh(): Promise<Result<StoredSession>>
  /** The hub did not take the access token: the next call renews it. */
  spoilt(): void
  /** Ends a refresh that is under way: its connection may be dead. The hub takes the token once more when no answer arrived. */
  giveUp(): void
}

export function createTokens(replica: Replica, ground: Ground, fetch: Fetch): Tokens {
  let underWay: Promise<Result<StoredSession>> | undefined
  let spoilt = false
  let ending = new AbortController()
  /** A session that the disk had no room for. The one it replaced is spent, so it must not be forgotten. */
  let unsaved: StoredSession | undefined

  const save = (session: StoredSession): void => {
    unsaved = session
    try {
      replica.transaction(() => replica.settings.set('session', session))
      unsaved = undefined
    } catch (error) {
      if (faultOf(error).kind === 'internal') throw error
    }
  }

  const current = (): StoredSession | null => {
    const stored = replica.settings.get('session')
    if (!unsaved) return stored
    // Signed out or in again meanwhile.
    if (stored?.deviceId !== unsaved.deviceId) unsaved = undefined
    else save(unsaved)
    return unsaved ?? replica.settings.get('session')
  }

  const renew = async (session: StoredSession): Promise<Result<StoredSession>> => {
    const { signal } = ending
    const next = await refresh(fetch, session, signal)
    // Another refresh with the same token is on its way and makes this one's void.
    if (signal.aborted) return failed('hub-unreachable')
    // Signed out or in again meanwhile: this answer is nobody's.
    if (current()?.refreshToken !== session.refreshToken) return failed('signed-out')
    if (!next.ok) return next
    spoilt = false
    save(next.value)
    return next
  }

  return {
    async fresh() {
      const session = current()
      if (!session) return failed('signed-out')
      const now = ground.now() + replica.settings.get('clockOffset')
      if (!spoilt && session.accessExpiresAt - EARLY > now) return ok(session)
      if (!underWay) {
        const mine = renew(session).finally(() => {
          if (underWay === mine) underWay = undefined
        })
        underWay = mine
      }
      return underWay
    },
    spoilt: () => {
      spoilt = true
    },
    giveUp() {
      ending.abort()
      ending = new AbortController()
      underWay = undefined
    },
  }
}
