import { z } from 'zod'
import { troubleKinds } from './trouble.ts'

/** How a watched folder is, as far as the hub that holds it has said. Instants are milliseconds. */
export const FolderStatus = z.object({
  folder: z.string(),
  /** Null: not connected now. */
  connectedSince: z.int().nullable(),
  /** When everything was last known to be here. */
  checkedAt: z.int().nullable(),
  lastMailAt: z.int().nullable(),
  /** Messages that could not be taken. */
  troubled: z.int(),
  error: z.object({ kind: z.enum(troubleKinds), detail: z.string(), at: z.int() }).nullable(),
})
export type FolderStatus = z.infer<typeof FolderStatus>

export const MailboxStatus = z.object({ folders: z.array(FolderStatus) })
export type MailboxStatus = z.infer<typeof MailboxStatus>

/** The name of the note that holds a MailboxStatus. */
export const STATUS_NOTE = 'status'

export const silentFolder = (folder: string): FolderStatus => ({
  folder,
  connectedSince: null,
  checkedAt: null,
  lastMailAt: null,
  troubled: 0,
  error: null,
})
