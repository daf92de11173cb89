import { Broken } from './broken.ts'

/** Timers of one moment; a large team needs a tenth of it. */
const MOST = 20_000

/**
 * Time under the simulation's control. Nothing happens by itself: `run` fires timers in order of their time, and lets all
 * promises settle in between, so one seed gives one history.
 */
export class VirtualTime {
  now: number
  /** Work that waits for something real (PostgreSQL); answers when there is none left. */
  busy: (() => Promise<void> | undefined) | undefined
  #next = 0
  #fired = 0
  /** A heap: the earliest first, those of one moment in the order in which they were asked for. */
  readonly #timers: Timer[] = []

  constructor(start: number) {
    this.now = start
  }

  /** Runs once after so many milliseconds; returns the way to call it off. */
  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer: Timer = {
      at: this.now + Math.max(0, Math.ceil(milliseconds)),
      number: this.#next++,
      run,
    }
    this.#push(timer)
    return () => {
      timer.run = undefined
    }
  }

  /** Resolves when so many milliseconds have passed. */
  readonly pause = (milliseconds: number): Promise<void> =>
    new Promise(resolve => void this.after(milliseconds, resolve))

  /** Lets time pass, firing what falls due. */
  async run(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    await this.settle()
    for (let due = this.#timers[0]; due && due.at <= end; due = this.#timers[0]) {
      this.#pop()
      if (!due.run) continue
      this.#fired = due.at > this.now ? 0 : this.#fired + 1
      if (this.#fired > MOST) throw new Broken('I10', 'something goes on for ever', 'and time stands still')
      this.now = Math.max(this.now, due.at)
      due.run()
      await this.settle()
    }
    this.now = end
  }

  /** The code under test waits for nothing but promises and these timers: after one turn of the event loop all have run. */
  async settle(): Promise<void> {
    await turn()
    for (let work = this.busy?.(); work; work = this.busy?.()) {
      await work
      await turn()
    }
  }

  #push(timer: Timer): void {
    const heap = this.#timers
    let at = heap.push(timer) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(timer, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = timer
  }

  #pop(): void {
    const heap = this.#timers
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1
      if (!isBefore(heap[below]!, last)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = last
  }
}

interface Timer {
  at: number
  number: number
  run: (() => void) | undefined
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.number < other.number)

const turn = (): Promise<void> => new Promise(resolve => void setImmediate(resolve))
