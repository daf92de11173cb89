import { type Doc, type Key, key, type RowType } from '#shared/model/row.ts'
import { homeOf, type Stream } from '#shared/model/stream.ts'
import type { Statements } from './statements.ts'

/** Nouns that belong wherever a conversation of theirs is; every other row's stream follows from its document (S1). */
const wandering: ReadonlySet<RowType> = new Set(['customer', 'identity'])

/** Which streams bring a row, and so whether it may stay (S1: a row leaves with its last membership). */
export interface Memberships {
  join(stream: Stream, at: Key): void
  /** Whether the row has to leave the desk, now that it left this stream. `doc` is the hub's version of it. */
  leave(stream: Stream, at: Key, doc: Doc | undefined): boolean
  /** Whether a row may be shown: not all its streams are lost (S9). */
  visible(type: 'customer' | 'identity', id: string): boolean
  /** Some customers and identities of a stream. */
  some(stream: Stream, limit: number): Key[]
}

export function createMemberships(sql: Statements['membership']): Memberships {
  return {
    join(stream, at) {
      if (wandering.has(at.type)) sql.add.run(stream, at.type, at.id)
    },
    leave(stream, at, doc) {
      if (!wandering.has(at.type)) return doc !== undefined && homeOf(at.type, doc) === stream
      sql.remove.run(stream, at.type, at.id)
      return sql.any.get(at.type, at.id) === undefined
    },
    visible: (type, id) => sql.visible.get(type, id) !== undefined,
    some: (stream, limit) => sql.ofStream.all(stream, limit).map(row => key(row.type, row.id)),
  }
}
