import { useMemo, useRef } from 'react'
import { useMyId, useSync } from '../../store/states.ts'
import { useNow } from '../../ui/clock.ts'
import { useAgents, useChannels, useInboxes } from '../customer/names.ts'
import type { Selected } from '../customer/selected.ts'
import type { Thread } from './context.ts'
import type { ThreadRow } from './thread.ts'

/** What every item may ask, made anew only when something of it changed, so that a row is not drawn again for nothing. */
export function useThreadValue(
  { customer, family, conversations, identities }: Selected,
  rows: readonly ThreadRow[],
  goTo: (itemId: string) => void,
  lookFrom: (itemId: string) => void,
): Thread {
  const me = useMyId()
  const agents = useAgents()
  const channels = useChannels()
  const inboxes = useInboxes()
  const now = useNow()
  const live = useSync()?.phase === 'live'
  const role = agents.get(me)?.role
  const latest = useRef(rows)
  latest.current = rows
  const goToLatest = useRef(goTo)
  goToLatest.current = goTo
  return useMemo(
    () => ({
      me,
      mayLead: role === 'supervisor' || role === 'administrator',
      live,
      now,
      customer,
      family,
      agents,
      channels,
      inboxes,
      conversations: new Map(conversations.map(each => [each.id, each])),
      identities: new Map(identities.map(each => [each.id, each])),
      several: conversations.length > 1,
      goTo: itemId => goToLatest.current(itemId),
      lookFrom,
      answeredBy: (conversationId, after, agentId) =>
        latest.current.findLast(
          (row): row is Extract<ThreadRow, { kind: 'item' }> =>
            row.kind === 'item' &&
            row.item.conversationId === conversationId &&
            row.item.seq > after &&
            row.item.direction === 'out' &&
            row.item.author.kind === 'agent' &&
            row.item.author.agentId === agentId &&
            row.item.delivery?.state !== 'held',
        )?.key ?? null,
    }),
    [me, role, live, now, customer, family, agents, channels, inboxes, conversations, identities, lookFrom],
  )
}
