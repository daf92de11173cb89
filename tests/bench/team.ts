/** A large team on paper: twenty desks share an inbox, each inbox has one conversation. For P7. */
import type { Row } from '#shared/model/row.ts'
import { agentOf, row, smallRows } from './data.ts'
import type { Ticket } from './hub.ts'

export const DESKS_PER_INBOX = 20

/** The one conversation of a desk's inbox. */
export function talkOf({ cursors }: Ticket): string {
  const inbox = cursors.find(({ stream }) => stream.startsWith('inbox:'))?.stream ?? ''
  return inbox.replace('inbox:team-', 'talk-')
}

export function* teamRows(desks: number): Generator<Row> {
  for (const row of smallRows({
    items: 0,
    until: 0,
    corpus: { english: [], chinese: [], source: '' },
    agents: 0,
  }))
    if (row.type !== 'inbox') yield row
  const inboxes = Math.ceil(desks / DESKS_PER_INBOX)
  for (let n = 0; n < inboxes; n++) {
    const id = `team-${n}`
    yield row('inbox', {
      id,
      channel: 'email',
      name: id,
      address: `${id}@example.com`,
      signature: '',
      holdOfflineAfterMinutes: 60,
      active: true,
    })
    yield row('customer', {
      id: `customer-${n}`,
      name: `Customer ${n}`,
      company: '',
      language: '',
      timeZone: '',
      tier: '',
      note: '',
      mergedInto: null,
      createdAt: 0,
    })
    yield row('identity', {
      id: `identity-${n}`,
      customerId: `customer-${n}`,
      channel: 'email',
      address: `c${n}@mail.example`,
      name: '',
      createdAt: 0,
    })
    yield row('conversation', {
      id: `talk-${n}`,
      inboxId: id,
      channel: 'email',
      customerId: `customer-${n}`,
      identityId: `identity-${n}`,
      subject: 'Bench',
      status: 'open',
      snoozedUntil: null,
      assigneeId: null,
      tagIds: [],
      lastSeq: 0,
      createdAt: Date.now(),
      activityAt: Date.now(),
      preview: '',
      lastInbound: null,
      lastReply: null,
      lastStatusChange: null,
      lastAssignment: null,
      waitingSince: null,
      held: [],
    })
  }
  // Agents 0 and 1, the two that are measured, share the first inbox.
  for (let n = 0; n < desks; n++)
    yield row('agent', { ...agentOf(n), inboxIds: [`team-${Math.floor(n / DESKS_PER_INBOX)}`] })
}
