import type { Id, Instant } from '#shared/model/base.ts'
import type { Doc, RowType } from '#shared/model/row.ts'

/** The few facts of a doc that the hub sorts and joins by, beside `doc` itself. Filled here and nowhere else. */
export interface Columns {
  /** The customer of a conversation or identity, the conversation of an item, what a customer was merged into. */
  parentId: Id | null
  /** The identity of a conversation. */
  identityId: Id | null
  /** Of a conversation: not closed. Open ones always come with first sync (S6). */
  open: boolean | null
  activityAt: Instant | null
  /** Of an item its own `seq`, of a conversation the last one. */
  seq: number | null
}

const none: Columns = { parentId: null, identityId: null, open: null, activityAt: null, seq: null }

export function columnsOf<T extends RowType>(type: T, doc: Doc<T>): Columns {
  switch (type) {
    case 'conversation': {
      const { customerId, identityId, status, activityAt, lastSeq } = doc as Doc<'conversation'>
      return { parentId: customerId, identityId, open: status !== 'closed', activityAt, seq: lastSeq }
    }
    case 'item': {
      const { conversationId, seq } = doc as Doc<'item'>
      return { ...none, parentId: conversationId, seq }
    }
    case 'identity':
      return { ...none, parentId: (doc as Doc<'identity'>).customerId }
    case 'customer':
      return { ...none, parentId: (doc as Doc<'customer'>).mergedInto }
    default:
      return none
  }
}
