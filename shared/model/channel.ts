import { z } from 'zod'
import { Id } from './base.ts'

/** The four families give a channel its colour and manners in the timeline. */
export const ChannelFamily = z.enum(['email', 'chat', 'phone', 'social'])
export type ChannelFamily = z.infer<typeof ChannelFamily>

/**
 * What a channel can do, as data. It travels to the desks in the `workspace` stream, so a new network changes neither
 * renderer nor protocol.
 */
export const Channel = z.object({
  id: Id,
  family: ChannelFamily,
  /** Name in each language of the desk. */
  label: z.object({ en: z.string().max(60), zh: z.string().max(60) }),
  can: z.object({
    subject: z.boolean(),
    copy: z.boolean(),
    attachments: z.boolean(),
    html: z.boolean(),
    /** Pictures in the words with formatting. Absent: no, they go as files. */
    pictures: z.boolean().optional(),
    deliveryReceipts: z.boolean(),
    readReceipts: z.boolean(),
    /** Absent: yes. What was said on a channel without a way out is history. */
    reply: z.boolean().optional(),
    /** Its conversations can be sent by mail. Absent: no. */
    transcript: z.boolean().optional(),
  }),
  /** Its addresses say nothing to people. Absent: they do. */
  opaque: z.boolean().optional(),
  limits: z.object({
    textCharacters: z.int().positive(),
    attachmentBytes: z.int().nonnegative(),
    attachments: z.int().nonnegative(),
  }),
  /** Milliseconds after the customer's last message in which a free reply is allowed; null: always. */
  replyWindow: z.int().positive().nullable(),
})
export type Channel = z.infer<typeof Channel>
