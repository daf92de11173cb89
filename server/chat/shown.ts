/**
 * What of a conversation its customer may see: messages that reached them or came from them, and nothing else. Notes, events,
 * what is held, queued, failed or discarded, and every field but these never leave the hub.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { DeliveryState, Item } from '#shared/model/item.ts'
import type { ThreadMessage } from '../channels/channel.ts'

const SHOWN: ReadonlySet<DeliveryState> = new Set(['sent', 'delivered', 'read'])

export const isShown = ({ kind, direction, delivery }: Item): boolean =>
  kind === 'message' &&
  (direction === 'in' || (direction === 'out' && delivery !== null && SHOWN.has(delivery.state)))

/** Whether it may still become visible where it stands: an answer that has not left. One that waits for its time will stand elsewhere. */
export const isUndecided = (item: Item): boolean =>
  item.kind === 'message' &&
  item.direction === 'out' &&
  item.delivery !== null &&
  item.delivery.later === undefined &&
  !SHOWN.has(item.delivery.state) &&
  item.delivery.state !== 'discarded'

export function shownMessage(item: Item, agents: ReadonlyMap<string, Agent>): ThreadMessage {
  return {
    itemId: item.id,
    conversationId: item.conversationId,
    seq: item.seq,
    at: item.at,
    direction: item.direction === 'in' ? 'in' : 'out',
    author: item.author.kind === 'agent' ? (agents.get(item.author.agentId)?.name ?? '') : '',
    text: item.text,
    files: item.attachments,
  }
}

/**
 * The place below which nothing new can appear, by a conversation's newest items: an answer that is still held may be sent
 * later, and then stands where it was written.
 */
export function settledAt(lastSeq: number, items: readonly Item[]): number {
  return items.filter(isUndecided).reduce((lowest, { seq }) => Math.min(lowest, seq - 1), lastSeq)
}

/** An outgoing item after the customer's side said it came, or was read; undefined when that is no news. Never goes back. */
export function received(item: Item, read: boolean, now: number): Item | undefined {
  const { delivery } = item
  if (!delivery || !SHOWN.has(delivery.state)) return undefined
  const state = read ? 'read' : 'delivered'
  if (delivery.state === 'read' || delivery.state === state) return undefined
  return {
    ...item,
    delivery: {
      ...delivery,
      state,
      at: now,
      recipients: delivery.recipients.map(recipient => ({ ...recipient, state })),
    },
  }
}
