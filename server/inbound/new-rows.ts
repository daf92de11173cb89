/** Rows that begin with somebody who was not known, or a matter that was not. */
import type { Id, Instant } from '#shared/model/base.ts'
import type { Conversation, Status, Visit } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import { type Key, key } from '#shared/model/row.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Transaction } from '../store/store.ts'
import { addressName } from './names.ts'

export interface NewRowsDeps {
  now(): Instant
  newId(): Id
}

/**
 * Who has this address; made, with a customer, when it is new here: a customer since they wrote, which of history is longer ago.
 * The caller holds the lock on the address's name.
 */
export function findIdentity(
  tx: Transaction,
  deps: NewRowsDeps,
  {
    identity: writer,
    visit,
    history,
  }: { identity: Inbound['identity']; visit?: Visit | undefined; history?: Inbound['history'] | undefined },
  known: Key | undefined,
  proven?: Key | undefined,
): Identity {
  const there = known && tx.get('identity', known.id)
  if (there) {
    if (there.name === '' && writer.name !== '') tx.put('identity', { ...there, name: writer.name })
    return there
  }
  const createdAt = history?.at ?? deps.now()
  const same = proven && tx.get('identity', proven.id)
  const customer: Customer = {
    id: same?.customerId ?? deps.newId(),
    name: (writer.name || writer.callName || writer.address).slice(0, 200),
    company: '',
    language: visit?.locale ?? '',
    timeZone: visit?.timeZone ?? '',
    tier: '',
    note: '',
    mergedInto: null,
    createdAt,
  }
  const { channel, address, name } = writer
  const identity: Identity = { id: deps.newId(), customerId: customer.id, channel, address, name, createdAt }
  if (!same) tx.put('customer', customer)
  tx.put('identity', identity)
  tx.name(addressName(channel, address), key('identity', identity.id))
  return identity
}

export function newConversation(
  { newId }: Pick<NewRowsDeps, 'newId'>,
  inbox: Pick<Inbox, 'id' | 'channel'>,
  identity: Identity,
  { subject, status, at }: { subject: string; status: Status; at: Instant },
): Conversation {
  return {
    id: newId(),
    inboxId: inbox.id,
    channel: inbox.channel,
    customerId: identity.customerId,
    identityId: identity.id,
    subject,
    status,
    snoozedUntil: null,
    assigneeId: null,
    tagIds: [],
    lastSeq: 0,
    createdAt: at,
    activityAt: at,
    preview: '',
    lastInbound: null,
    lastReply: null,
    lastStatusChange: null,
    lastAssignment: null,
    waitingSince: null,
    held: [],
  }
}
