import { z } from 'zod'

/** What becomes of the conversation when an answer is sent; a macro asked for it. `snooze` is minutes from then. */
export const After = z.object({
  close: z.literal(true).optional(),
  snooze: z.int().min(1).max(525_600).optional(),
})
