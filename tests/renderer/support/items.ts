// Items as a world holds them: one that came in, one that goes out.
import type { Delivery, Item } from '#shared/model/item.ts'

const me = 'agent-me'

export interface Place {
  conversationId: string
  customerId: string
  inboxId: string
  channel: string
}

const blank = { quoted: '', html: null, attachments: [], basis: null, holdReasons: [], event: null }

export function inbound(
  place: Place,
  told: {
    id: string
    seq: number
    at: number
    identityId: string
    subject?: string
    text: string
    from: string
    name: string
  },
  more: Partial<Item> = {},
): Item {
  return {
    ...blank,
    ...place,
    id: told.id,
    kind: 'message',
    direction: 'in',
    seq: told.seq,
    at: told.at,
    writtenAt: told.at,
    author: { kind: 'customer', identityId: told.identityId },
    subject: told.subject ?? '',
    text: told.text,
    mail:
      place.channel === 'email'
        ? {
            messageId: `${told.id}@example.com`,
            inReplyTo: '',
            references: [],
            from: { name: told.name, address: told.from },
            to: [{ name: 'Support', address: 'support@veloform.com' }],
            cc: [],
            raw: null,
            automatic: 'no',
            problems: [],
          }
        : null,
    delivery: null,
    ...more,
  }
}

export function outbound(
  place: Place,
  told: {
    id: string
    seq: number
    at: number
    text: string
    state: Delivery['state']
    to: string
    agentId?: string
  },
  more: Partial<Item> = {},
): Item {
  return {
    ...blank,
    ...place,
    id: told.id,
    kind: 'message',
    direction: 'out',
    seq: told.seq,
    at: told.at,
    writtenAt: told.at,
    author: { kind: 'agent', agentId: told.agentId ?? me },
    subject: '',
    text: told.text,
    mail: null,
    delivery: {
      state: told.state,
      at: told.at,
      attempts: 1,
      reason: null,
      retryable: false,
      nextAttemptAt: null,
      recipients: [],
    },
    ...more,
  }
}
