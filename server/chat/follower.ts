import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import type { ThreadNews } from '../channels/channel.ts'

/** What is known of one of a customer's conversations: their newest message, and how far agents have read, as it was told. */
export interface Known {
  lastIn: number
  read: number
}

/** A customer who is connected: one widget, one tab. */
export interface Follower {
  inboxId: Id
  channel: Id
  address: string
  known: Map<Id, Known>
  typing: boolean
  stopped: boolean
  unwatch: (() => void) | undefined
  watched: Id | undefined
  tell(news: ThreadNews): void
}

export function meet({ known }: Follower, { conversationId, direction, seq }: Item): void {
  const one = known.get(conversationId) ?? { lastIn: 0, read: 0 }
  if (direction === 'in') one.lastIn = Math.max(one.lastIn, seq)
  known.set(conversationId, one)
}

/** The conversation they are in: the newest. Ids are made in the order of time. */
export const currentOf = ({ known }: Follower): Id | undefined => [...known.keys()].sort().at(-1)
