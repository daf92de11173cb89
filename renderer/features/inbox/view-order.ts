// Which views the column at the left has, and in which order: as everybody has them, until a person puts them in another.
import type { Preferences } from '#shared/ipc/states.ts'
import type { SavedView } from '#shared/model/saved-view.ts'
import { View } from '#shared/queries/index.ts'

/** A view that everybody has, or one that the team or the person here made. */
export type ViewLine = { key: View; saved?: undefined } | { key: string; saved: SavedView }

/** Names of views in the order they were put in, and those that are out of sight. What is named nowhere stands after its usual neighbour. */
export type ViewOrder = NonNullable<Preferences['views']>

export interface ViewLines {
  /** Every view once, in order. */
  all: ViewLine[]
  shown: ViewLine[]
  hidden: ViewLine[]
}

export function arrange(
  saved: readonly SavedView[],
  { order, hidden }: ViewOrder = { order: [], hidden: [] },
): ViewLines {
  const lines: ViewLine[] = [
    ...View.options.map(key => ({ key }) as ViewLine),
    ...saved.map(view => ({ key: view.id, saved: view })),
  ]
  const byKey = new Map(lines.map(line => [line.key as string, line]))
  const placed = [...new Set(order)].flatMap(key => byKey.get(key) ?? [])
  const isPlaced = new Set(placed)
  lines.forEach((line, index) => {
    if (isPlaced.has(line)) return
    const before = lines[index - 1]
    placed.splice(before ? placed.indexOf(before) + 1 : 0, 0, line)
  })
  const isHidden = ({ key }: ViewLine): boolean => hidden.includes(key)
  return {
    all: placed,
    shown: placed.filter(line => !isHidden(line)),
    hidden: placed.filter(isHidden),
  }
}

const keysOf = (lines: readonly ViewLine[]): string[] => lines.map(({ key }) => key)

/** The order after a view was put before another, or at the end (null). */
export function moved({ all, hidden }: ViewLines, key: string, before: string | null): ViewOrder {
  if (key === before) return { order: keysOf(all), hidden: keysOf(hidden) }
  const order = keysOf(all).filter(each => each !== key)
  const at = before === null ? -1 : order.indexOf(before)
  order.splice(at < 0 ? order.length : at, 0, key)
  return { order, hidden: keysOf(hidden) }
}

/** The order after a view was put one place further up (-1) or down (1) among those in sight. */
export function shifted(views: ViewLines, key: string, by: -1 | 1): ViewOrder {
  const shown = keysOf(views.shown)
  const at = shown.indexOf(key)
  const before = by < 0 ? shown[Math.max(at - 1, 0)] : shown[at + 2]
  return moved(views, key, before ?? null)
}

/** The order after a view went out of sight, or came back to where it was. */
export function veiled({ all, hidden }: ViewLines, key: string, hide: boolean): ViewOrder {
  const others = keysOf(hidden).filter(each => each !== key)
  return { order: keysOf(all), hidden: hide ? [...others, key] : others }
}
