import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { type Key, key, keyOf, type Row } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Patch } from '#shared/protocol/down.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'
import { type HubRows, rebase } from './rebase.ts'
import { type RefusedNote, takeRefusal } from './refusal.ts'

/** What a patch brought that somebody must be told of. */
export interface Applied {
  refused: RefusedNote[]
  /** Messages of customers that were not here before. */
  arrived: Item[]
  /** Conversations of which it is not known how far back they are whole (S6). */
  uncovered: Id[]
}

export interface ApplyContext {
  /** Makes ids for the drafts that refused words come back in. */
  newId(): Id
  /** The desk's best estimate of the hub's clock. Milliseconds. */
  now: number
}

/** Rows of one transaction: above it a patch is applied in pieces, so that no query waits long (S8). See `nextPiece`. */
export const PIECE = 400
const SMALLEST = 100
const LARGEST = 2000
/** A piece should take about this long. Milliseconds. */
const STEP = 20
const MANY = 1_000_000

/** The size of the next piece on a machine where one of `size` rows took so many milliseconds. */
export const nextPiece = (size: number, rows: number, took: number): number =>
  rows < size / 2 || took <= 0
    ? size
    : Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(size * 1.5, (rows * STEP) / took))))

/**
 * Cuts a patch into pieces, each a valid step: rows are older than nothing they replace, and what moves the desk on (leaves,
 * cursors, page tokens, acknowledgements) comes only with the last. After a crash between two pieces the hub sends it again.
 */
export function piecesOf(patch: Patch, size = PIECE): Patch[] {
  if (patch.rows.length <= size) return [patch]
  const joins = Map.groupBy(patch.joins, keyOf)
  const pieces: Patch[] = []
  for (let from = 0; from < patch.rows.length; from += size) {
    const rows = patch.rows.slice(from, from + size)
    const last = from + size >= patch.rows.length
    pieces.push({
      ...patch,
      rows,
      joins: rows.flatMap(row => joins.get(keyOf(row)) ?? []),
      ...(last ? {} : { leaves: [], cursors: [], pages: [], coverage: [], acknowledged: [] }),
    })
  }
  return pieces
}

/**
 * Applies a patch, or a piece of one, in one transaction (S7): a crash leaves the state before or after it. One without
 * acknowledgements need not be on the platter at once: cursors and rows go back together, and the hub sends them again. With
 * them it must: the hub forgets an outcome that the desk has confirmed.
 */
export function applyPatch(replica: Replica, patch: Patch, context: ApplyContext): Applied {
  return replica.transaction(
    () => {
      const { outbox } = replica.sql
      const pending = outbox.any.get() !== undefined
      const { fresh, unseen, uncovered, arrived } = sift(replica, patch, pending)
      const answered = patch.acknowledged
        .map(acknowledgement => ({ acknowledgement, entry: outbox.byId.get(acknowledgement.id) }))
        .filter(
          (pair): pair is { acknowledgement: Acknowledgement; entry: OutboxRow } => pair.entry !== undefined,
        )

      rebase(replica, {
        touched: [
          ...[...fresh, ...patch.leaves].map(({ type, id }): Key => ({ type, id })),
          ...(pending && bringsOwner(replica, fresh) ? everyPendingKey(replica) : []),
        ],
        dropped: answered.map(({ entry }) => entry),
        change: rows => changeRows(replica, rows, patch, fresh, unseen),
      })
      movePlaces(replica, patch)

      const refused: RefusedNote[] = []
      for (const { acknowledgement, entry } of answered)
        if (acknowledgement.outcome.kind === 'refused')
          refused.push(takeRefusal(replica, entry, acknowledgement.outcome, context))
      confirm(replica, patch.acknowledged)
      return { refused, arrived, uncovered }
    },
    patch.acknowledged.length === 0 ? 'refetchable' : undefined,
  )
}

/** The rows that are newer than what the desk has (S6), and what is new among them. */
function sift(replica: Replica, patch: Patch, pending: boolean) {
  const { tables, sql } = replica
  const live = patch.pages.length === 0 && patch.answers === undefined
  const fresh: Row[] = []
  const unseen = new Set<Row>()
  const came = new Map<string, number>()
  const uncovered = new Set<Id>()
  const arrived: Item[] = []
  for (const row of patch.rows) {
    const name = keyOf(row)
    const shown = tables.rev(row.type, row.id)
    // One that a pending mutation removed is known by its base only.
    const known = came.get(name) ?? shown ?? (pending ? sql.base.read.get(row.type, row.id)?.rev : undefined)
    if (known !== undefined && known >= row.rev) continue
    fresh.push(row)
    // The same row may come twice, by two streams; it is new only once.
    if (shown === undefined && !came.has(name)) unseen.add(row)
    came.set(name, row.rev)
    if (row.type === 'conversation' && known === undefined) uncovered.add(row.id)
    else if (row.type === 'item' && known === undefined && live && row.doc.direction === 'in')
      arrived.push(row.doc)
  }
  return { fresh, unseen, uncovered: [...uncovered], arrived }
}

/** Without its agent's row no effect can be shown; when it comes all are tried again. */
function bringsOwner({ tables, settings }: Replica, fresh: readonly Row[]): boolean {
  const owner = settings.get('owner')?.agentId
  return fresh.some(({ type, id }) => type === 'agent' && id === owner && tables.rev(type, id) === undefined)
}

const everyPendingKey = ({ sql }: Replica): Key[] =>
  sql.outbox.all.all(MANY).flatMap(({ seq }) => sql.outbox.keys.all(seq).map(({ type, id }) => key(type, id)))

function changeRows(
  replica: Replica,
  rows: HubRows,
  patch: Patch,
  fresh: readonly Row[],
  unseen: ReadonlySet<Row>,
): void {
  const { memberships, sql } = replica
  for (const row of fresh) rows.put(row.type, row.rev, row.doc, unseen.has(row))
  for (const { stream, type, id } of patch.joins) memberships.join(stream, { type, id })
  for (const { stream, type, id } of patch.leaves) {
    const doc = type === 'customer' || type === 'identity' ? undefined : rows.get(type, id)
    if (memberships.leave(stream, { type, id }, doc)) removeRow(replica, rows, key(type, id))
  }
  for (const { conversationId, fromSeq } of patch.coverage) sql.coverage.write.run(conversationId, fromSeq)
  if (patch.coverage.length > 0) replica.touchLocal()
}

/** Removes a row with what the desk knows about it. */
export function removeRow(replica: Replica, rows: HubRows, at: Key): void {
  rows.remove(at)
  if (at.type === 'conversation') replica.sql.coverage.remove.run(at.id)
}

function movePlaces(replica: Replica, patch: Patch): void {
  const { stream } = replica.sql
  for (const cursor of patch.cursors) stream.cursor.run(cursor.stream, cursor.epoch, cursor.version)
  for (const page of patch.pages) stream.page.run(page.token, page.stream satisfies Stream)
}

function confirm(replica: Replica, acknowledged: readonly Acknowledgement[]): void {
  const numbers = replica.settings.get('numbers')
  const last = acknowledged.at(-1)
  if (numbers && last && last.n > numbers.confirmed)
    replica.settings.set('numbers', { ...numbers, confirmed: last.n })
}
