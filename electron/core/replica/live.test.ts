import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '#shared/model/row.ts'
import { type QueryArgs, type QueryName, queries } from '#shared/queries/index.ts'
import {
  conversationRow,
  customerRow,
  draftOf,
  itemRow,
  patchOf,
  replyTo,
  row,
  TestDesk,
} from '../testing.ts'
import { createLive, type Difference } from './live.ts'
import { createAnswers } from './queries/index.ts'

const asked: { [N in QueryName]?: QueryArgs<N>[] } = {
  agents: [{}],
  tags: [{}],
  viewCounts: [{}],
  conversations: [
    { view: 'open', inboxId: null, sort: 'newest', offset: 0, limit: 3 },
    { view: 'waiting', inboxId: 'one', sort: 'longest-waiting', offset: 1, limit: 3 },
    { view: 'mine', inboxId: null, sort: 'newest', offset: 0, limit: 10 },
    { view: 'held', inboxId: null, sort: 'newest', offset: 0, limit: 10 },
  ],
  conversation: [{ id: 'c1' }],
  customer: [{ id: 'maria' }],
  family: [{ customerId: 'maria' }, { customerId: 'li' }],
  mergeSuggestions: [{ customerId: 'maria' }],
  identities: [{ customerId: 'maria' }],
  customerConversations: [{ customerId: 'maria' }, { customerId: 'li' }],
  timeline: [
    { customerId: 'maria', limit: 4 },
    { customerId: 'li', limit: 100 },
    { customerId: 'maria', limit: 4, around: 'c1-1' },
  ],
  original: [{ itemId: 'c1-1' }],
  coverage: [{ customerId: 'maria' }],
  readMarks: [{ customerId: 'maria' }],
  drafts: [{ conversationId: 'c1' }],
  held: [{}],
  undelivered: [{}],
  outbox: [{}],
  refused: [{}],
  holdings: [{}],
  search: [{ text: 'message', inboxId: null, limit: 5 }],
}

/** Puts together what it is told, as the page does. */
function watch(live: ReturnType<typeof createLive>, name: QueryName, args: never) {
  const { key } = queries[name] as { key(row: unknown): string }
  let rows: unknown[] = []
  live.subscribe(name, args, {
    snapshot: given => {
      rows = given
    },
    difference: ({ put, drop, order }: Difference) => {
      const byKey = new Map(rows.map(each => [key(each), each]))
      for (const each of put) byKey.set(key(each), each)
      for (const gone of drop) byKey.delete(gone)
      rows = (order ?? rows.map(key)).map(each => byKey.get(each))
    },
    failed: error => {
      throw error
    },
  })
  return () => rows
}

const conversations = fc.constantFrom('c1', 'c2', 'c3')
const step = fc.oneof(
  fc.record({
    do: fc.constant('conversation' as const),
    id: conversations,
    status: fc.constantFrom('open', 'closed', 'snoozed'),
    at: fc.nat(50),
    inboxId: fc.constantFrom('one', 'two'),
    customerId: fc.constantFrom('maria', 'li'),
  }),
  fc.record({
    do: fc.constant('item' as const),
    id: conversations,
    seq: fc.integer({ min: 2, max: 9 }),
    at: fc.nat(50),
  }),
  fc.record({
    do: fc.constant('delivery' as const),
    id: conversations,
    seq: fc.integer({ min: 2, max: 4 }),
    state: fc.constantFrom('sent' as const, 'failed' as const, 'uncertain' as const),
  }),
  fc.record({ do: fc.constant('merge' as const), into: fc.constantFrom('maria', null) }),
  fc.record({ do: fc.constant('leave' as const), id: conversations }),
  fc.record({ do: fc.constant('draft' as const), id: conversations, text: fc.string({ maxLength: 5 }) }),
  fc.record({ do: fc.constant('read' as const), id: conversations, seq: fc.nat(9) }),
  fc.record({ do: fc.constant('claim' as const), id: conversations }),
  fc.record({ do: fc.constant('reply' as const), id: conversations }),
  fc.record({ do: fc.constant('answer' as const), refused: fc.boolean() }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function play(desk: TestDesk, each: Step, rev: number): void {
  const patch = (rows: Row[]): unknown => desk.apply(patchOf(rows))
  switch (each.do) {
    case 'conversation':
      patch([
        row(
          'conversation',
          rev,
          conversationRow(each.id, {
            status: each.status as 'open',
            activityAt: 1_800_000_000_000 + each.at,
            inboxId: each.inboxId,
            customerId: each.customerId,
            waitingSince: each.at % 2 ? each.at : null,
          }),
        ),
      ])
      break
    case 'item':
      patch([
        row(
          'item',
          rev,
          itemRow(`${each.id}-${each.seq}`, each.id, each.seq, { at: 1_800_000_000_000 + each.at }),
        ),
      ])
      break
    case 'delivery':
      patch([
        row(
          'item',
          rev,
          itemRow(`${each.id}-out-${each.seq}`, each.id, each.seq, {
            direction: 'out',
            delivery: {
              state: each.state,
              at: 1,
              attempts: 1,
              reason: null,
              retryable: false,
              nextAttemptAt: null,
              recipients: [],
            },
          }),
        ),
      ])
      break
    case 'merge':
      patch([row('customer', rev, customerRow('li', { mergedInto: each.into }))])
      break
    case 'leave':
      desk.apply(patchOf([], { leaves: [{ stream: 'inbox:one', type: 'conversation', id: each.id }] }))
      break
    case 'answer': {
      const first = desk.replica.sql.outbox.all.all(1)[0]
      if (first)
        desk.answer(first.id, each.refused ? { kind: 'refused', code: 'not-found' } : { kind: 'done' })
      break
    }
    default:
      byHand(desk, each)
  }
}

function byHand(desk: TestDesk, each: Step): void {
  try {
    if (each.do === 'draft') desk.do('draft.save', draftOf(each.id, each.text))
    if (each.do === 'read') desk.do('conversation.read', { conversationId: each.id, seq: each.seq })
    if (each.do === 'claim') desk.do('conversation.claim', { conversationId: each.id, at: 1 })
    const conversation = each.do === 'reply' ? desk.get('conversation', each.id) : undefined
    if (conversation) desk.do('reply.send', replyTo(conversation, desk.newId()))
  } catch (error) {
    // A refusal is an answer, too.
    if (!(error instanceof Error && 'fault' in error)) throw error
  }
}

test('what a page has put together from differences is what the query answers anew, whatever happened', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 12 }), turns => {
      const desk = new TestDesk()
      const context = {
        replica: desk.replica,
        agentId: () => 'ann',
        loadingOlder: () => new Set<string>(),
        connected: () => true,
      }
      const answers = createAnswers(context)
      const live = createLive(
        desk.replica,
        () => answers,
        () => {},
      )
      const watched = Object.entries(asked).flatMap(([name, all]) =>
        (all as never[]).map(args => ({
          name: name as QueryName,
          args,
          rows: watch(live, name as QueryName, args),
        })),
      )
      let rev = 1
      for (const turn of turns) {
        for (const each of turn) {
          rev += 1
          play(desk, each, rev)
        }
        // As the desk's upkeep does.
        desk.replica.indexSome(1000)
        desk.replica.settle()
        live.flush()
        for (const { name, args, rows } of watched) {
          const fresh = (answers[name].run as (args: never) => { row(): unknown }[])(args)
          expect({ name, rows: rows() }).toEqual({ name, rows: fresh.map(entry => entry.row()) })
        }
      }
      desk.replica.close()
    }),
    { numRuns: 40 },
  )
})

test('counts kept by the tally are those of a recount', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const desk = new TestDesk()
      steps.forEach((each, index) => {
        play(desk, each, index + 2)
      })
      const counted = desk.replica.db
        .prepare('select status, count(*) as n from conversation group by status order by status')
        .all()
      const kept = desk.replica.db
        .prepare('select status, sum(n) as n from tally group by status having sum(n) > 0 order by status')
        .all()
      expect(kept).toEqual(counted)
      const items = desk.replica.db.prepare('select count(*) from item').pluck().get()
      expect(desk.replica.total('item')).toBe(items)
      desk.replica.close()
    }),
    { numRuns: 40 },
  )
})
