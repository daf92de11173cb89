import { type Doc, type RowType, rowTypes } from '#shared/model/row.ts'
import { facetsOf } from './facets.ts'

type Value = string | number | null

/** The columns a noun's table has besides `id`, `rev` and `doc`: what queries filter and sort by, taken from the document. */
type Columns<T extends RowType> = Record<string, (doc: Doc<T>) => Value>

/** Stands for "does not wait" in `waits_from`, so that one index sorts the longest wait first. */
export const NEVER = Number.MAX_SAFE_INTEGER

const columns: { [T in RowType]: Columns<T> } = {
  workspace: {},
  agent: {},
  channel: {},
  inbox: {},
  tag: {},
  segment: {
    agent_id: doc => doc.agentId,
  },
  macro: {
    agent_id: doc => doc.agentId,
  },
  savedView: {
    agent_id: doc => doc.agentId,
  },
  customer: {
    name: doc => doc.name,
    tier: doc => doc.tier,
    merged_into: doc => doc.mergedInto,
  },
  identity: {
    customer_id: doc => doc.customerId,
    address: doc => doc.address,
  },
  conversation: {
    inbox_id: doc => doc.inboxId,
    customer_id: doc => doc.customerId,
    status: doc => doc.status,
    assignee_id: doc => doc.assigneeId,
    activity_at: doc => doc.activityAt,
    waits_from: doc => doc.waitingSince ?? NEVER,
    held: doc => doc.held.length,
    inbound_seq: doc => doc.lastInbound?.seq ?? 0,
  },
  item: {
    inbox_id: doc => doc.inboxId,
    conversation_id: doc => doc.conversationId,
    customer_id: doc => doc.customerId,
    seq: doc => doc.seq,
    state: doc => doc.delivery?.state ?? null,
    author_id: doc => (doc.author.kind === 'agent' ? doc.author.agentId : null),
    facets: facetsOf,
    // Whoever is named, between bars: asked for by `like`.
    mentions: doc => (doc.mentions?.length ? `|${doc.mentions.join('|')}|` : null),
  },
  draft: {
    agent_id: doc => doc.agentId,
    conversation_id: doc => doc.conversationId,
    kind: doc => doc.kind,
  },
  readMark: {
    agent_id: doc => doc.agentId,
    conversation_id: doc => doc.conversationId,
    seq: doc => doc.seq,
  },
  erasure: {},
}

export interface Noun {
  type: RowType
  /** Column names, in the order of `values`. */
  columns: string[]
  values(doc: Doc): Value[]
}

const nounOf = (type: RowType): Noun => {
  const of = Object.values(columns[type]) as ((doc: Doc) => Value)[]
  return {
    type,
    columns: Object.keys(columns[type]),
    values: doc => of.map(take => take(doc)),
  }
}

export const nouns: Record<RowType, Noun> = Object.fromEntries(
  rowTypes.map(type => [type, nounOf(type)]),
) as Record<RowType, Noun>
