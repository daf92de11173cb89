import type { Id } from '#shared/model/base.ts'
import type { Doc } from '#shared/model/row.ts'
import { stands } from '../standing-drafts.ts'
import type { Change } from '../tables.ts'
import { type Answers, docEntry, type Keys, plainEntry, type QueryContext, shown, shownOf } from './entry.ts'
import { createMerged } from './merged.ts'

interface DocRow {
  id: Id
  doc: string
}

type Names =
  | 'conversation'
  | 'customer'
  | 'identities'
  | 'customerConversations'
  | 'coverage'
  | 'readMarks'
  | 'drafts'
  | 'sharedDraft'

/** A customer, merged ones included, and what belongs to them. */
export function customers(context: QueryContext): Pick<Answers, Names> {
  const { db, memberships } = context.replica
  const merged = createMerged(db)
  const one = (sql: string) => db.prepare<[Id], DocRow>(sql)
  const customer = one('select id, doc from customer where id = ?')
  const conversation = one(`select id, doc from conversation where id = ? and ${shown}`)
  const identities = one('select id, doc from identity where customer_id = ? order by id')
  const conversations = one(`select id, doc from conversation where customer_id = ? and ${shown}`)
  const drafts = db.prepare<[Id, Id], DocRow>(
    `select id, doc from draft d where conversation_id = ? and agent_id = ? and ${stands('d')} order by kind desc`,
  )
  const sharedDraft = one(
    `select i.id, i.doc from conversation c join item i on i.id = c.doc ->> '$.sharedDraft.itemId'
     where c.id = ? and ${shownOf('c.')}`,
  )
  const marks = db.prepare<[Id, Id], DocRow>(
    `select r.id, r.doc from conversation c join readMark r on r.conversation_id = c.id and r.agent_id = ?
     where c.customer_id = ? and ${shownOf('c.')}`,
  )
  const coverage = db.prepare<[Id], { id: Id; fromSeq: number | null }>(
    `select c.id, coalesce(v.from_seq, (select min(seq) from item i where i.customer_id = c.customer_id and i.conversation_id = c.id)) as fromSeq
     from conversation c left join coverage v on v.conversation_id = c.id where c.customer_id = ? and ${shownOf('c.')}`,
  )
  const visible = (type: 'customer' | 'identity') => (row: DocRow) => memberships.visible(type, row.id)
  const aboutCustomer = ({ customerId }: { customerId: Id }, change: Change, keys: Keys): boolean =>
    change.doc === undefined ||
    change.type === 'customer' ||
    change.type === 'readMark' ||
    keys.has(change.id) ||
    merged.family(customerId).includes((change.doc as Doc<'conversation'>).customerId)

  return {
    customer: {
      run: ({ id }) =>
        customer
          .all(id)
          .filter(visible('customer'))
          .map(row => docEntry(row)),
      concerns: ({ id }, change) => change.id === id,
    },
    conversation: {
      run: ({ id }) => conversation.all(id).map(row => docEntry(row)),
      concerns: ({ id }, change) => change.id === id,
    },
    identities: {
      run: ({ customerId }) =>
        merged
          .family(customerId)
          .flatMap(id => identities.all(id))
          .filter(visible('identity'))
          .map(row => docEntry(row)),
      concerns: aboutCustomer,
    },
    customerConversations: {
      run: ({ customerId }) =>
        merged
          .family(customerId)
          .flatMap(id => conversations.all(id))
          .map(row => ({ row, doc: JSON.parse(row.doc) as Doc<'conversation'> }))
          .sort(
            (one, other) => other.doc.activityAt - one.doc.activityAt || (one.row.id < other.row.id ? 1 : -1),
          )
          .map(({ row, doc }) => ({ key: row.id, stamp: row.doc, row: () => doc })),
      concerns: aboutCustomer,
    },
    coverage: {
      run: ({ customerId }) => {
        const loading = context.loadingOlder()
        return merged
          .family(customerId)
          .flatMap(id => coverage.all(id))
          .map(({ id, fromSeq }) =>
            plainEntry(id, { conversationId: id, fromSeq: fromSeq ?? 1, loading: loading.has(id) }),
          )
      },
      concerns: aboutCustomer,
    },
    readMarks: {
      run: ({ customerId }) =>
        merged
          .family(customerId)
          .flatMap(id => marks.all(context.agentId(), id))
          .map(row => docEntry(row)),
      // A conversation may also have gone to another customer: the keys here are not its own.
      concerns: (args, change, keys) => change.type === 'conversation' || aboutCustomer(args, change, keys),
    },
    drafts: {
      run: ({ conversationId }) => drafts.all(conversationId, context.agentId()).map(row => docEntry(row)),
      concerns: ({ conversationId }, { type, doc }) =>
        doc === undefined ||
        ((doc as Doc<'draft' | 'item'>).conversationId === conversationId &&
          (type === 'draft' || (doc as Doc<'item'>).draft !== undefined)),
    },
    sharedDraft: {
      run: ({ conversationId }) => sharedDraft.all(conversationId).map(row => docEntry(row)),
      concerns: ({ conversationId }, { id, doc }) =>
        doc === undefined ||
        id === conversationId ||
        ((doc as Doc<'item'>).conversationId === conversationId && (doc as Doc<'item'>).draft !== undefined),
    },
  }
}
