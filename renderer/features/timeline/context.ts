// What every item of the timeline may ask, so that a row needs no queries of its own.
import { createContext, useContext } from 'react'
import type { Agent } from '#shared/model/agent.ts'
import type { Channel } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Item } from '#shared/model/item.ts'
import { type Say, useWords } from '../../app/i18n.ts'
import { words } from './words.ts'

export interface Thread {
  me: string
  mayLead: boolean
  live: boolean
  /** By the desk's clock, renewed every minute. */
  now: number
  customer: Customer | undefined
  family: readonly Customer[]
  agents: ReadonlyMap<string, Agent>
  channels: ReadonlyMap<string, Channel>
  inboxes: ReadonlyMap<string, Inbox>
  conversations: ReadonlyMap<string, Conversation>
  identities: ReadonlyMap<string, Identity>
  /** Whether there is more than one conversation, so that an event must say which. */
  several: boolean
  /** Brings an item into sight. */
  goTo(itemId: string): void
  /** Shows the surroundings of an item, however far back. */
  lookFrom(itemId: string): void
  /** The newest item in a conversation by a colleague after a place: what a held reply was overtaken by. */
  answeredBy(conversationId: string, after: number, agentId: string | null): string | null
}

const Context = createContext<Thread | null>(null)
export const ThreadProvider = Context.Provider

export function useThread(): Thread {
  const thread = useContext(Context)
  if (!thread) throw new Error('an item outside of a timeline')
  return thread
}

export type TimelineSay = Say<typeof words>
export const useTimelineWords = (): TimelineSay => useWords(words)

export const agentName = (thread: Pick<Thread, 'agents'>, id: string | null, say: TimelineSay): string =>
  (id === null ? undefined : thread.agents.get(id)?.name) ?? say('someone')

/**
 * Who did it, as the beginning of a sentence. Somebody else than the customer may have answered in their thread: a mail
 * says itself whom it is from.
 */
export function authorName(
  thread: Thread,
  { author, mail }: Pick<Item, 'author' | 'mail'>,
  say: TimelineSay,
): string {
  if (author.kind === 'system') return say('system')
  if (author.kind === 'agent') return agentName(thread, author.agentId, say)
  const identity = thread.identities.get(author.identityId)
  if (!identity && mail?.from) return mail.from.name || mail.from.address
  return identity?.name || thread.customer?.name || say('someone')
}
