import type { Id } from '#shared/model/base.ts'
import type { QueryArgs, QueryName, QueryRow } from '#shared/queries/index.ts'
import type { Replica } from '../replica.ts'
import type { Change } from '../tables.ts'

/**
 * One row of a result, still as text: `stamp` differs exactly when the row does, so a live query parses only what changed.
 */
export interface Entry<R = unknown> {
  key: string
  stamp: string
  row(): R
}

/** How a query of shared/queries is answered. */
export interface Answer<N extends QueryName> {
  run(args: QueryArgs<N>): Entry<QueryRow<N>>[]
  /**
   * Before `run`, of what may take longer than anybody should wait (S8): does a piece of the work, and says whether none is left. Absent:
   * there is none. A live query asks in every turn until then, and tells nothing meanwhile.
   */
  ready?(args: QueryArgs<N>): boolean
  /**
   * Whether a change of a watched noun can matter to a result with these keys; absent: always. A short cut only, so in doubt
   * it says yes.
   */
  concerns?(args: QueryArgs<N>, change: Change, keys: Keys): boolean
}

/** The keys of a result as it stands. */
export interface Keys {
  has(key: string): boolean
}

export type Answers = { [N in QueryName]: Answer<N> }

/** What queries know besides rows. */
export interface QueryContext {
  replica: Replica
  /** Whose desk this is; empty before the first sign-in. */
  agentId(): Id
  /** Conversations whose older items are being fetched. */
  loadingOlder(): ReadonlySet<Id>
  connected(): boolean
  /** Whether a card of this customer is being asked for. */
  asking?(customerId: Id, connectorId: Id): boolean
}

/** An entry whose row is one stored document. */
export const docEntry = <R>({ id, doc }: { id: Id; doc: string }): Entry<R> => ({
  key: id,
  stamp: doc,
  row: () => JSON.parse(doc) as R,
})

/** An entry made of small values only. */
export const plainEntry = <R>(key: string, row: R): Entry<R> => ({
  key,
  stamp: JSON.stringify(row),
  row: () => row,
})

/**
 * Not in an inbox that was lost (S9); of a table, by its name or alias, with `inbox_id`. Mostly none was lost: asked first, so that a row that
 * an index has found need not be read for its inbox.
 */
export const shownOf = (table: string): string =>
  `(not exists (select 1 from hidden_inbox) or ${table}inbox_id not in (select inbox_id from hidden_inbox))`
export const shown = shownOf('')

const ofMark = (what: string, conversationId: string): string =>
  `coalesce((select ${what} from readMark r where r.conversation_id = ${conversationId} and r.agent_id = @agent), 0)`

/** Up to which entry the agent at the desk (`@agent`) has read a conversation; 0: nothing of it. */
export const readTo = (conversationId: string): string =>
  ofMark(`coalesce(r.doc ->> '$.back', r.seq)`, conversationId)

/** The same, and what was marked unread was noticed all the same: nobody is rung for it again. */
export const noticedTo = (conversationId: string): string => ofMark('r.seq', conversationId)
