import { key } from '#shared/model/row.ts'
import { addressName } from '../../server/inbound/names.ts'
import { type MemoryBackup, memoryStore } from '../../server/store/memory/store.ts'
import type { Transaction } from '../../server/store/store.ts'
import { agent, conversation } from '../../server/sync/testing.ts'
import { manifest } from './post-office.ts'

export const START = 1_800_000_000_000
export const inboxes = ['one', 'two'] as const
/** `one-1` and `one-2` are of one customer, so are `one-3` and `two-3`, who is known in both inboxes. */
export const conversations = inboxes.flatMap(inbox => [1, 2, 3].map(number => `${inbox}-${number}`))
export const inboxOf = (conversationId: string): string => conversationId.slice(0, 3)
export const addressOf = (conversationId: string): string => `${conversationId}@customers.example`
const customerOf = (conversationId: string): string =>
  conversationId.endsWith('3')
    ? 'customer-both'
    : conversationId === 'one-2'
      ? 'customer-one-1'
      : `customer-${conversationId}`

const names = [
  'ann',
  'bo',
  'cai',
  'dee',
  'eli',
  'fay',
  'gus',
  'hua',
  'ida',
  'jun',
  'kim',
  'lin',
  'mei',
  'noa',
  'oto',
  'pia',
  'rui',
  'sam',
]

export interface Seat {
  /** What the story calls this desk. */
  name: string
  agentId: string
  deviceId: string
}

/** The desks of a team of this size: the fourth is the second machine of ann, the eighth that of bo. Bo supervises. */
export function seats(desks: number): Seat[] {
  const second: Record<number, string> = { 3: 'ann', 7: 'bo' }
  let next = 0
  return Array.from({ length: desks }, (_, index) => {
    const agentId = second[index] ?? names[next++]!
    const name = index in second ? `${agentId}, second desk` : agentId
    return { name, agentId, deviceId: `desk-${index + 1}` }
  })
}

const made = new Map<number, Promise<MemoryBackup>>()

/** A workspace of two inboxes with three conversations each and a team for so many desks, made once and copied. */
export function workspace(desks: number): Promise<MemoryBackup> {
  const there = made.get(desks)
  if (there) return there
  const store = memoryStore()
  const backup = store.write(async tx => furnish(tx, desks)).then(() => store.backup())
  made.set(desks, backup)
  return backup
}

export function furnish(tx: Transaction, desks: number): void {
  tx.put('workspace', {
    ...{ id: 'w', name: 'Simulation', lockAfterDays: 30, windowDays: 90 },
    attributes: [{ id: 'seats', kind: 'number', label: { en: 'Seats', zh: '' } }],
  })
  tx.put('channel', manifest)
  for (const id of inboxes)
    tx.put('inbox', {
      id,
      channel: 'email',
      name: id,
      address: `${id}@skein.example`,
      signature: '',
      holdOfflineAfterMinutes: 1,
      active: true,
    })
  for (const id of ['urgent', 'billing']) tx.put('tag', { id, name: id })
  const team = seats(desks)
  for (const id of new Set(team.map(({ agentId }) => agentId)))
    tx.put('agent', agent(id, [...inboxes], { role: id === 'bo' ? 'supervisor' : 'agent' }))
  for (const { deviceId, agentId } of team)
    tx.putDevice({
      id: deviceId,
      agentId,
      name: '',
      platform: '',
      epoch: 1,
      lastN: 0,
      confirmed: 0,
      revoked: false,
    })
  for (const id of new Set(conversations.map(customerOf)))
    tx.put('customer', { ...person, id, name: `Customer ${id}`, createdAt: START })
  for (const id of conversations) matter(tx, id)
}

function matter(tx: Transaction, id: string): void {
  const identityId = `identity-${id}`
  const customerId = customerOf(id)
  tx.put('identity', {
    id: identityId,
    customerId,
    channel: 'email',
    address: addressOf(id),
    name: '',
    createdAt: START,
  })
  tx.name(addressName('email', addressOf(id)), key('identity', identityId))
  tx.put(
    'conversation',
    conversation(id, inboxOf(id), { customerId, identityId, createdAt: START, activityAt: START }),
  )
}

const person = { company: '', language: '', timeZone: '', tier: '', note: '', mergedInto: null }
