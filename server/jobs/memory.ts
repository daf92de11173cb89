import type { Instant } from '#shared/model/base.ts'
import type { NewJob } from '../store/store.ts'
import type { JobList } from './job-list.ts'
import { type JobKind, type Jobs, jobKinds } from './jobs.ts'

export interface MemoryJobs extends Jobs {
  /** The time of the earliest waiting job that has a handler. */
  nextAt(): Instant | null
  /**
   * Runs what is due, one after the other, and what becomes due by that; answers how many. A handler that throws ends the
   * run, its job stays: in a simulation that is a bug to be seen.
   */
  runDue(now: Instant): Promise<number>
}

/** Jobs under the control of a simulation. The list belongs to the store and outlives this hub. */
export function memoryJobs(list: JobList): MemoryJobs {
  const handlers = new Map<JobKind, (job: NewJob) => Promise<void>>()
  const known = (): NewJob[] => list.all().filter(({ kind }) => handlers.has(kind))

  return {
    async work(kind, handler) {
      handlers.set(kind, handler)
    },
    nextAt: () => known()[0]?.at ?? null,
    async runDue(now) {
      for (let count = 0; ; count++) {
        const job = known().find(({ at }) => at <= now)
        if (!job) return count
        await handlers.get(job.kind)?.(job)
        list.finish(job)
      }
    },
    counts: async () =>
      jobKinds.map(kind => ({
        kind,
        waiting: list.all().filter(job => job.kind === kind).length,
        active: 0,
      })),
    async stop() {
      handlers.clear()
    },
  }
}
