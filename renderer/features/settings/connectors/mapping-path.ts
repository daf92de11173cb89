// From a value that was pressed in an answer to the path that a field of the mapping wants. Pure.
import type { CardMapping } from '#shared/model/card-mapping.ts'
import { parsePath, writePath } from '#shared/rules/json-path.ts'

export type Steps = readonly (string | number)[]

/** Where a field's path begins: the answer, an entry of the list, or a line of an entry. */
export type Place = 'answer' | 'list' | 'entry' | 'items' | 'item'

/** Null: what was pressed does not stand where that field is read. */
export function pathFor(
  place: Place,
  steps: Steps,
  mapping: Pick<CardMapping, 'list' | 'items'>,
): string | null {
  if (place === 'answer') return writePath(steps)
  if (place === 'list') return writePath(untilList(steps))
  const entry = inside(steps, mapping.list)
  if (entry === null || place === 'entry') return entry && writePath(entry)
  if (place === 'items')
    return entry.some(step => typeof step === 'number') ? writePath(untilList(entry)) : null
  const item = mapping.items === '' ? null : inside(entry, mapping.items)
  return item && writePath(item)
}

const untilList = (steps: Steps): Steps => {
  const place = steps.findIndex(step => typeof step === 'number')
  return place < 0 ? steps : steps.slice(0, place)
}

/** What remains below an entry of a list; where that is no list, below it itself. */
function inside(steps: Steps, list: string): Steps | null {
  const path = parsePath(list)
  if (!path || path.some((step, place) => step !== String(steps[place]))) return null
  const rest = steps.slice(path.length)
  return typeof rest[0] === 'number' ? rest.slice(1) : rest
}
