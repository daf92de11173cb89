import { z } from 'zod'
import { Id, Instant } from './base.ts'

/** By which way somebody may be approached without having asked something. */
export const ConsentWay = z.enum(['email', 'phone', 'messages'])
export type ConsentWay = z.infer<typeof ConsentWay>

/** What a customer said about one way. Absent: nobody knows. */
export const Consent = z.object({
  state: z.enum(['given', 'refused']),
  /** How they said so, in the agent's words. */
  how: z.string().trim().max(200),
  /** When it was noted, and by whom. */
  at: Instant,
  agentId: Id,
})
export type Consent = z.infer<typeof Consent>

export const Consents = z.object({
  email: Consent.optional(),
  phone: Consent.optional(),
  messages: Consent.optional(),
})
export type Consents = z.infer<typeof Consents>
