import { z } from 'zod'
import { AttributeValue } from './attribute.ts'
import { Id, Instant } from './base.ts'
import { Consents } from './consent.ts'

/**
 * A person who writes to us. Holds nothing derived from conversations (S1): a desk that may not see a conversation must
 * not learn of it from here.
 */
export const Customer = z.object({
  id: Id,
  name: z.string().max(200),
  company: z.string().max(200),
  /** BCP 47, empty when unknown. */
  language: z.string().max(35),
  /** IANA name, empty when unknown. */
  timeZone: z.string().max(60),
  tier: z.string().max(40),
  note: z.string().max(20_000),
  /** The customer this one was merged into (S26). */
  mergedInto: Id.nullable(),
  /** Since when; what was edited after that stays with the one who stands for both. */
  mergedAt: Instant.optional(),
  /** Customers of whom somebody said that they are other people: they are not suggested. Said of one of the two, it holds for both. */
  apart: z.array(Id).max(200).optional(),
  createdAt: Instant,
  /** Put in by an import: everybody knows them, whether they have written or not (S1). */
  listed: z.boolean().optional(),
  /** By the id of an attribute of the workspace; one that has no value is not here. */
  attributes: z.record(Id, AttributeValue).optional(),
  tagIds: z.array(Id).max(200).optional(),
  consents: Consents.optional(),
  /** Who changed a field last and when, by the field's id (customer-field.ts). */
  edited: z.record(z.string().max(120), z.object({ agentId: Id, at: Instant })).optional(),
})
export type Customer = z.infer<typeof Customer>
