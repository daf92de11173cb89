import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { Card, CardTrouble } from '../model/card.ts'
import { CardMapping } from '../model/card-mapping.ts'
import { Fault } from './fault.ts'

/**
 * Cards of a customer from other systems, and setting up the connections to these. Secrets go up once and never come down.
 *
 * POST /v1/customers/:id/cards  CardsQuestion    Bearer -> lines of JSON, each a CardsStep; the first names the connections
 * GET  /v1/connectors                            Bearer -> Connectors               (administrators, as all that follows)
 * POST /v1/connectors           ConnectorWish    Bearer -> ConnectorMade
 * POST /v1/connectors/try       ConnectorTrial   Bearer -> Tried; nothing is saved
 * POST /v1/connectors/:id       ConnectorChange  Bearer -> 204
 */

// ------------------------------------------------------------------------------------------------------------- cards

/**
 * By whom they are asked: those identities of the customer, and of everybody merged into them, that the agent holds. The hub leaves
 * out whom the agent may not see, so that nobody learns by a card what an address they do not see has ordered.
 */
export const CardsQuestion = z.object({
  identityIds: z.array(Id).max(50),
  /** Only of this connection. */
  connectorId: Id.optional(),
  /** A person wants it anew: what the hub has just heard does not do. */
  anew: z.boolean().optional(),
})
export type CardsQuestion = z.infer<typeof CardsQuestion>

export const ConnectionName = z.object({ connectorId: Id, name: z.string().max(100) })
export type ConnectionName = z.infer<typeof ConnectionName>

export const CardsStep = z.discriminatedUnion('t', [
  /** All connections that are on, in their order; and by which of the identities they are asked. */
  z.object({
    t: z.literal('connections'),
    connections: z.array(ConnectionName).max(50),
    identityIds: z.array(Id).max(50),
  }),
  /** `card` null: there is `trouble`. `at`: when the other system said it, by the hub's clock. */
  z.object({
    t: z.literal('card'),
    connectorId: Id,
    at: Instant,
    card: Card.nullable(),
    trouble: CardTrouble.nullable(),
  }),
  /** An end: it went wrong on the hub. */
  z.object({ t: z.literal('fault'), fault: Fault }),
])
export type CardsStep = z.infer<typeof CardsStep>

// ------------------------------------------------------------------------------------------------------- connections

const Said = (most: number) => z.object({ en: z.string().max(most), zh: z.string().max(most) })

/** A field of the form that sets a connection up. */
export const ConnectorField = z.object({
  id: z.string().max(40),
  /** `customer-field`: the id of a field of the customers. */
  kind: z.enum(['text', 'long-text', 'secret', 'choice', 'customer-field']),
  label: Said(100),
  hint: Said(500).nullable(),
  options: z.array(z.object({ value: z.string().max(40), label: Said(100) })).max(30),
  /** What stands there at first. */
  value: z.string().max(1000),
  optional: z.boolean(),
  /** Shown only while another field has one of these values. */
  when: z.object({ field: z.string().max(40), is: z.array(z.string().max(40)).max(30) }).nullable(),
})
export type ConnectorField = z.infer<typeof ConnectorField>

/** A sort of system that can be connected, as its form shows it. */
export const ConnectorKind = z.object({
  id: z.string().max(40),
  label: Said(60),
  /** What has to be done there first. */
  lead: Said(1000),
  fields: z.array(ConnectorField).max(30),
  /** Its answers are mapped to cards by hand. */
  mapped: z.boolean(),
})
export type ConnectorKind = z.infer<typeof ConnectorKind>

/** Whether a field is asked for, the others being as they are. */
export const isAsked = ({ when }: ConnectorField, values: Readonly<Record<string, string>>): boolean =>
  when === null || when.is.includes(values[when.field] ?? '')

const Values = z.record(z.string().max(40), z.string().max(4000))

/** How a connection shall be. A secret that is empty or absent stays as it was. */
export const ConnectorWish = z.object({
  /** Null: a new one. */
  connectorId: Id.nullable(),
  kind: z.string().max(40),
  name: z.string().trim().min(1).max(100),
  values: Values,
  mapping: CardMapping.nullable(),
})
export type ConnectorWish = z.infer<typeof ConnectorWish>

export const ConnectorMade = z.object({ connectorId: Id })

/** Whom to ask for, to see what would come. */
export const ConnectorTrial = ConnectorWish.omit({ name: true }).extend({
  who: z.object({
    email: z.string().trim().max(320),
    phone: z.string().trim().max(40),
    customerId: z.string().trim().max(120),
    externalId: z.string().trim().max(200),
  }),
})
export type ConnectorTrial = z.infer<typeof ConnectorTrial>

export const Tried = z.object({
  card: Card.nullable(),
  trouble: CardTrouble.nullable(),
  /** What the system said, as JSON, where its answers are mapped by hand; as text, so that it keeps the order of its keys. Null: it is too long. */
  answers: z.array(z.string().max(400_000)).max(10).nullable(),
})
export type Tried = z.infer<typeof Tried>

export const ConnectorChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('active'), active: z.boolean() }),
  z.object({ kind: z.literal('remove') }),
])
export type ConnectorChange = z.infer<typeof ConnectorChange>

/** `kind` empty: what is kept of it cannot be opened, because it was sealed with another key. */
export const ConnectorReport = ConnectorWish.extend({
  connectorId: Id,
  active: z.boolean(),
  /** Ids of fields of which there is a secret. */
  secrets: z.array(z.string().max(40)).max(30),
  /** How the hub that answers fared with it last; null: it has not asked since it started. */
  last: z.object({ at: Instant, trouble: CardTrouble.nullable() }).nullable(),
})
export type ConnectorReport = z.infer<typeof ConnectorReport>

export const Connectors = z.object({
  kinds: z.array(ConnectorKind).max(50),
  connectors: z.array(ConnectorReport).max(50),
})
export type Connectors = z.infer<typeof Connectors>
