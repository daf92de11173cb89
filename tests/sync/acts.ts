import { draftId } from '#shared/model/draft.ts'
import type { Basis } from '#shared/model/hold.ts'
import type { Item } from '#shared/model/item.ts'
import { standingDraft } from '../../electron/core/replica/standing-drafts.ts'
import type { SimulatedDesk } from './desk.ts'
import type { PostOffice } from './post-office.ts'
import type { Act } from './story.ts'
import { addressOf, conversations } from './workspace.ts'

/** What an agent does by hand, from what their desk shows. What is not there, or not possible, is not done. */
export function act(
  desk: SimulatedDesk,
  office: PostOffice,
  what: Act,
  conversationId: string,
  n: number,
): void {
  const found = desk.get('conversation', conversationId)
  if (!found) return
  const { agentId, deviceId } = desk.seat
  const at = desk.now
  const { customerId, inboxId, channel } = found
  const place = { conversationId, customerId, inboxId, channel }
  const basis: Basis = {
    seq: found.lastSeq,
    status: found.status,
    assigneeId: found.assigneeId,
    inboxId,
    customerId: desk.get('customer', customerId)?.mergedInto ?? customerId,
    writtenAt: at,
    offline: desk.connection.standing.phase !== 'live',
  }
  const tagId = n % 2 === 0 ? 'urgent' : 'billing'
  const held = found.held.find(entry => entry.agentId === agentId)
  const waiting = found.held.map(entry => entry.itemId).filter(itemId => itemId !== held?.itemId)
  const together = standingDraft(desk.replica.tables, draftId(agentId, conversationId, 'reply'))
  const newId = (): string => `${deviceId}-${what}-${desk.next()}`

  switch (what) {
    case 'reply':
    case 'send-later': {
      const id = newId()
      const to = [{ name: '', address: addressOf(conversationId) }]
      const cc = n === 2 ? [{ name: '', address: 'copy@customers.example' }] : []
      const content = { id, ...place, text: `reply ${id}`, to, cc, attachments: [], basis }
      const done =
        what === 'reply'
          ? desk.act('reply.send', content)
          : n % 2 === 0
            ? desk.act('reply.send', { ...content, undoSeconds: 5 })
            : desk.act('reply.schedule', { ...content, sendAt: at + n * 7_000 })
      if (done)
        office.ask(
          id,
          [...to, ...cc].map(({ address }) => address),
        )
      break
    }
    case 'take-back': {
      const item = waitingReply(desk, conversationId)
      if (!item) break
      const { text, attachments } = item
      const draft = { kind: 'reply' as const, text, cc: [], attachments }
      desk.act('reply.cancel', { itemId: item.id, conversationId, draft, reopen: n % 2 === 0, at })
      break
    }
    case 'other-time': {
      const item = waitingReply(desk, conversationId)
      if (item) desk.act('reply.reschedule', { itemId: item.id, ...place, sendAt: at + n * 5_000, basis })
      break
    }
    case 'note': {
      const id = newId()
      desk.act('note.add', { id, conversationId, text: `note ${id}`, attachments: [], at })
      break
    }
    case 'claim':
      desk.act('conversation.claim', { conversationId, at })
      break
    case 'assign': {
      const to = n === 0 ? null : n === 1 ? 'bo' : 'ann'
      desk.act('conversation.assign', { conversationId, agentId: to, from: found.assigneeId, at })
      break
    }
    case 'close':
      desk.act('conversation.close', { conversationId, at })
      break
    case 'reopen':
      desk.act('conversation.reopen', { conversationId, at })
      break
    case 'snooze':
      desk.act('conversation.snooze', { conversationId, at, until: at + 30_000 })
      break
    case 'tag':
      desk.act('conversation.tag', { conversationId, tagId })
      break
    case 'untag':
      desk.act('conversation.untag', { conversationId, tagId })
      break
    case 'new-tag': {
      const id = newId()
      desk.act('tag.create', { id, name: id })
      break
    }
    case 'draft': {
      const kind = n % 2 === 0 ? 'reply' : 'note'
      const shared = kind === 'reply' ? together?.shared : undefined
      desk.act('draft.save', {
        ...{ conversationId, kind, text: `typed ${n}`, cc: [], attachments: [] },
        ...{ heldItemId: null, updatedAt: at, ...(shared ? { shared } : {}) },
      })
      break
    }
    case 'share': {
      const shared = { itemId: newId(), pen: newId() }
      const words = { text: `together ${n}`, cc: [], attachments: [] }
      desk.act('draft.share', { conversationId, ...words, updatedAt: at, shared })
      break
    }
    case 'take-pen': {
      const itemId = found.sharedDraft?.itemId
      const from = itemId && desk.get('item', itemId)?.draft?.pen
      if (itemId && from) desk.act('draft.take', { conversationId, itemId, from, pen: newId(), at })
      break
    }
    case 'unshare':
      if (together?.shared) desk.act('draft.unshare', { conversationId, shared: together.shared })
      break
    case 'send-shared': {
      const shared = together?.shared
      if (!shared) break
      const id = newId()
      const to = [{ name: '', address: addressOf(conversationId) }]
      const content = { text: `shared ${shared.itemId}`, to, cc: [], attachments: [] }
      if (desk.act('reply.send', { id, ...place, ...content, basis, shared }))
        office.ask(id, [addressOf(conversationId)])
      break
    }
    case 'read':
      if (n === 3) desk.act('conversation.unread', { conversationId, seq: Math.max(1, found.lastSeq) })
      else desk.act('conversation.read', { conversationId, seq: found.lastSeq })
      break
    case 'release':
      if (held) desk.act('reply.release', { itemId: held.itemId, ...place, basis, waiting })
      break
    case 'discard':
      if (held) desk.act('reply.discard', { itemId: held.itemId, conversationId, waiting })
      break
    case 'take-over': {
      const other = found.held.find(entry => entry.agentId !== agentId)
      if (other) desk.act('reply.take-over', { itemId: other.itemId, conversationId, at })
      break
    }
    case 'send-again':
    case 'arrived':
      resolve(desk, office, what, conversationId, at)
      break
    case 'edit-customer':
      edit(desk, customerId, n)
      break
    case 'merge': {
      const other = desk.get('conversation', conversations[n + 1]!)
      if (other) desk.act('customer.merge', { id: customerId, into: other.customerId, conversationId, at })
      break
    }
    case 'unmerge': {
      const into = desk.get('customer', customerId)?.mergedInto
      if (into) desk.act('customer.unmerge', { id: customerId, into, conversationId, at })
      break
    }
    case 'older':
      void desk.connection.older.load(conversationId)
  }
}

/** The agent's own answer that waits for its time; an unsent one too may be asked for, as a quick hand does. */
const waitingReply = (desk: SimulatedDesk, conversationId: string): Item | undefined => {
  const [itemId] = desk.column<string>(
    "select id from item where conversation_id = ? and state = 'queued' and author_id = ? order by seq desc limit 1",
    conversationId,
    desk.seat.agentId,
  )
  return itemId === undefined ? undefined : desk.get('item', itemId)
}

/** What an agent changes in a profile, saying what they saw before: a line more of the note, a short field, an attribute and a tag. */
function edit(desk: SimulatedDesk, id: string, n: number): void {
  const { note = '', company = '', attributes } = desk.get('customer', id) ?? {}
  const word = `${desk.seat.deviceId} ${desk.next()}`
  if (n === 0) desk.act('customer.edit', { id, set: { note: `${note}\n${word}`.trim() }, seen: { note } })
  else if (n === 1) desk.act('customer.edit', { id, set: { company: word }, seen: { company } })
  else {
    const seen = attributes?.seats ?? null
    desk.act('customer.attribute', { id, workspaceId: 'w', attributeId: 'seats', value: desk.next(), seen })
    desk.act('customer.tag', { id, tagId: 'urgent' })
  }
}

/** A person's word on the latest message that failed or is uncertain. To send it again is to ask for it once more (I2). */
function resolve(
  desk: SimulatedDesk,
  office: PostOffice,
  as: 'send-again' | 'arrived',
  conversationId: string,
  at: number,
): void {
  const [itemId] = desk.column<string>(
    "select id from item where conversation_id = ? and state in ('failed', 'uncertain') order by seq desc limit 1",
    conversationId,
  )
  const item = itemId === undefined ? undefined : desk.get('item', itemId)
  if (!item?.delivery) return
  if (desk.act('delivery.resolve', { itemId: item.id, conversationId, as, at }) && as === 'send-again')
    office.ask(
      item.id,
      item.delivery.recipients.map(({ address }) => address),
    )
}
