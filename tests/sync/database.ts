import { JobList } from '../../server/jobs/job-list.ts'
import { type MemoryBackup, memoryStore } from '../../server/store/memory/store.ts'
import type { NewJob, Store } from '../../server/store/store.ts'

/** What outlives the hub: its database, the jobs in it, and the last backup of both. */
export interface Database {
  readonly store: Store
  readonly jobs: WatchedJobs
  /** Keeps a backup; an earlier one is given up. */
  keep(): Promise<void>
  /** Takes everything back to the backup. Answers false when there is none. */
  restore(): Promise<boolean>
  close(): Promise<void>
}

/** The list of jobs, telling whoever works on it of new ones. */
export class WatchedJobs extends JobList {
  onPut: ((job: NewJob) => void) | undefined

  override put(job: NewJob): void {
    super.put(job)
    this.onPut?.(job)
  }
}

export class MemoryDatabase implements Database {
  store: ReturnType<typeof memoryStore>
  jobs = new WatchedJobs()
  #kept: MemoryBackup | undefined

  constructor(from: MemoryBackup) {
    this.store = memoryStore(from, this.jobs)
  }

  async keep(): Promise<void> {
    this.#kept = this.store.backup()
  }

  async restore(): Promise<boolean> {
    if (!this.#kept) return false
    this.goBackTo(this.#kept)
    return true
  }

  goBackTo(backup: MemoryBackup): void {
    this.jobs = new WatchedJobs()
    this.store = memoryStore(backup, this.jobs)
  }

  async close(): Promise<void> {}
}
