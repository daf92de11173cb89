/** Every order of these. */
export function* ordersOf<T>(all: readonly T[]): Generator<T[]> {
  if (all.length === 0) yield []
  for (const [index, one] of all.entries())
    for (const rest of ordersOf(all.toSpliced(index, 1))) yield [one, ...rest]
}
