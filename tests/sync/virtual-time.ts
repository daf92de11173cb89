/**
 * Time under the simulation's control. Nothing happens by itself: `run` fires timers in order of their time, and lets all
 * promises settle in between, so one seed gives one history.
 */
export class VirtualTime {
  now: number
  #next = 0
  readonly #timers = new Map<number, { at: number; run: () => void }>()

  constructor(start: number) {
    this.now = start
  }

  /** Runs once after so many milliseconds; returns the way to call it off. */
  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const number = this.#next++
    this.#timers.set(number, { at: this.now + Math.max(0, Math.ceil(milliseconds)), run })
    return () => void this.#timers.delete(number)
  }

  /** Lets time pass, firing what falls due. */
  async run(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    await settle()
    for (let due = this.#first(); due && due.at <= end; due = this.#first()) {
      this.now = Math.max(this.now, due.at)
      this.#timers.delete(due.number)
      due.run()
      await settle()
    }
    this.now = end
  }

  #first(): { number: number; at: number; run: () => void } | undefined {
    let first: { number: number; at: number; run: () => void } | undefined
    for (const [number, timer] of this.#timers)
      if (!first || timer.at < first.at) first = { number, ...timer }
    return first
  }
}

/** The store in memory and the sessions wait for nothing but promises; this lets all of them run to their end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
}
