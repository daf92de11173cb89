import { Status } from '../model/conversation.ts'
import type { ConditionKind } from './conditions.ts'

/**
 * What conversations are chosen by in a view of one's own. Values: a status, an agent's id or `me` (empty: nobody has it), ids of inboxes,
 * channels and tags, a priority. `waiting` is since when the customer waits; empty: they do not. `pen` is who writes the answer that is
 * written together; empty: there is none. `tier` and `company` are the customer's.
 */
export const conversationFields = {
  status: 'choice',
  assignee: 'choice',
  inbox: 'choice',
  channel: 'choice',
  tag: 'set',
  priority: 'choice',
  waiting: 'instant',
  activity: 'instant',
  created: 'instant',
  subject: 'text',
  pen: 'choice',
  tier: 'text',
  company: 'text',
} as const satisfies Record<string, ConditionKind>

export type ConversationField = keyof typeof conversationFields

/** Those that are read from the conversation's customer. */
export const ofCustomer: ReadonlySet<string> = new Set<ConversationField>(['tier', 'company'])

/** Those whose values are agents. */
export const ofAgents: ReadonlySet<string> = new Set<ConversationField>(['assignee', 'pen'])

/** Whoever looks, among agents: the team's views show everybody their own. */
export const me = 'me'

export const statuses = Status.options
