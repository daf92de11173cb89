import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { type Key, key, keyOf, type Row } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'
import type { Piece } from './pieces.ts'
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

/**
 * Applies a piece of a patch in one transaction (S7): a crash leaves the state before or after it. It is held (see
 * Replica): rows and cursors go back together, and the hub sends them again. Only when it confirms outcomes it is on the platter
 * first, with all before it: those the hub forgets then.
 */
export function applyPiece(replica: Replica, piece: Piece, context: ApplyContext): Applied {
  const run = <T>(work: () => T): T =>
    piece.confirms === null ? replica.held(work) : replica.transaction(work)
  return run(() => {
    const { outbox } = replica.sql
    const pending = outbox.any.get() !== undefined
    const { fresh, unseen, uncovered, arrived } = sift(replica, piece, pending)
    const answered = piece.acknowledged
      .map(acknowledgement => ({ acknowledgement, entry: outbox.byId.get(acknowledgement.id) }))
      .filter(
        (pair): pair is { acknowledgement: Acknowledgement; entry: OutboxRow } => pair.entry !== undefined,
      )

    rebase(replica, {
      touched: [
        ...[...fresh, ...piece.leaves].map(({ type, id }): Key => ({ type, id })),
        ...(pending && bringsOwner(replica, fresh) ? everyPendingKey(replica) : []),
      ],
      dropped: answered.map(({ entry }) => entry),
      change: rows => changeRows(replica, rows, piece, fresh, unseen),
    })
    movePlaces(replica, piece)

    const refused: RefusedNote[] = []
    for (const { acknowledgement, entry } of answered)
      if (acknowledgement.outcome.kind === 'refused')
        refused.push(takeRefusal(replica, entry, acknowledgement.outcome, context))
    confirm(replica, piece.confirms)
    return { refused, arrived, uncovered }
  })
}

/** The rows that are newer than what the desk has (S6), and what is new among them. */
function sift(replica: Replica, piece: Piece, pending: boolean) {
  const { tables, sql } = replica
  const fresh: Row[] = []
  const unseen = new Set<Row>()
  const came = new Map<string, number>()
  const uncovered = new Set<Id>()
  const arrived: Item[] = []
  for (const row of piece.rows) {
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
    else if (row.type === 'item' && known === undefined && piece.live && row.doc.direction === 'in')
      arrived.push(row.doc)
  }
  return { fresh, unseen, uncovered: [...uncovered], arrived }
}

const MANY = 1_000_000

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
  piece: Piece,
  fresh: readonly Row[],
  unseen: ReadonlySet<Row>,
): void {
  const { memberships, sql } = replica
  for (const row of fresh) rows.put(row.type, row.rev, row.doc, unseen.has(row))
  for (const { stream, type, id } of piece.joins) memberships.join(stream, { type, id })
  for (const { stream, type, id } of piece.leaves) {
    const doc = type === 'customer' || type === 'identity' ? undefined : rows.get(type, id)
    if (memberships.leave(stream, { type, id }, doc)) removeRow(replica, rows, key(type, id))
  }
  for (const { conversationId, fromSeq } of piece.coverage) sql.coverage.write.run(conversationId, fromSeq)
  if (piece.coverage.length > 0) replica.touchLocal()
}

/** Removes a row with what the desk knows about it. */
export function removeRow(replica: Replica, rows: HubRows, at: Key): void {
  rows.remove(at)
  if (at.type === 'conversation') replica.sql.coverage.remove.run(at.id)
}

function movePlaces(replica: Replica, piece: Piece): void {
  const { stream } = replica.sql
  for (const cursor of piece.cursors) stream.cursor.run(cursor.stream, cursor.epoch, cursor.version)
  for (const page of piece.pages) stream.page.run(page.token, page.stream satisfies Stream)
}

function confirm({ settings }: Replica, n: number | null): void {
  const numbers = settings.get('numbers')
  if (numbers && n !== null && n > numbers.confirmed) settings.set('numbers', { ...numbers, confirmed: n })
}
