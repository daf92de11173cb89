import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Erasure } from '../model/erasure.ts'
import { Cursor, Envelope } from './common.ts'

/** The first message after the socket opened; the access token went with the handshake. */
export const Hello = z.object({
  protocol: z.int(),
  deviceId: Id,
  /** Zero: no number has been given yet, or the device must be numbered anew. */
  deviceEpoch: z.int().nonnegative(),
  /** Where each stream of the replica stands. A stream that is not named is wanted from the beginning. */
  cursors: z.array(Cursor).max(10_000),
  /** First syncs that were under way: continue after this page token. */
  pages: z.array(z.object({ stream: z.string(), token: z.string().max(200) })).max(10_000),
  /** Outcomes up to this number are stored; the hub may forget them. */
  confirmed: z.int().nonnegative(),
  /** The desk understands rows that are erasures. Without it none are sent to it. */
  takesErasures: z.literal(true).optional(),
  /** The later nouns (model/row.ts) that the desk understands. Others are not sent to it. */
  knows: z.array(z.string().max(60)).max(100).optional(),
})
export type Hello = z.infer<typeof Hello>

/** Up to 200 mutations in order of `n` (S12). */
export const Push = z.object({
  deviceEpoch: z.int().positive(),
  mutations: z.array(Envelope).min(1).max(200),
})
export type Push = z.infer<typeof Push>

/** The desk has stored the patch with this number and all before it. The hub sends no more than a few ahead. */
export const Stored = z.object({ patch: z.int().positive(), confirmed: z.int().nonnegative() })
export type Stored = z.infer<typeof Stored>

/** Fetch the items of a conversation that were not sent at first (S6). */
export const Older = z.object({
  request: z.int().positive(),
  conversationId: Id,
  beforeSeq: z.int().positive(),
})
export type Older = z.infer<typeof Older>

/** What an agent looks at and types in; ephemeral (S24). */
export const Presence = z.object({ conversationId: Id.nullable(), typing: z.boolean() })
export type Presence = z.infer<typeof Presence>

/** Erasures that the desk has heard of, told to a hub that may have lost its memory of them (S5). */
export const Erasures = z.object({ erasures: z.array(Erasure).min(1).max(50) })
export type Erasures = z.infer<typeof Erasures>

export const up = {
  hello: Hello,
  push: Push,
  stored: Stored,
  older: Older,
  presence: Presence,
  erasures: Erasures,
} as const
export type Up = { [K in keyof typeof up]: z.infer<(typeof up)[K]> }
