import type { Scrubbed } from '../erasure/scrub.ts'
import type { NewJob, Store } from '../store/store.ts'

export interface ScrubDeps {
  store: Store
  scrub?(): Promise<Scrubbed>
}

/** The job after an erasure: the database's own remains go. Several erasures are one job; what is too much for the day waits. */
export function scrubJob({ store, scrub }: ScrubDeps): (job: NewJob) => Promise<void> {
  return async ({ key }) => {
    const scrubbed = await scrub?.()
    if (typeof scrubbed === 'object')
      await store.write(async tx => tx.job({ kind: 'scrub', key, at: scrubbed.again }))
  }
}
