// Rows of a live query and how differences change them. Invariant: a row that did not change keeps its identity, and a result in
// which nothing changed is the very same array, so that nothing is drawn again for nothing.

export interface Difference<Row> {
  put: Row[]
  drop: string[]
  /** The new order of keys; null when it is as before (new rows then come last). */
  order: string[] | null
}

type Key<Row> = (row: Row) => string

/** A whole new result, as after a restart of the core: rows equal to the ones we have stay the ones we have. */
export function snapshot<Row>(before: readonly Row[], rows: readonly Row[], key: Key<Row>): readonly Row[] {
  const known = new Map(before.map(row => [key(row), row]))
  return settled(
    before,
    rows.map(row => kept(known.get(key(row)), row)),
  )
}

/** A key in `order` that nobody has sent is left out: better a row too few for a moment than a hole that crashes a list. */
export function difference<Row>(
  before: readonly Row[],
  { put, drop, order }: Difference<Row>,
  key: Key<Row>,
): readonly Row[] {
  const rows = new Map(before.map(row => [key(row), row]))
  for (const each of drop) rows.delete(each)
  for (const row of put) rows.set(key(row), kept(rows.get(key(row)), row))
  const after = order === null ? [...rows.values()] : order.flatMap(each => rows.get(each) ?? [])
  return settled(before, after)
}

const settled = <Row>(before: readonly Row[], after: readonly Row[]): readonly Row[] =>
  before.length === after.length && after.every((row, index) => row === before[index]) ? before : after

const kept = <Row>(before: Row | undefined, after: Row): Row =>
  before !== undefined && equal(before, after) ? before : after

/** Equality of plain data. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(
      name =>
        Object.hasOwn(b, name) &&
        equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  )
}
