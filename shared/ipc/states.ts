import { z } from 'zod'
import { Id } from '../model/base.ts'
import { Fault } from '../protocol/fault.ts'
import { AttentionPreferences } from '../rules/attention.ts'

/** How the desk stands to the hub. Shown at all times, never prettier than it is (S25, S29). */
export const SyncState = z.object({
  phase: z.enum(['offline', 'connecting', 'catching-up', 'live', 'blocked']),
  /** When the hub was last heard, by the desk's clock; null: never. */
  lastContactAt: z.int().nullable(),
  /**
   * Until when what this desk holds is all that the hub had for it: the age of everything shown. Null: the first sync has not ended
   * yet.
   */
  currentAt: z.int().nullable(),
  /** Since when there has been no contact; null while there is. */
  offlineSince: z.int().nullable(),
  /** When the next attempt starts by itself. */
  retryAt: z.int().nullable(),
  /** Catching up: rows applied and expected in all (0: unknown). */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Own changes that have not reached the hub. */
  waiting: z.int(),
  held: z.int(),
  refused: z.int(),
  uncertain: z.int(),
  /** Own messages that did not leave, in conversations that are not closed. */
  failed: z.int(),
  /** Without contact: when this desk locks itself (S9); null while there is contact, or when it never does. */
  locksAt: z.int().nullable(),
  /** Blocked: why nothing can move, with a way forward. */
  fault: Fault.nullable(),
})
export type SyncState = z.infer<typeof SyncState>

/** Where the desk is with its person. */
export const DeskState = z.object({
  phase: z.enum(['opening', 'signed-out', 'signed-in', 'locked', 'refused']),
  agentId: Id.nullable(),
  deviceId: Id.nullable(),
  hubUrl: z.string().nullable(),
  email: z.string().nullable(),
  /** Refused or locked: why. */
  fault: Fault.nullable(),
  /** Something that had to be repaired at the start, told once (S28). */
  notice: z.enum(['replica-rebuilt', 'replica-rebuilt-with-outbox']).nullable(),
})
export type DeskState = z.infer<typeof DeskState>

export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  density: z.enum(['comfortable', 'compact']),
  /** Senders whose mails show their remote pictures without asking: addresses in lower case, the latest last. */
  imagesFrom: z.array(z.string().max(320)).max(500).optional(),
  /** Parts of the customer's panel that are folded. */
  foldedParts: z.array(z.string().max(40)).max(50).optional(),
  /** Which columns the list of customers has; absent: the usual ones. */
  customerColumns: z.array(z.string().max(120)).max(120).optional(),
  /** For how many seconds a letter may be taken back after it was sent; 0: it leaves at once. Absent: ten. */
  undoSendSeconds: z.int().min(0).max(60).optional(),
  /** What Enter does where one talks (chats, not letters); absent: it sends. Shift-Enter is a new line anyway, Ctrl/Cmd-Enter sends. */
  enterInTalk: z.enum(['sends', 'new-line']).optional(),
  /** Where one goes after a conversation was resolved or snoozed; absent: `next-in-list` (renderer/features/inbox/going-on.ts). */
  afterPutAway: z.enum(['next-in-list', 'next', 'list']).optional(),
  /** How one is told of what comes (rules/attention.ts). */
  attention: AttentionPreferences.optional(),
  /** What became of the tour (renderer/features/tour); absent: it was not begun. */
  tour: z.enum(['done', 'skipped']).optional(),
  /** In which order the column at the left has the views, by their names or ids, and which are out of sight (renderer/features/inbox). */
  views: z
    .object({ order: z.array(z.string().max(60)).max(500), hidden: z.array(z.string().max(60)).max(500) })
    .optional(),
  /** Own keys by action, in place of those of the table (renderer/app/keys); an empty list: none. */
  keys: z.record(z.string().max(40), z.array(z.string().max(40)).max(4)).optional(),
})
export type Preferences = z.infer<typeof Preferences>
