import { z } from 'zod'

const Need = z.enum(['no', 'optional', 'required'])
const Said = (most: number, en: string, zh: string) =>
  z.object({ en: z.string().max(most).default(en), zh: z.string().max(most).default(zh) }).prefault({})

/** Of a chat inbox. Only `publicSettings` of it ever reaches a page. */
export const ChatSettings = z.object({
  /** Sites that may show the widget, as `https://www.example.com`. Empty: any. */
  origins: z.array(z.string().max(300)).max(50).default([]),
  /** With this the host site signs who its user is (HS256); empty: no tokens are taken. */
  secret: z.string().max(200).default(''),
  title: Said(80, 'Chat with us', '在线咨询'),
  /** Shown beside the closed button after a while; null: never. */
  greeting: z
    .object({
      en: z.string().max(300),
      zh: z.string().max(300),
      afterSeconds: z.int().min(0).max(3600).default(15),
    })
    .nullable()
    .default(null),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#0b6e5b'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  side: z.enum(['right', 'left']).default('right'),
  /** Whether visitors may send files. */
  files: z.boolean().default(true),
  /** Whether visitors are asked how it was, when a conversation is closed. */
  survey: z.boolean().default(true),
  /**
   * The inbox for mail that answers who left an address while nobody was there, and sends transcripts. Empty: the first one.
   */
  mailbox: z.string().max(320).default(''),
  /** What is asked before the first message. */
  form: z.object({ name: Need.default('optional'), email: Need.default('optional') }).prefault({}),
})
export type ChatSettings = z.infer<typeof ChatSettings>
