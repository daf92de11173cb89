import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import { HubInfo, Session } from '#shared/protocol/http.ts'
import { protocolVersion } from '#shared/protocol/version.ts'
import type { StoredSession } from '../replica/settings.ts'
import { ask, type Fetch, json } from './hub-http.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * The hub's address as it is used, from what a person typed: `https://` where nothing is said, no path, no password in it.
 * Plain http only to this machine: a password would travel readable.
 */
export function hubAddress(typed: string): Result<string> {
  const text = typed.trim()
  let url: URL
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `${guessed(text)}${text}`)
  } catch {
    return failed('hub-address-invalid')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return failed('hub-address-invalid')
  if (url.username || url.password || !url.hostname) return failed('hub-address-invalid')
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return failed('hub-address-invalid', { params: { reason: 'not-encrypted' } })
  return ok(url.origin)
}

const guessed = (text: string): string =>
  loopback.test(text.replace(/(?<=[\w\]]):\d+.*$|\/.*$/, '')) ? 'http://' : 'https://'

export interface Credentials {
  hubUrl: string
  email: string
  password: string
  device: { id: string | null; name: string; platform: string }
}

/**
 * Signs in. Faults: hub-address-invalid, hub-unreachable, hub-busy, not-a-hub, desk-too-old, hub-too-old, wrong-credentials,
 * too-many-attempts, agent-inactive.
 */
export async function signIn(fetch: Fetch, given: Credentials): Promise<Result<StoredSession>> {
  const address = hubAddress(given.hubUrl)
  if (!address.ok) return address
  const hubUrl = address.value
  const info = await ask(fetch, `${hubUrl}/v1/hello`, HubInfo)
  if (!info.ok) return info
  const { current, oldest } = info.value.protocol
  if (oldest > protocolVersion) return failed('desk-too-old')
  if (current < protocolVersion) return failed('hub-too-old')
  const email = given.email.trim().toLowerCase()
  const session = await ask(
    fetch,
    `${hubUrl}/v1/session`,
    Session,
    json({ email, password: given.password, device: given.device }),
  )
  return session.ok ? ok({ ...session.value, hubUrl, email }) : session
}

/** Exchanges the refresh token for a new session; the old one is spent with it. */
export async function refresh(
  fetch: Fetch,
  session: StoredSession,
  end?: AbortSignal,
): Promise<Result<StoredSession>> {
  const next = await ask(fetch, `${session.hubUrl}/v1/session/refresh`, Session, {
    ...json({ refreshToken: session.refreshToken }),
    ...(end ? { signal: end } : {}),
  })
  return next.ok ? ok({ ...session, ...next.value }) : next
}

/** Tells the hub that this session is over. Nothing depends on whether it hears it. */
export async function endSession(fetch: Fetch, session: StoredSession): Promise<void> {
  await fetch(`${session.hubUrl}/v1/session/end`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.accessToken}` },
    signal: AbortSignal.timeout(3_000),
  }).catch(() => undefined)
}
