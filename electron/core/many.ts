/** Work on many rows at once. Each is an ordinary mutation of its own, so that undo, refusals and offline are what they always are. */
import type { Id } from '#shared/model/base.ts'
import type { Desk } from './desk.ts'
import { FaultError } from './fault-error.ts'
import { type Ground, turn } from './ground.ts'
import { type MutateContext, mutate } from './sync/mutate.ts'

export interface ManyDeps {
  ground: Ground
  /** The open desk. Throws where nobody may ask. */
  desk(): Desk
  context(desk: Desk): MutateContext
}

/** Mutations of one transaction: no query waits longer for them than for a page of first sync (S8). */
const BATCH = 50
/** What was done and can be taken back, and what is being read. */
const KEPT = 4

export interface Step {
  name: string
  args: unknown
}

export interface Changed {
  changed: number
  left: number
}

/** Puts mutations for each into the outbox, a batch a turn. Whom one of them is refused at once for is left as it was, and counted. */
export async function doForEach(
  deps: ManyDeps,
  ids: readonly Id[],
  stepOf: (id: Id, desk: Desk) => Step | null,
  told: (done: number) => void,
): Promise<Changed> {
  const result: Changed = { changed: 0, left: 0 }
  for (let from = 0; from < ids.length; from += BATCH) {
    const desk = deps.desk()
    const context = deps.context(desk)
    const steps = ids.slice(from, from + BATCH).flatMap(id => stepOf(id, desk) ?? [])
    if (attemptAll(desk, steps, context)) result.changed += steps.length
    else
      for (const step of steps)
        if (attemptAll(desk, [step], context)) result.changed += 1
        else result.left += 1
    desk.afterChange()
    told(Math.min(from + BATCH, ids.length))
    await turn(deps.ground)
  }
  return result
}

/** All of them in one transaction; false: one of them was refused, and nothing has happened. */
function attemptAll({ replica }: Desk, steps: readonly Step[], context: MutateContext): boolean {
  try {
    replica.transaction(() => {
      for (const step of steps) mutate(replica, step, context)
    })
    return true
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind !== 'disk-full') return false
    throw error
  }
}

/** Keeps the latest few under their names. */
export class Latest<V> {
  readonly #kept = new Map<string, V>()

  set(name: string, value: V): void {
    this.#kept.set(name, value)
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest)
  }
  get = (name: string): V | undefined => this.#kept.get(name)
  take(name: string): V | undefined {
    const value = this.#kept.get(name)
    this.#kept.delete(name)
    return value
  }
}
