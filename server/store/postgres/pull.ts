import { type Doc, type Key, keyOf, type Row, type RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Membership } from '#shared/protocol/common.ts'
import { isServable, joinsInOrder, parentsFirst, parentsOf } from '../feed-rules.ts'
import type { Head, Pull, PullRequest } from '../store.ts'
import type { Session } from './session.ts'
import * as statements from './statements.ts'
import { acknowledgementOf, type OutcomeRow } from './transaction.ts'

interface FeedRow {
  stream: Stream
  type: RowType
  id: string
  version: number
  gone: boolean
  rev: number | null
  doc: Doc | null
}

/** See Store.pull. The session must be a snapshot: heads, feed and outcomes are of one moment. */
export async function pull(session: Session, { device, cursors, limit }: PullRequest): Promise<Pull> {
  const heads = await session.run<Head>(statements.heads, [cursors.map(({ stream }) => stream)])
  const places = cursors.map((cursor, index) => ({ cursor, head: heads[index] as Head }))
  const resync = places.filter(({ cursor, head }) => !isServable(cursor, head)).map(({ head }) => head.stream)
  const moved = places.filter(({ cursor, head }) => isServable(cursor, head) && head.version > cursor.version)

  const found =
    moved.length === 0
      ? []
      : await session.run<FeedRow>(statements.feedAfter, [
          moved.map(({ cursor }) => cursor.stream),
          moved.map(({ cursor }) => cursor.version),
          limit,
        ])

  const brought = new Brought()
  const leaves: Membership[] = []
  const reached = new Map<Stream, number>()
  for (const { stream, type, id, version, gone, rev, doc } of found) {
    reached.set(stream, version)
    if (gone) leaves.push({ stream, type, id })
    else brought.add({ type, id, rev, doc } as Row, stream)
  }

  // A full answer may end in the middle of a stream, and has nothing of the streams after it.
  const next =
    found.length < limit ? null : moved.map(({ cursor }) => reached.get(cursor.stream) ?? cursor.version)
  const remaining = next
    ? await session.run<{ rows: number }>(statements.countAfter, [
        moved.map(({ cursor }) => cursor.stream),
        next,
      ])
    : []
  const left = remaining[0]?.rows ?? 0

  const newCursors = moved.map(({ cursor, head }, index) => ({
    stream: cursor.stream,
    epoch: head.epoch,
    version: left === 0 ? head.version : (next?.[index] ?? head.version),
  }))
  const acknowledged =
    left === 0 && resync.length === 0
      ? await session.run<OutcomeRow>(statements.unconfirmed, [device.id, device.epoch, device.confirmed])
      : []
  return {
    ...(await brought.withParents(session)),
    leaves,
    cursors: newCursors.filter(({ version }, index) => version > (moved[index]?.cursor.version ?? 0)),
    acknowledged: acknowledged.map(acknowledgementOf),
    remaining: left,
    resync,
  }
}

/** Rows of an answer, each once, with the streams that bring them and the parents they must not arrive without (S6). */
export class Brought {
  private readonly rows = new Map<string, Row>()
  private readonly joins = new Map<string, Membership>()

  add(row: Row, stream: Stream): void {
    this.rows.set(keyOf(row), row)
    this.joins.set(`${stream} ${keyOf(row)}`, { stream, type: row.type, id: row.id })
  }

  async withParents(session: Session): Promise<{ rows: Row[]; joins: Membership[] }> {
    const parents = new Map<string, Row>()
    const joins = new Map<string, Membership>()
    let wave = [...this.joins.values()]
    while (wave.length > 0) {
      const wanted = wave.flatMap(({ stream, type, id }) => {
        const row = this.rows.get(keyOf({ type, id })) ?? parents.get(keyOf({ type, id }))
        return row ? parentsOf(row).map(key => ({ stream, ...key })) : []
      })
      const fresh = new Map<string, Membership>()
      for (const join of wanted) {
        const word = `${join.stream} ${keyOf(join)}`
        if (!this.joins.has(word) && !joins.has(word)) fresh.set(word, join)
      }
      wave = [...fresh.values()]
      for (const [word, join] of fresh) joins.set(word, join)
      const unknown = wave.filter(key => !this.rows.has(keyOf(key)) && !parents.has(keyOf(key)))
      for (const row of await fetchRows(session, unknown)) parents.set(keyOf(row), row)
    }
    return {
      rows: [...[...parents.values()].sort(parentsFirst), ...this.rows.values()],
      joins: [...[...joins.values()].sort(joinsInOrder), ...this.joins.values()],
    }
  }
}

export async function fetchRows(session: Session, keys: readonly Key[]): Promise<Row[]> {
  const unique = [...new Map(keys.map(key => [keyOf(key), key])).values()]
  if (unique.length === 0) return []
  return session.run<Row>(statements.rows, [unique.map(({ type }) => type), unique.map(({ id }) => id)])
}
