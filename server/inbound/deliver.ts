/**
 * What comes in from customers becomes rows, in one transaction (S16, S19): a message is taken once, whoever brings it how
 * often; its bytes are on the disk before the rows refer to them; the provider hears "got it" only after the commit.
 *
 * Nothing a machine wrote counts as a customer waiting, so nothing is ever answered because of it: no mail loops.
 */
import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Attachment, Author, Item } from '#shared/model/item.ts'
import { type Key, key } from '#shared/model/row.ts'
import { newItem, showing } from '#shared/mutations/timeline.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type {
  Channel,
  Delivered,
  HeldHost,
  Inbound,
  InboundAttachment,
  ReceiveHost,
} from '../channels/channel.ts'
import { erasedName } from '../erasure/entry.ts'
import type { Held } from '../held/held.ts'
import { kept } from '../store/postgres/words.ts'
import type { Store, Transaction } from '../store/store.ts'
import type { Log } from '../sync/ground.ts'
import { type AccountDeps, accountOf } from './accounts.ts'
import { lookupIn } from './lookup.ts'
import { mailboxOf } from './mailbox.ts'
import { addressName, inboundName, messageName, sentName, subjectName } from './names.ts'
import { findIdentity, newConversation } from './new-rows.ts'
import { reported } from './report.ts'

export interface InboundDeps extends AccountDeps {
  store: Store
  blobs: BlobStore
  now(): number
  newId(): Id
  log: Log
  /** Leases and notes of connections that are held; without it no channel holds any. */
  held?: Held | undefined
}

/** What a channel is handed to bring messages in. */
export function receiveHost(deps: InboundDeps, channel: Channel): ReceiveHost {
  const { store, log } = deps
  return {
    async inboxByAddress(address) {
      const inboxes = await store.all('inbox')
      const inbox = inboxes.find(
        each => each.active && each.channel === channel.manifest.id && each.address.toLowerCase() === address,
      )
      return inbox ? accountOf(deps, inbox) : null
    },
    mailbox: address => mailboxOf(deps, address),
    deliver: inbound => deliver(deps, channel, inbound),
    report: event => log.warn({ channel: channel.manifest.id, ...event }, 'a channel reports'),
    held: deps.held && heldHost(deps, deps.held, channel),
  }
}

function heldHost(deps: InboundDeps, held: Held, channel: Channel): HeldHost {
  const holder = deps.newId()
  const lease = (inboxId: Id): string => `inbox ${inboxId}`
  return {
    now: deps.now,
    async accounts() {
      const inboxes = await deps.store.all('inbox')
      const ours = inboxes.filter(each => each.active && each.channel === channel.manifest.id)
      const opened = await Promise.all(
        ours.map(inbox =>
          accountOf(deps, inbox).catch(error => {
            deps.log.error(
              { inbox: inbox.id, error: String(error) },
              'the settings of an inbox cannot be opened',
            )
            return null
          }),
        ),
      )
      return opened.flatMap(account => account ?? [])
    },
    lease: (inboxId, milliseconds) => held.take(lease(inboxId), holder, milliseconds),
    release: inboxId => held.release(lease(inboxId), holder),
    note: (inboxId, name) => held.note(inboxId, name),
    putNote: (inboxId, name, doc, fence) => held.putNote(inboxId, name, doc, fence),
  }
}

async function deliver(deps: InboundDeps, channel: Channel, inbound: Inbound): Promise<Delivered> {
  const [inbox] = await deps.store.read('inbox', [inbound.inboxId])
  if (!inbox?.active) return { ok: false, retryable: false, detail: 'no such inbox' }
  // Of what has nothing to go with no bytes are kept.
  const goesWith = inbound.addTo && (await deps.store.named(inboundName(inbox.id, inbound.addTo.key)))
  if (goesWith?.length === 0) return notYet
  if (await wasErased(deps, inbound, deps.store)) return { ok: true, duplicate: true }
  const unwritten = await storeBytes(deps.blobs, inbound)
  if (unwritten) return { ok: false, retryable: true, detail: unwritten.kind }
  try {
    return await deps.store.write(tx => take(tx, deps, channel, inbox, inbound))
  } catch (error) {
    deps.log.error(
      { inbox: inbox.id, error: error instanceof Error ? error.stack : String(error) },
      'a message could not be stored; its sender keeps it',
    )
    return { ok: false, retryable: true, detail: 'internal' }
  }
}

/** A mailbox may still hold what somebody wrote who was erased (I9): it does not bring them back. */
async function wasErased(
  { secrets }: InboundDeps,
  { inboxId, key, copy }: Inbound,
  store: Pick<Store | Transaction, 'named'>,
): Promise<boolean> {
  const names = [key, ...(copy ? [copy.name, ...copy.others] : [])].map(name => inboundName(inboxId, name))
  const found = await Promise.all(names.map(name => store.named(erasedName(secrets, kept(name)))))
  return found.some(keys => keys.length > 0)
}

async function storeBytes(blobs: BlobStore, inbound: Inbound): Promise<Fault | undefined> {
  const all = [...(inbound.raw ? [inbound.raw] : []), ...inbound.attachments.map(({ bytes }) => bytes)]
  for (const bytes of all) {
    const stored = await blobs.put(bytes)
    if (!stored.ok) return stored.fault
  }
  return undefined
}

async function take(
  tx: Transaction,
  deps: InboundDeps,
  channel: Channel,
  inbox: Inbox,
  inbound: Inbound,
): Promise<Delivered> {
  const { identity: writer } = inbound
  const now = deps.now()
  const named = (name: string): string => inboundName(inbox.id, name)
  const seen = [inbound.key, ...(inbound.copy ? [inbound.copy.name] : [])].map(named)
  const earlier = [inbound.key, ...(inbound.copy?.others ?? [])].map(named)
  await tx.lock(addressName(writer.channel, writer.address))
  // In one order everywhere, whichever way a copy comes.
  for (const name of [...new Set([...seen, ...earlier])].sort()) await tx.lock(name)
  for (const name of earlier) if ((await tx.named(name)).length > 0) return { ok: true, duplicate: true }
  if (await wasErased(deps, inbound, tx)) return { ok: true, duplicate: true }

  if (inbound.addTo) return addFiles(tx, inbox, inbound, inbound.addTo, seen, now)

  const own = inbound.ownItemId ? await tx.named(sentName(inbox.id, inbound.ownItemId)) : []
  const ownItem = own.find(({ type }) => type === 'item')
  if (ownItem) {
    // Our own mail has come back: a copy to ourselves, or a forwarding loop. It is in the conversation already.
    for (const name of seen) tx.name(name, ownItem)
    log(tx, 'item.returned', now, [ownItem], inbound)
    return { ok: true, duplicate: false }
  }

  const conversationId = await channel.conversationOf(inbound, lookupIn(tx, now))
  const [identityKey] = (await tx.named(addressName(writer.channel, writer.address))).filter(
    ({ type }) => type === 'identity',
  )
  const provenKey = identityKey ? undefined : await provenIdentity(tx, inbound)
  const reportedKey = await reportedItem(tx, inbox.id, inbound)
  const answeredKey = await answeredItem(tx, inbox.id, inbound)
  await tx.load([
    ...(conversationId ? [key('conversation', conversationId)] : []),
    ...(identityKey ? [identityKey] : []),
    ...(provenKey ? [provenKey] : []),
    ...(reportedKey ? [reportedKey] : []),
    ...(answeredKey ? [answeredKey] : []),
  ])
  if (reportedKey) tellItem(tx, reportedKey, inbound, now)

  const known = conversationId ? tx.get('conversation', conversationId) : undefined
  // A machine's report on a known conversation makes nobody a customer.
  const machine = known !== undefined && inbound.mail?.automatic === 'bounce'
  const identity = machine ? undefined : findIdentity(tx, deps, inbound, identityKey, provenKey)
  const conversation =
    known ??
    newConversation(deps, inbox, identity!, {
      subject: inbound.subject,
      status: inbound.history ? 'closed' : 'open',
      at: inbound.history?.at ?? now,
    })
  const author: Author = identity ? { kind: 'customer', identityId: identity.id } : { kind: 'system' }
  // What was forwarded was put to somebody else: their answer is not the customer's word.
  const answered = answeredKey && tx.get('item', answeredKey.id)
  const aside =
    known !== undefined && answered?.mail?.forwards !== undefined && identity?.id !== known.identityId
  const asker = aside && answered?.author.kind === 'agent' ? answered.author.agentId : null
  const taken = aside ? asAside(inbound, answered?.mail?.side) : inbound
  write(tx, deps, conversation, taken, { author, asker, seen, now })
  return { ok: true, duplicate: false }
}

const notYet: Delivered = { ok: false, retryable: true, detail: 'not there yet' }

/** A message that is there gets files that came after it. */
async function addFiles(
  tx: Transaction,
  inbox: Inbox,
  inbound: Inbound,
  to: NonNullable<Inbound['addTo']>,
  seen: string[],
  now: number,
): Promise<Delivered> {
  const [found] = await tx.named(inboundName(inbox.id, to.key))
  if (!found) return notYet
  await tx.load([found])
  const item = tx.get('item', found.id)
  const attachments = [...(item?.attachments ?? []), ...inbound.attachments.map(withoutBytes)]
  if (!item || attachments.length > to.most)
    return { ok: false, retryable: false, detail: item ? 'too many files' : 'gone' }
  tx.put('item', { ...item, attachments })
  for (const name of seen) tx.name(name, found)
  log(tx, 'item.completed', now, [found, key('conversation', item.conversationId)], inbound)
  return { ok: true, duplicate: false }
}

const withoutBytes = ({ bytes: _, ...attachment }: InboundAttachment): Attachment => attachment

const asAside = (inbound: Inbound, side: Id | undefined): Inbound => ({
  ...inbound,
  mail: inbound.mail && { ...inbound.mail, aside: true, ...(side ? { side } : {}) },
})

function write(
  tx: Transaction,
  deps: InboundDeps,
  conversation: Conversation,
  inbound: Inbound,
  { author, asker, seen, now }: { author: Author; asker: Id | null; seen: string[]; now: number },
): void {
  const item = newItem(
    conversation,
    { now: inbound.history?.at ?? now },
    {
      id: inbound.itemId ?? deps.newId(),
      kind: 'message',
      direction: 'in',
      author,
      writtenAt: inbound.writtenAt ?? now,
      subject: inbound.subject,
      text: inbound.text,
      quoted: inbound.quoted,
      html: inbound.html,
      attachments: inbound.attachments.map(withoutBytes),
      mail: inbound.mail,
      ...(inbound.call ? { call: inbound.call } : {}),
      ...(inbound.comment ? { comment: inbound.comment } : {}),
    },
  )
  tx.put('item', item)
  tx.put('conversation', arrived(conversation, item, inbound, asker))

  const keys = [key('item', item.id), key('conversation', conversation.id)]
  for (const name of seen) tx.name(name, keys[0]!)
  const { inboxId } = conversation
  if (inbound.mail?.messageId)
    for (const each of keys) tx.name(messageName(inboxId, inbound.mail.messageId), each)
  if (inbound.thread.subjectKey !== null)
    tx.name(subjectName(inboxId, inbound.identity.address, inbound.thread.subjectKey), keys[1]!)
  log(tx, 'item.received', now, keys, inbound)
}

/**
 * The conversation after a message came in.
 * @param asker who had asked whoever answers beside it
 */
function arrived(
  conversation: Conversation,
  { seq, at }: Item,
  inbound: Inbound,
  asker: Id | null,
): Conversation {
  const automatic = inbound.mail?.automatic ?? 'no'
  const aside = inbound.mail?.aside === true
  const person = automatic === 'no' && !aside
  const next = {
    ...(aside
      ? conversation
      : showing(conversation, { text: inbound.text || inbound.subject, attachments: inbound.attachments })),
    lastSeq: seq,
    activityAt: Math.max(conversation.activityAt, at),
    ...(inbound.visit ? { visit: inbound.visit } : {}),
  }
  // Was answered, or not, before we came; a window for answers counts from it all the same.
  if (inbound.history) return person ? { ...next, lastInbound: { seq, at } } : next
  if (person) {
    next.lastInbound = { seq, at }
    next.waitingSince = conversation.waitingSince ?? at
  }
  if (aside && automatic === 'no') next.lastAside = { seq, at, agentId: asker }
  // A returned mail has to be looked at, too, and so has what we asked others for; an out-of-office note has not.
  const wanted = person || automatic === 'bounce' || (aside && automatic === 'no')
  if (conversation.status !== 'open' && wanted) {
    next.status = 'open'
    next.snoozedUntil = null
    next.lastStatusChange = { seq, at, agentId: null }
  }
  return next
}

/** The identity of the same person on another channel, as their channel has proof of. */
async function provenIdentity(tx: Transaction, { identity: { sameAs } }: Inbound): Promise<Key | undefined> {
  if (!sameAs) return undefined
  await tx.lock(addressName(sameAs.channel, sameAs.address))
  return (await tx.named(addressName(sameAs.channel, sameAs.address))).find(({ type }) => type === 'identity')
}

async function reportedItem(
  tx: Transaction,
  inboxId: Id,
  { deliveryReport }: Inbound,
): Promise<Key | undefined> {
  if (!deliveryReport) return undefined
  const { itemId, messageId } = deliveryReport
  const keys = [
    ...(itemId ? await tx.named(sentName(inboxId, itemId)) : []),
    ...(messageId ? await tx.named(messageName(inboxId, messageId)) : []),
  ]
  return keys.find(({ type }) => type === 'item')
}

/** Of our own messages the nearest one that this answers. */
async function answeredItem(tx: Transaction, inboxId: Id, { thread }: Inbound): Promise<Key | undefined> {
  for (const itemId of thread.itemIds) {
    const found = (await tx.named(sentName(inboxId, itemId))).find(({ type }) => type === 'item')
    if (found) return found
  }
  return undefined
}

function tellItem(tx: Transaction, { id }: Key, { deliveryReport }: Inbound, now: number): void {
  const item = tx.get('item', id)
  const changed = item && deliveryReport && reported(item, deliveryReport, now)
  if (changed) tx.put('item', changed)
}

function log(tx: Transaction, name: string, at: number, keys: Key[], inbound: Inbound): void {
  tx.event({
    name,
    agentId: null,
    deviceId: null,
    mutationId: null,
    at,
    keys,
    facts: { inboxId: inbound.inboxId, channel: inbound.channel, automatic: inbound.mail?.automatic ?? 'no' },
  })
}
