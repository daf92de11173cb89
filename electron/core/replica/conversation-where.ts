import type { Id } from '#shared/model/base.ts'
import type { Where } from '#shared/model/segment.ts'
import {
  type ConversationField,
  conversationFields,
  me,
  ofAgents,
} from '#shared/rules/conversation-fields.ts'
import { NEVER } from './nouns.ts'
import { valueOfSurvivor } from './queries/merged.ts'
import { type Compiled, compile, todayOf } from './where.ts'

/** What a field's value is read by in `conversation`. */
const values: Record<ConversationField, string> = {
  status: 'status',
  assignee: 'assignee_id',
  inbox: 'inbox_id',
  channel: "doc ->> 'channel'",
  tag: "doc -> 'tagIds'",
  priority: "coalesce(doc ->> 'priority', 'normal')",
  waiting: `nullif(waits_from, ${NEVER})`,
  activity: 'activity_at',
  created: "doc ->> 'createdAt'",
  subject: "nullif(doc ->> 'subject', '')",
  pen: "doc ->> '$.sharedDraft.writerId'",
  tier: valueOfSurvivor('conversation.customer_id', 'tier'),
  company: valueOfSurvivor('conversation.customer_id', "doc ->> 'company'"),
}

const isField = (id: string): id is ConversationField => Object.hasOwn(conversationFields, id)

/** Conditions of conversations, as this agent asks them. Null: all. */
export function compileForConversations(where: Where, agentId: Id, now: number): Compiled | null {
  const conditions = where.conditions.map(asked =>
    ofAgents.has(asked.field)
      ? { ...asked, values: asked.values.map(value => (value === me ? agentId : value)) }
      : asked,
  )
  return compile(
    { ...where, conditions },
    id =>
      isField(id) ? { kind: conversationFields[id], value: { sql: values[id], params: [] } } : undefined,
    todayOf(now),
  )
}
