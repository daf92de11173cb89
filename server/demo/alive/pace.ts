import type { Log } from '../../sync/ground.ts'

/**
 * Time of the demonstration: everything that is to happen later, ended together. `scale` makes a test's seconds short.
 * What fails is told in the log and hurts nothing else.
 */
export class Pace {
  readonly #scale: number
  readonly #log: Log
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  readonly #running = new Set<Promise<void>>()
  #stopped = false

  constructor(scale: number, log: Log) {
    this.#scale = scale
    this.#log = log
  }

  /** Seconds as a person would wait. */
  after(seconds: number, run: () => Promise<void> | void): void {
    if (this.#stopped) return
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        this.now(run)
      },
      seconds * 1000 * this.#scale,
    )
    this.#timers.add(timer)
  }

  now(run: () => Promise<void> | void): void {
    if (this.#stopped) return
    const task = Promise.resolve()
      .then(run)
      .catch(error => {
        if (!this.#stopped)
          this.#log.warn({ error: String(error) }, 'the demonstration could not do something')
      })
      .finally(() => this.#running.delete(task))
    this.#running.add(task)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#running)
  }
}
