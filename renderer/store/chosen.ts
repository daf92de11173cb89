// Which rows of a list are chosen, for what is done to many at once.
import type { Id } from '#shared/model/base.ts'

/** With `all` the whole list but those named, else those named. */
export interface Chosen {
  all: boolean
  ids: ReadonlySet<Id>
}

export const none: Chosen = { all: false, ids: new Set() }
export const everyOne: Chosen = { all: true, ids: new Set() }

export const anyChosen = ({ all, ids }: Chosen): boolean => all || ids.size > 0
export const isChosen = ({ all, ids }: Chosen, id: Id): boolean => all !== ids.has(id)
export const chosenOf = ({ all, ids }: Chosen, count: number): number => (all ? count - ids.size : ids.size)

/** With these chosen as well, or with `off` the contrary. */
export function chosenWith({ all, ids: before }: Chosen, ids: readonly Id[], off = false): Chosen {
  const next = new Set(before)
  for (const id of ids)
    if (all === off) next.add(id)
    else next.delete(id)
  return { all, ids: next }
}
