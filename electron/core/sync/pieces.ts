/**
 * A patch is applied in pieces, so that no query waits long (S8). Each is a valid step: what belongs to one conversation stays
 * together, rows are older than nothing they replace, and what moves the desk on (leaves, cursors, page tokens, coverage, the
 * word that answers were stored) comes only with the last. After a crash between two pieces the hub sends it all again.
 */
import type { Id } from '#shared/model/base.ts'
import { type Key, keyOf, type Row } from '#shared/model/row.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'

/** What one transaction of the replica takes in. */
export interface Piece extends Omit<Patch, 'patch' | 'remaining' | 'answers'> {
  /** The highest number the desk has every outcome of, once this is stored; null: not yet known to be. */
  confirms: number | null
  /** News as they happen: of messages among them a person is told. */
  live: boolean
}

/** Rows and answers of a piece, at first: it then follows the machine (`nextSize`). */
export const PIECE = 400
const SMALLEST = 100
const LARGEST = 2000
/** A piece should take about this long. Milliseconds. */
const STEP = 20
/** Rows that are taken together from several patches, at most. */
const TOGETHER = 4000

/** The size of the next piece on a machine where one of `size` with so many rows and answers took so many milliseconds. */
export const nextSize = (size: number, { rows, acknowledged }: Piece, took: number): number => {
  const count = rows.length + acknowledged.length
  return count < size / 2 || took <= 0
    ? size
    : Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(size * 1.5, (count * STEP) / took))))
}

/** Whether `next` may be applied together with those before it. After a leave a row may come back: that needs its order. */
export const mayJoin = (before: readonly Patch[], next: Patch): boolean =>
  before.every(patch => patch.leaves.length === 0 && isPlain(patch)) &&
  isPlain(next) &&
  before.reduce((sum, { rows }) => sum + rows.length, next.rows.length) <= TOGETHER

const isPlain = ({ pages, answers }: Patch): boolean => pages.length === 0 && answers === undefined

/**
 * @param patches one, or several that came one after the other and may be joined
 * @param keysOf the keys of a pending mutation, by its id
 */
export function piecesOf(
  patches: readonly [Patch, ...Patch[]],
  size: number,
  keysOf: (id: Id) => readonly Key[],
): Piece[] {
  const patch = patches.length === 1 ? patches[0] : together(patches)
  const { acknowledged } = patch
  const last: Omit<Piece, 'rows' | 'joins' | 'acknowledged' | 'live'> = {
    leaves: patch.leaves,
    cursors: patch.cursors,
    pages: patch.pages,
    coverage: patch.coverage,
    confirms: acknowledged.at(-1)?.n ?? null,
  }
  const live = isPlain(patch) && patch.remaining === 0
  if (patch.rows.length + acknowledged.length <= size)
    return [{ rows: patch.rows, joins: patch.joins, acknowledged, live, ...last }]

  const cut = cutByConversation(patch.rows, acknowledged, size, keysOf)
  const brings = Map.groupBy(patch.joins, keyOf)
  return cut.map(({ rows, acknowledged }, index) => ({
    rows,
    joins: rows.flatMap(row => brings.get(keyOf(row)) ?? []),
    acknowledged,
    live,
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
  keysOf: (id: Id) => readonly Key[],
): Part[] {
  const answers = acknowledged.map(answer => {
    const keys = keysOf(answer.id)
    return { answer, keys, of: keys.find(({ type }) => type === 'conversation')?.id ?? NONE }
  })
  const rowsOf = Map.groupBy(rows, conversationOf)
  const answersOf = Map.groupBy(answers, ({ of }) => of)

  const parts: Part[] = [{ rows: [], acknowledged: [] }]
  const weight = ({ rows, acknowledged }: Part): number => rows.length + acknowledged.length
  const placeOf = new Map<string, number>()
  for (const of of new Set([NONE, ...rowsOf.keys(), ...answersOf.keys()])) {
    const own = rowsOf.get(of) ?? []
    const answered = answersOf.get(of) ?? []
    if (weight(parts.at(-1)!) > 0 && weight(parts.at(-1)!) + own.length + answered.length > size)
      parts.push({ rows: [], acknowledged: [] })
    for (const row of own) {
      if (parts.at(-1)!.rows.length >= size) parts.push({ rows: [], acknowledged: [] })
      parts.at(-1)!.rows.push(row)
      placeOf.set(keyOf(row), parts.length - 1)
    }
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
