/**
 * A patch is applied in pieces, so that no query waits long (S8). Each is a valid step: what belongs to one conversation stays
 * together, rows are older than nothing they replace, and what moves the desk on (leaves, cursors, page tokens, coverage, the
 * word that answers were stored) comes only with the last. After a crash between two pieces the hub sends it all again.
 */
import type { Id } from '#shared/model/base.ts'
import { type Key, keyOf, type Row } from '#shared/model/row.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'

/** What the outbox is asked while pieces are cut. */
export interface PendingKeys {
  /** The keys of a pending mutation. */
  keysOf(id: Id): readonly Key[]
  /** How many pending mutations have this conversation among their keys: so many are done again above it. */
  above(conversationId: Id): number
}

export const nothingPending: PendingKeys = { keysOf: () => [], above: () => 0 }

/** What one transaction of the replica takes in. */
export interface Piece extends Omit<Patch, 'patch' | 'remaining' | 'answers'> {
  /** The highest number the desk has every outcome of, once this is stored; null: not yet known to be. */
  confirms: number | null
  /** Rows, answers, and pending mutations that are done again: what the work depends on. */
  weight: number
}

/** The weight of a piece, at first: it then follows the machine (`nextSize`). */
export const PIECE = 400
const SMALLEST = 100
const LARGEST = 2000
/** A piece should take about this long. Milliseconds. */
const STEP = 20
/** Rows that are taken together from several patches, at most. */
const TOGETHER = 4000

/** The weight of the next piece on a machine where this one, cut to `size`, took so many milliseconds. */
export const nextSize = (size: number, { weight }: Piece, took: number): number =>
  weight < size / 2 || took <= 0
    ? size
    : Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(size * 1.5, (weight * STEP) / took))))

/** Whether `next` may be applied together with those before it. After a leave a row may come back: that needs its order. */
export const mayJoin = (before: readonly Patch[], next: Patch): boolean =>
  before.every(patch => patch.leaves.length === 0 && isPlain(patch)) &&
  isPlain(next) &&
  before.reduce((sum, { rows }) => sum + rows.length, next.rows.length) <= TOGETHER

const isPlain = ({ pages, answers }: Patch): boolean => pages.length === 0 && answers === undefined

/**
 * @param patches one, or several that came one after the other and may be joined
 */
export function piecesOf(patches: readonly [Patch, ...Patch[]], size: number, pending: PendingKeys): Piece[] {
  const patch = patches.length === 1 ? patches[0] : together(patches)
  const { acknowledged } = patch
  const last = {
    leaves: patch.leaves,
    cursors: patch.cursors,
    pages: patch.pages,
    coverage: patch.coverage,
    confirms: acknowledged.at(-1)?.n ?? null,
  }
  const weight = patch.rows.length + acknowledged.length
  if (pending === nothingPending && weight <= size)
    return [{ rows: patch.rows, joins: patch.joins, acknowledged, weight, ...last }]

  const cut = cutByConversation(patch.rows, acknowledged, size, pending)
  const brings = Map.groupBy(patch.joins, keyOf)
  return cut.map(({ rows, acknowledged, weight }, index) => ({
    rows,
    weight,
    joins: rows.flatMap(row => brings.get(keyOf(row)) ?? []),
    acknowledged,
    ...(index === cut.length - 1
      ? last
      : { leaves: [], cursors: [], pages: [], coverage: [], confirms: null }),
  }))
}

/** Several patches as one: of a row that came more than once, the latest. */
function together(patches: readonly [Patch, ...Patch[]]): Patch {
  const rows = new Map<string, Row>()
  const brings = new Map<string, Patch['joins'][number]>()
  for (const patch of patches) {
    for (const row of patch.rows) {
      const name = keyOf(row)
      if (row.rev >= (rows.get(name)?.rev ?? 0)) rows.set(name, row)
    }
    for (const join of patch.joins) brings.set(`${join.stream} ${keyOf(join)}`, join)
  }
  return {
    ...patches.at(-1)!,
    rows: [...rows.values()],
    joins: [...brings.values()],
    cursors: patches.flatMap(({ cursors }) => cursors),
    coverage: patches.flatMap(({ coverage }) => coverage),
    acknowledged: patches.flatMap(({ acknowledged }) => acknowledged),
  }
}

interface Part {
  rows: Row[]
  acknowledged: Acknowledgement[]
  weight: number
}

/** Rows that belong to no conversation come first: the others may need them. */
const NONE = ''

function conversationOf({ type, id, doc }: Row): Id {
  if (type === 'conversation') return id
  return type === 'item' || type === 'draft' || type === 'readMark' ? doc.conversationId : NONE
}

/**
 * The rows of one conversation and the answers about it in one piece: every change of a conversation has what is still pending on
 * it done again. An answer never comes before a row of its mutation, or what it wrote would be gone for a moment.
 */
function cutByConversation(
  rows: readonly Row[],
  acknowledged: readonly Acknowledgement[],
  size: number,
  pending: PendingKeys,
): Part[] {
  const answers = acknowledged.map(answer => {
    const keys = pending.keysOf(answer.id)
    return { answer, keys, of: keys.find(({ type }) => type === 'conversation')?.id ?? NONE }
  })
  const rowsOf = Map.groupBy(rows, conversationOf)
  const answersOf = Map.groupBy(answers, ({ of }) => of)

  let part: Part = { rows: [], acknowledged: [], weight: 0 }
  const parts = [part]
  const next = (): void => {
    part = { rows: [], acknowledged: [], weight: 0 }
    parts.push(part)
  }
  const placeOf = new Map<string, number>()
  for (const of of new Set([NONE, ...rowsOf.keys(), ...answersOf.keys()])) {
    const own = rowsOf.get(of) ?? []
    const besides = of === NONE ? 0 : (answersOf.get(of)?.length ?? 0) + pending.above(of)
    if (part.weight > 0 && part.weight + own.length + besides > size) next()
    for (const row of own) {
      if (part.rows.length >= size) next()
      part.rows.push(row)
      part.weight += 1
      placeOf.set(keyOf(row), parts.length - 1)
    }
    part.weight += besides
    placeOf.set(keyOf({ type: 'conversation', id: of }), parts.length - 1)
  }
  for (const { answer, keys, of } of answers) {
    const places = [keyOf({ type: 'conversation', id: of }), ...keys.map(keyOf)].map(
      name => placeOf.get(name) ?? 0,
    )
    parts[Math.max(...places)]!.acknowledged.push(answer)
  }
  return parts
}
