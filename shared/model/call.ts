import { z } from 'zod'

/** What became of a call. */
export const CallOutcome = z.enum([
  'answered',
  /** Nobody of ours took it while it rang. */
  'missed',
  /** The caller hung up while waiting. */
  'abandoned',
  /** The caller left words; they are the item's text. */
  'voicemail',
  /** Of a call that we made: nobody took it there. */
  'not-reached',
])
export type CallOutcome = z.infer<typeof CallOutcome>

/** A call, as it was. The item's text is what was noted about it, or what the caller left. */
export const Call = z.object({
  outcome: CallOutcome,
  /** Seconds it rang or waited, and seconds that were spoken. */
  waited: z.int().nonnegative(),
  spoken: z.int().nonnegative(),
  /** Who of ours spoke; null: nobody. */
  agentId: z.string().max(120).nullable(),
  /** How it was called afterwards, in the workspace's words; empty: not at all. */
  disposition: z.string().max(100),
})
export type Call = z.infer<typeof Call>
