import type { Id, Instant } from '#shared/model/base.ts'

/** What the hub keeps about people and devices that never travels to a desk. */
export interface Vault {
  credential(email: string): Promise<Credential | undefined>
  putCredential(credential: Credential): Promise<void>
  addToken(token: NewToken): Promise<void>
  /**
   * Changes a refresh token for a new one, atomically.
   *
   * A token may be used once. One that comes a second time is either ours, whose answer was lost on the way: then its
   * successor has never been used, and is replaced too; or it was stolen: then both will sooner or later meet here, and
   * `reused` is the answer.
   */
  exchange(hash: string, next: Pick<NewToken, 'hash' | 'expiresAt'>, now: Instant): Promise<Exchange>
  /** Forgets all tokens of a device. */
  dropTokens(deviceId: Id): Promise<void>

  /** The sealed settings of an inbox. */
  settings(inboxId: Id): Promise<string | undefined>
  putSettings(inboxId: Id, sealed: string): Promise<void>

  /** Connections to other systems, whole and sealed, in the order of their ids. */
  connections(): Promise<SealedConnection[]>
  putConnection(connection: SealedConnection): Promise<void>
  dropConnection(id: Id): Promise<void>
}

export interface SealedConnection {
  id: Id
  sealed: string
}

export interface Credential {
  agentId: Id
  /** Lower case. */
  email: string
  passwordHash: string
}

/** `hash`: SHA-256 of the token, hexadecimal; the token itself is never stored. */
export interface NewToken {
  hash: string
  agentId: Id
  deviceId: Id
  expiresAt: Instant
}

export interface StoredToken extends NewToken {
  usedAt: Instant | null
  replacedBy: string | null
}

export type Exchange =
  | { kind: 'exchanged'; agentId: Id; deviceId: Id }
  | { kind: 'reused'; agentId: Id; deviceId: Id }
  | { kind: 'unknown' }

/** Pure: what to do with a token that is presented. `void` is a successor that must not be usable any more. */
export function judge(
  token: StoredToken | undefined,
  successor: StoredToken | undefined,
  now: Instant,
): 'unknown' | 'reused' | 'exchange' | 'exchange-and-void-successor' {
  if (!token || token.expiresAt <= now) return 'unknown'
  if (token.usedAt === null) return 'exchange'
  return successor && successor.usedAt === null ? 'exchange-and-void-successor' : 'reused'
}
