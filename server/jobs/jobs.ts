import type { NewJob } from '../store/store.ts'

export type JobKind = NewJob['kind']

/**
 * Work that only the hub does, after a commit (S17). A job is made by `tx.job`, so it exists exactly if its transaction
 * committed.
 *
 * Of one kind and key at most one job waits; a later one replaces it, its time included. One that is already with its
 * handler is not replaced: the new one waits beside it.
 *
 * A handler may see a job twice, also at once on two hubs, and must be idempotent: it takes what it needs under lock and
 * decides from the rows whether there is still something to do. It decides about retries too, by making the job again
 * with a later time. A handler that throws, or whose hub dies, sees the same job again a little later.
 */
export interface Jobs {
  work(kind: JobKind, handler: (job: NewJob) => Promise<void>): Promise<void>
  counts(): Promise<JobCounts[]>
  /** Waits for the handlers under way, and takes no more jobs. */
  stop(): Promise<void>
}

export interface JobCounts {
  kind: JobKind
  /** Not yet with a handler; those for later included. */
  waiting: number
  active: number
}

export const jobKinds: readonly JobKind[] = ['deliver', 'wake', 'file', 'transcript', 'scrub']
