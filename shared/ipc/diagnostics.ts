import { z } from 'zod'

/** How a desk is, without a word of anybody: to be handed over when something does not work. Sizes in bytes, times in milliseconds. */
export const Diagnostics = z.object({
  version: z.string(),
  protocol: z.int(),
  /** Migrations of the replica. */
  replica: z.int(),
  node: z.string(),
  platform: z.string(),
  memory: z.object({ rss: z.int(), heap: z.int(), external: z.int() }),
  upSince: z.int(),
  now: z.int(),
  /** The hub's clock minus the desk's. */
  clockOffset: z.int(),
  /** Rows by noun. */
  rows: z.record(z.string(), z.int()),
  database: z.object({ size: z.int(), free: z.int() }),
  /** Items that search does not find yet. */
  unindexed: z.int(),
  streams: z.int(),
  sync: z.object({
    phase: z.string(),
    lastContactAt: z.int().nullable(),
    currentAt: z.int().nullable(),
    offlineSince: z.int().nullable(),
    ...{ waiting: z.int(), held: z.int(), refused: z.int(), uncertain: z.int(), failed: z.int() },
    fault: z.string().nullable(),
  }),
  /** What went wrong lately: what was asked, and the kind of fault. */
  troubles: z.array(
    z.object({ at: z.int(), where: z.string(), kind: z.string(), frames: z.array(z.string()) }),
  ),
})
export type Diagnostics = z.infer<typeof Diagnostics>
export type CoreTrouble = Diagnostics['troubles'][number]
