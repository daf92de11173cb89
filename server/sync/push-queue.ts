import { fault } from '#shared/protocol/fault.ts'
import type { Push } from '#shared/protocol/up.ts'
import { type Owner, type RunDeps, type RunResult, run } from './run.ts'

/** Runs the pushes of one connection strictly one after the other (S12). */
export class PushQueue {
  readonly #deps: RunDeps
  readonly #owner: Owner
  readonly #most: number
  readonly #onResult: (result: RunResult) => void
  readonly #onError: (error: unknown) => void
  readonly #waiting: { push: Push; confirmed: number }[] = []
  #running = false

  constructor(
    deps: RunDeps,
    owner: Owner,
    most: number,
    onResult: (result: RunResult) => void,
    onError: (error: unknown) => void,
  ) {
    this.#deps = deps
    this.#owner = owner
    this.#most = most
    this.#onResult = onResult
    this.#onError = onError
  }

  /** What was taken in is run even if the desk goes away meanwhile: it will ask again and be told. */
  add(push: Push, confirmed: number): void {
    if (this.#waiting.length >= this.#most) {
      this.#onResult({ kind: 'ended', fault: fault('hub-busy') })
      return
    }
    this.#waiting.push({ push, confirmed })
    if (!this.#running) this.#run().catch(this.#onError)
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift())
        this.#onResult(await run(this.#deps, this.#owner, next.push, next.confirmed))
    } finally {
      this.#running = false
    }
  }
}
