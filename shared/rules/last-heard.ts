import type { Conversation } from '../model/conversation.ts'

/** The latest entry of a conversation from outside (its customer, whoever was asked beside it): it is unread until that was read. 0: none. */
export const lastHeard = ({ lastInbound, lastAside }: Conversation): number =>
  Math.max(lastInbound?.seq ?? 0, lastAside?.seq ?? 0)
