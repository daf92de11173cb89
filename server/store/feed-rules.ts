import { type Doc, type Key, key, type Row, rowTypes } from '#shared/model/row.ts'
import { companionsOf } from '#shared/model/stream.ts'
import type { Cursor, Membership } from '#shared/protocol/common.ts'
import type { Head } from './store.ts'

/** Whether the feed still has everything since this cursor (S4, S5). */
export const isServable = (cursor: Cursor, head: Head): boolean =>
  cursor.epoch === head.epoch && cursor.version >= head.purgedThrough && cursor.version <= head.version

/** The rows without which a desk cannot show this one (S6): an item's conversation, and companions. */
export const parentsOf = (row: Row): Key[] =>
  row.type === 'item' ? [key('conversation', row.doc.conversationId)] : companionsOf(row.type, row.doc as Doc)

const rank = new Map(rowTypes.map((type, index) => [type, index]))

/** Parents before children: the order in which the nouns are listed. Then by id. */
export const parentsFirst = (a: Key, b: Key): number =>
  (rank.get(a.type) ?? 0) - (rank.get(b.type) ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The same for memberships; those of one row by stream. */
export const joinsInOrder = (a: Membership, b: Membership): number =>
  parentsFirst(a, b) || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0)
