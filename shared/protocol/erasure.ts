import { z } from 'zod'
import { Id } from '../model/base.ts'

/**
 * Erasing a customer, and handing out everything that is kept of one. The hub does both: neither is an act for a desk alone.
 *
 * POST /v1/customers/:id/erasure/preview   ErasureQuestion   Bearer (administrator)             -> ErasurePreview
 * POST /v1/customers/:id/erasure           ErasureWish       Bearer (administrator)             -> Erased
 * GET  /v1/customers/:id/export            ExportQuestion    Bearer (supervisor, administrator) -> a ZIP
 */
export const ErasureQuestion = z.object({
  /** With everybody who is one person with them (S26); otherwise this one alone. */
  whole: z.boolean(),
})
export type ErasureQuestion = z.infer<typeof ErasureQuestion>

/** Why, as a kind: the audit holds no words. */
export const ErasureReason = z.enum(['asked', 'consent-withdrawn', 'no-longer-needed', 'unlawful', 'other'])
export type ErasureReason = z.infer<typeof ErasureReason>

/** What an erasure would take. */
export const ErasurePreview = z.object({
  /** Who is to be erased; the one who stands for all first. */
  customers: z.array(z.object({ id: Id, name: z.string() })),
  /** How many others are one person with them. */
  family: z.int().nonnegative(),
  addresses: z.array(z.object({ channel: Id, address: z.string() })),
  conversations: z.int().nonnegative(),
  messages: z.int().nonnegative(),
  notes: z.int().nonnegative(),
  files: z.int().nonnegative(),
  /** Messages that wait to be sent: they will not be. */
  waiting: z.int().nonnegative(),
  /** Messages that are being sent at this moment: they may arrive. */
  underWay: z.int().nonnegative(),
})
export type ErasurePreview = z.infer<typeof ErasurePreview>

export const ErasureWish = ErasureQuestion.extend({
  /** Typed by the one who asks: the name as it stands in the preview. Compared without regard to spaces around it. */
  name: z.string().max(200),
  reason: ErasureReason.nullable(),
})
export type ErasureWish = z.infer<typeof ErasureWish>

export const Erased = z.object({
  id: Id,
  conversations: z.int().nonnegative(),
  items: z.int().nonnegative(),
  files: z.int().nonnegative(),
  underWay: z.int().nonnegative(),
})
export type Erased = z.infer<typeof Erased>

/** In the address. The page in it is for people, in this language. */
export const ExportQuestion = z.object({ whole: z.enum(['0', '1']), language: z.enum(['en', 'zh']) })
export type ExportQuestion = z.infer<typeof ExportQuestion>
