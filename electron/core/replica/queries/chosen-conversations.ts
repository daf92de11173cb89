import type { Id } from '#shared/model/base.ts'
import type { Where } from '#shared/model/segment.ts'
import type { Sort } from '#shared/queries/index.ts'
import { ofCustomer } from '#shared/rules/conversation-fields.ts'
import { compileForConversations } from '../conversation-where.ts'
import { createInOrder } from '../in-order.ts'
import { type Asked, createMatches, PIECE } from '../matches.ts'
import type { Replica } from '../replica.ts'
import { defineNormal } from '../where.ts'
import { concernsLines, createLineEntries, type LineRow, lineSql, orders } from './conversation-line.ts'
import { type Answers, plainEntry, type QueryContext, shown } from './entry.ts'
import { withParts } from './merged.ts'

/** Conversations that conditions choose. */
export interface ChosenConversations {
  /** Does a piece of the work that finding them still takes; false: there is more. */
  advance(where: Where): boolean
  count(where: Where): number
  /** Rowids in order. @param limit -1: all */
  places(where: Where, sort: Sort, offset: number, limit: number): number[]
}

const ofReplicas = new WeakMap<Replica, ChosenConversations>()

/** One for each replica: what it remembers of conditions is remembered once. */
export function chosenConversations(replica: Replica, agentId: () => Id): ChosenConversations {
  const found = ofReplicas.get(replica) ?? createChosenConversations(replica, agentId)
  ofReplicas.set(replica, found)
  return found
}

/** @param now for conditions that count from today; another day is another question */
export function createChosenConversations(
  replica: Replica,
  agentId: () => Id,
  piece = PIECE,
  now: () => number = Date.now,
): ChosenConversations {
  const { db } = replica
  defineNormal(db)
  const last = db.prepare<[], number>('select coalesce(max(rowid), 0) from conversation').pluck()
  const hidden = db.prepare<[], Id>('select inbox_id from hidden_inbox order by inbox_id').pluck()
  const matches = createMatches(
    db,
    { from: 'from conversation', place: 'rowid', last: () => last.get()! },
    piece,
  )
  const ofPerson = db
    .prepare<[Id], number>(
      `${withParts} select v.rowid from part p join conversation v on v.customer_id = p.id`,
    )
    .pluck()
  /** Whether any question was about customers: mostly none is, and then none of them is looked after. */
  let ofCustomers = false
  replica.onCommit(({ rows, everything }) => {
    if (everything) return matches.forget()
    for (const { type, id, place } of rows)
      if (type === 'conversation') matches.changed(place)
      else if (ofCustomers && type === 'customer') ofPerson.all(id).forEach(matches.changed)
  })
  const inOrder = createInOrder(db)

  const askedOf = (where: Where): Asked => {
    ofCustomers ||= where.conditions.some(({ field }) => ofCustomer.has(field))
    const compiled = compileForConversations(where, agentId(), now())
    const { sql, params } = compiled ?? { sql: '1', params: [] }
    return { key: JSON.stringify([sql, params, hidden.all()]), sql: `${shown} and (${sql})`, params }
  }

  /** In which an index is in order; undefined: none of them alone. */
  const statusOf = ({ match, conditions }: Where): string | undefined => {
    const alone = conditions.find(({ field, operator }) => field === 'status' && operator === 'is')
    return match === 'all' || conditions.length === 1 ? alone?.values[0]?.toString() : undefined
  }

  return {
    advance: where => matches.advance(askedOf(where)),
    count: where => matches.of(askedOf(where)).size,
    places(where, sort, offset, limit) {
      const status = statusOf(where)
      const line = {
        ...{ table: 'conversation', place: 'rowid', order: orders[sort] },
        walked: status === undefined ? undefined : { where: 'status = ?', params: [status] },
      }
      return inOrder(matches.of(askedOf(where)), line, offset, limit)
    },
  }
}

/** The lists of views of one's own, and how many conversations they have. */
export function chosenLists({
  replica,
  agentId,
}: QueryContext): Pick<Answers, 'chosenConversations' | 'conversationCount'> {
  const chosen = chosenConversations(replica, agentId)
  const entryOf = createLineEntries(replica.db)
  const lines = replica.db.prepare<[object], LineRow>(lineSql('select value, key from json_each(@places)'))
  return {
    chosenConversations: {
      ready: ({ where }) => chosen.advance(where),
      run: ({ where, sort, offset, limit }) =>
        lines
          .all({ agent: agentId(), places: JSON.stringify(chosen.places(where, sort, offset, limit)) })
          .map(entryOf),
      concerns: (_args, change, keys) => concernsLines(undefined as never, change, keys),
    },
    conversationCount: {
      ready: ({ where }) => chosen.advance(where),
      run: ({ where }) => [plainEntry('count', { count: chosen.count(where) })],
    },
  }
}
