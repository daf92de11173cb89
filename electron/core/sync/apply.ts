import type { Id } from '#shared/model/base.ts'
import type { Erasure } from '#shared/model/erasure.ts'
import type { Item } from '#shared/model/item.ts'
import { type Key, key, keyOf, type Row } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'
import { eraseHere } from './erase.ts'
import { erasedMutation } from './outbox.ts'
import type { Piece } from './pieces.ts'
import { type HubRows, rebase } from './rebase.ts'
import { type RefusedNote, takeRefusal } from './refusal.ts'

/** What a patch brought that somebody must be told of. */
export interface Applied {
  refused: RefusedNote[]
  /** Conversations of which it is not known how far back they are whole (S6). */
  uncovered: Id[]
  /** Who was erased; the database's own remains of them are still there. */
  erased: Erasure[]
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
    piece.confirms === null && !piece.rows.some(({ type }) => type === 'erasure')
      ? replica.held(work)
      : replica.transaction(work)
  return run(() => {
    const { outbox } = replica.sql
    const pending = outbox.any.get() !== undefined
    const { fresh, unseen, uncovered, barred } = sift(replica, piece, pending)
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
      change: rows => changeRows(replica, rows, piece, { fresh, unseen, barred }),
    })
    movePlaces(replica, piece)

    const refused: RefusedNote[] = []
    for (const { acknowledgement, entry } of answered)
      if (acknowledgement.outcome.kind === 'refused' && entry.name !== erasedMutation)
        refused.push(takeRefusal(replica, entry, acknowledgement.outcome, context))
    const erasures = fresh.flatMap(row => (row.type === 'erasure' ? [row.doc] : []))
    if (erasures.length > 0) refused.push(...eraseHere(replica, erasures, context.now))
    confirm(replica, piece.confirms)
    return { refused, uncovered, erased: erasures }
  })
}

/** The rows that are newer than what the desk has (S6), and what is new among them. */
function sift(replica: Replica, piece: Piece, pending: boolean) {
  const { tables, sql } = replica
  const fresh: Row[] = []
  const unseen = new Set<Row>()
  const came = new Map<string, number>()
  const uncovered = new Set<Id>()
  const barred = new Set<string>()
  for (const row of piece.rows) {
    const name = keyOf(row)
    if (replica.erased.covers(row)) {
      barred.add(name)
      continue
    }
    const shown = tables.rev(row.type, row.id)
    // One that a pending mutation removed is known by its base only.
    const known = came.get(name) ?? shown ?? (pending ? sql.base.read.get(row.type, row.id)?.rev : undefined)
    if (known !== undefined && known >= row.rev) continue
    fresh.push(row)
    // The same row may come twice, by two streams; it is new only once.
    if (shown === undefined && !came.has(name)) unseen.add(row)
    came.set(name, row.rev)
    if (row.type === 'conversation' && known === undefined) uncovered.add(row.id)
  }
  return { fresh, unseen, uncovered: [...uncovered], barred }
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
  { fresh, unseen, barred }: Pick<ReturnType<typeof sift>, 'fresh' | 'unseen' | 'barred'>,
): void {
  const { memberships, sql } = replica
  for (const row of fresh) rows.put(row.type, row.rev, row.doc, unseen.has(row))
  for (const { stream, type, id } of piece.joins)
    if (!barred.has(keyOf({ type, id }))) memberships.join(stream, { type, id })
  for (const { stream, type, id } of piece.leaves) {
    const doc = type === 'customer' || type === 'identity' ? undefined : rows.get(type, id)
    if (memberships.leave(stream, { type, id }, doc)) removeRow(replica, rows, key(type, id))
  }
  for (const { conversationId, fromSeq } of piece.coverage) sql.coverage.write.run(conversationId, fromSeq)
  if (piece.coverage.length > 0) replica.touchLocal()
}

/** Removes a row with what the desk knows about it. Its files are fetched again where another item has them. */
export function removeRow({ sql }: Replica, rows: HubRows, at: Key): void {
  if (at.type === 'item')
    for (const sha256 of filesOf(rows.get('item', at.id))) {
      sql.upload.forget.run(sha256)
      sql.blob.forget.run(sha256)
    }
  rows.remove(at)
  if (at.type === 'conversation') sql.coverage.remove.run(at.id)
}

/** The bytes that an item has, or a draft. */
export const filesOf = (
  doc: (Pick<Item, 'attachments'> & Partial<Pick<Item, 'mail'>>) | undefined,
): string[] => [
  ...(doc?.attachments ?? []).map(({ sha256 }) => sha256),
  ...(doc?.mail?.raw ? [doc.mail.raw] : []),
]

function movePlaces(replica: Replica, piece: Piece): void {
  const { stream } = replica.sql
  for (const cursor of piece.cursors) stream.cursor.run(cursor.stream, cursor.epoch, cursor.version)
  for (const page of piece.pages) stream.page.run(page.token, page.stream satisfies Stream)
}

function confirm({ settings }: Replica, n: number | null): void {
  const numbers = settings.get('numbers')
  if (numbers && n !== null && n > numbers.confirmed) settings.set('numbers', { ...numbers, confirmed: n })
}
