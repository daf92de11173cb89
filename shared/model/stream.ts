import type { Agent } from './agent.ts'
import type { Id } from './base.ts'
import { type Doc, type Key, key, type RowType } from './row.ts'

/** The unit of permission and of order (S1): `workspace`, `inbox:<id>`, `agent:<id>`, or `customers`: those whom everybody knows. */
export type Stream = 'workspace' | 'customers' | `inbox:${Id}` | `agent:${Id}`

export const inboxStream = (id: Id): Stream => `inbox:${id}`
export const agentStream = (id: Id): Stream => `agent:${id}`

/** The streams whose rows an agent may read and write. */
export const streamsOfAgent = (agent: Agent): Stream[] =>
  agent.active ? ['workspace', ...agent.inboxIds.map(inboxStream), agentStream(agent.id), 'customers'] : []

/**
 * The stream a row belongs to by itself; null for customers and identities, which belong wherever a conversation of
 * theirs is (see `companionsOf`).
 */
export function homeOf<T extends RowType>(type: T, doc: Doc<T>): Stream | null {
  switch (type) {
    case 'conversation':
    case 'item':
      return inboxStream((doc as Doc<'conversation'>).inboxId)
    case 'draft':
    case 'readMark':
      return agentStream((doc as Doc<'draft'>).agentId)
    case 'customer':
    case 'identity':
      return null
    case 'segment':
    case 'macro':
    case 'savedView': {
      const { agentId } = doc as Doc<'segment' | 'macro' | 'savedView'>
      return agentId === null ? 'workspace' : agentStream(agentId)
    }
    default:
      return 'workspace'
  }
}

/** The stream a row without a home is in besides those of its conversations: of whom an import has put in, everybody knows. */
export const standingOf = <T extends RowType>(type: T, doc: Doc<T>): Stream | null =>
  (type === 'customer' || type === 'identity') && (doc as Doc<'customer' | 'identity'>).listed
    ? 'customers'
    : null

/** The rows that must be in every stream this row is in, so that no row arrives without its parents (S6). */
export function companionsOf<T extends RowType>(type: T, doc: Doc<T>): Key[] {
  if (type === 'conversation') {
    const conversation = doc as Doc<'conversation'>
    return [key('customer', conversation.customerId), key('identity', conversation.identityId)]
  }
  if (type === 'identity') return [key('customer', (doc as Doc<'identity'>).customerId)]
  if (type === 'customer') {
    const { mergedInto } = doc as Doc<'customer'>
    return mergedInto ? [key('customer', mergedInto)] : []
  }
  return []
}
