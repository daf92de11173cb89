import type { NewJob } from '../store/store.ts'

const wordOf = ({ kind, key }: NewJob): string => `${kind} ${key}`

/**
 * Jobs in memory: one waiting job of a kind and key, the last one put. A job stays until it is finished, so a hub that
 * dies over it sees it again; one put meanwhile stays for the next time.
 */
export class JobList {
  private readonly waiting = new Map<string, NewJob>()

  put(job: NewJob): void {
    this.waiting.delete(wordOf(job))
    this.waiting.set(wordOf(job), job)
  }

  finish(job: NewJob): void {
    if (this.waiting.get(wordOf(job)) === job) this.waiting.delete(wordOf(job))
  }

  /** Earliest first; of one time, in the order in which they were put. */
  all(): NewJob[] {
    return [...this.waiting.values()].sort((a, b) => a.at - b.at)
  }
}
