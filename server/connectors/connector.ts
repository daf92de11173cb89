/**
 * Another system that knows something about customers: a shop, a CRM. A folder below this one adds one; a line in index.ts lists it. Its
 * manifest travels to the desks as data, so its form needs no code there, and the card it answers with is data, too.
 */
import type { z } from 'zod'
import type { Card, CardTrouble } from '#shared/model/card.ts'
import type { ConnectorKind } from '#shared/protocol/connectors.ts'
import type { Call, Called } from '../outward/call.ts'
import type { Tokens } from './tokens.ts'

export interface Connector<Settings = unknown> {
  manifest: ConnectorKind
  /** What the form's fields must be, secrets included: the values of those that are asked for, none empty but the optional ones. */
  settings: z.ZodType<Settings>
  /** Where a secret is sent. When that changes, the secret must be typed again: another place is not told it. */
  placeOf(secret: string, values: Readonly<Record<string, string>>): string
  /** The customer's field by which the other system knows them, if there is one. */
  externalIdField?(settings: Settings): string
  /** Asks about one customer. Expected failures are answers; what it throws is a bug. */
  ask(subject: Subject, settings: Settings, host: ConnectorHost): Promise<Heard>
}

/** Whom to ask about. Several where a customer has several addresses, or several were merged. None is ever empty. */
export interface Subject {
  customerId: string
  /** Lower case. */
  emails: readonly string[]
  /** E.164. */
  phones: readonly string[]
  externalIds: readonly string[]
}

export type Heard =
  | { kind: 'card'; card: Card }
  /** Of a connector whose manifest is `mapped`: what was answered, parsed and as it came; made into a card by the mapping. */
  | { kind: 'answers'; answers: readonly { json: unknown; text: string }[] }
  | { kind: 'trouble'; trouble: CardTrouble }

export interface ConnectorHost {
  /** The only way out: reach, time and size are bounded. */
  call(call: Call): Promise<Called>
  now(): number
  /** Access tokens of this connection, as long as its settings stay. */
  tokens: Tokens
}

export const troubled = (
  kind: CardTrouble['kind'],
  more: Omit<CardTrouble, 'kind'> = {},
): { kind: 'trouble'; trouble: CardTrouble } => ({ kind: 'trouble', trouble: { kind, ...more } })
