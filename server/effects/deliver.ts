/**
 * The job that sends an item (S17, S18). An attempt is committed as `sending` before anything leaves, and its outcome after.
 * Whatever finds an item in `sending` without being its sender knows only one thing: nobody knows. So a hub that dies
 * between the two leaves a message that is uncertain, never one that is sent twice (I2); only where sending twice is sending
 * once is it simply sent again (`Channel.repeatable`).
 */
import type { Id } from '#shared/model/base.ts'
import type { HoldReason } from '#shared/model/hold.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Attachment, Delivery, Item } from '#shared/model/item.ts'
import { type Key, key } from '#shared/model/row.ts'
import { headingOf } from '#shared/mutations/forward.ts'
import { inState, letGo, passesOn, plannedFor } from '#shared/mutations/outgoing.ts'
import { picturesIn } from '#shared/rules/pictures.ts'
import { reviewReply } from '#shared/rules/review.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type {
  Account,
  Channel,
  Forwarded,
  Outgoing,
  OutgoingAttachment,
  RecipientOutcome,
  SendOutcome,
} from '../channels/channel.ts'
import { type AccountDeps, accountOf } from '../inbound/accounts.ts'
import { messageName, sentName } from '../inbound/names.ts'
import type { NewJob, Store, Transaction } from '../store/store.ts'
import type { Log } from '../sync/ground.ts'
import { afterAttempt, interrupted, RETRY_AFTER } from './outcome.ts'
import { type Place, placeOf } from './thread.ts'

export interface DeliverDeps extends AccountDeps {
  store: Store
  blobs: BlobStore
  now(): number
  log: Log
  retryAfter?: readonly number[] | undefined
}

/** Reasons that still hold an item that was already let go: the world may have changed while it waited (S17). */
const STILL: readonly HoldReason['kind'][] = ['closed', 'merged', 'moved', 'window-closed']
/** Items looked at to find the thread. */
export const LOOK_BACK = 50

interface Attempt {
  item: Item
  /** Which attempt of this item it is. */
  number: number
  inbox: Inbox
}

export function deliverJob(deps: DeliverDeps): (job: NewJob) => Promise<void> {
  const underWay = new Set<Id>()
  return async ({ key: itemId }) => {
    if (underWay.has(itemId)) return // this hub is at it
    underWay.add(itemId)
    try {
      await deliver(deps, itemId)
    } finally {
      underWay.delete(itemId)
    }
  }
}

async function deliver(deps: DeliverDeps, itemId: Id): Promise<void> {
  const { store } = deps
  const [seen] = await store.read('item', [itemId])
  const [inbox] = seen ? await store.read('inbox', [seen.inboxId]) : []
  if (!seen || !inbox) return
  const place = placeOf(seen, await itemsBefore(store, seen))
  const attempt = await store.write(tx => begin(tx, deps, seen, inbox, place))
  if (!attempt) return
  const outcome = await send(deps, attempt, place)
  await store.write(tx => end(tx, deps, attempt, outcome))
}

/** The newest items before it in its thread, newest first. One that waited goes behind all that there are. */
async function itemsBefore(store: Store, item: Item): Promise<Item[]> {
  const [conversation] = item.delivery?.later ? await store.read('conversation', [item.conversationId]) : []
  const end = conversation ? conversation.lastSeq + 1 : item.seq
  const rows = await store.olderItems(item.conversationId, end, LOOK_BACK)
  return rows.flatMap(row => (row.type === 'item' && row.id !== item.id ? [row.doc] : []))
}

/** Records the attempt; undefined when there is nothing to send, or not now. */
async function begin(
  tx: Transaction,
  deps: DeliverDeps,
  seen: Item,
  inbox: Inbox,
  place: Place,
): Promise<Attempt | undefined> {
  const now = deps.now()
  await tx.load([
    key('conversation', seen.conversationId),
    key('customer', seen.customerId),
    key('item', seen.id),
  ])
  const item = tx.get('item', seen.id)
  if (!item?.delivery) return undefined
  const { delivery } = item
  const again = delivery.state === 'sending' && deps.channels.get(item.channel)?.repeatable === true
  if (delivery.state === 'sending' && !again) {
    tx.put('item', { ...item, delivery: interrupted(delivery, now, '') })
    log(tx, 'delivery.interrupted', now, item, { attempt: delivery.attempts })
    return undefined
  }
  if (delivery.state !== 'queued' && !again) return undefined
  if (delivery.nextAttemptAt !== null && delivery.nextAttemptAt > now) {
    tx.job({ kind: 'deliver', key: item.id, at: delivery.nextAttemptAt })
    return undefined
  }
  const reasons = staleness(tx, deps, item, inbox, now)
  if (reasons.length > 0) {
    hold(tx, item, reasons, now)
    return undefined
  }

  const number = delivery.attempts + 1
  const { item: going, delivery: gone } = released(tx, item, delivery, now)
  const sending: Item = {
    ...going,
    delivery: { ...gone, state: 'sending', attempts: number, at: now, nextAttemptAt: null },
    mail: item.mail && {
      ...item.mail,
      from: { name: inbox.name, address: inbox.address },
      inReplyTo: place.inReplyTo ?? '',
      references: place.references,
    },
  }
  tx.put('item', sending)
  for (const each of keysOf(item)) tx.name(sentName(inbox.id, item.id), each)
  log(tx, 'delivery.attempt', now, item, { attempt: number })
  return { item: sending, number, inbox }
}

/** The item as it leaves. One that waited for its time is let go: only now has it answered somebody. */
function released(
  tx: Transaction,
  item: Item,
  { later, ...delivery }: Delivery,
  now: number,
): { item: Item; delivery: Delivery } {
  const conversation = tx.get('conversation', item.conversationId)
  if (!later || !conversation || item.author.kind !== 'agent') return { item, delivery }
  const gone = letGo(conversation, item, item.author.agentId, now)
  tx.put('conversation', gone.conversation)
  return { item: gone.item, delivery }
}

/** Why it is not sent after all. What waited for its time is looked at as if it were written now; the rest was let go once. */
function staleness(tx: Transaction, deps: DeliverDeps, item: Item, inbox: Inbox, now: number): HoldReason[] {
  const conversation = tx.get('conversation', item.conversationId)
  if (!conversation || !item.basis || item.author.kind !== 'agent') return []
  const { agentId } = item.author
  const later = item.delivery?.later
  const earlier = later && !passesOn(item) && conversation.held.find(held => held.agentId === agentId)
  if (earlier) return [{ kind: 'earlier-held', itemId: earlier.itemId }]
  const reasons = reviewReply({
    basis: item.basis,
    agentId,
    conversation,
    customer: tx.get('customer', item.customerId),
    inbox,
    replyWindow: deps.channels.get(item.channel)?.manifest.replyWindow ?? null,
    now,
    toOthers: passesOn(item),
    plannedFor: plannedFor(later),
  })
  return later ? reasons : reasons.filter(({ kind }) => STILL.includes(kind))
}

function hold(tx: Transaction, item: Item, reasons: HoldReason[], now: number): void {
  const conversation = tx.get('conversation', item.conversationId)
  if (!conversation || !item.delivery || item.author.kind !== 'agent') return
  const { agentId } = item.author
  tx.put('item', { ...inState(item, 'held', now), holdReasons: reasons })
  tx.put('conversation', {
    ...conversation,
    held: [...conversation.held, { itemId: item.id, agentId, reasons, along: [] }],
  })
  log(tx, 'delivery.held', now, item, { reason: reasons[0]!.kind })
}

async function send(deps: DeliverDeps, attempt: Attempt, place: Place): Promise<SendOutcome> {
  const { item, inbox } = attempt
  const addresses =
    item.delivery?.recipients.filter(({ state }) => state === 'queued').map(({ address }) => address) ?? []
  const all = (outcome: (address: string) => RecipientOutcome): SendOutcome => ({
    messageId: '',
    recipients: addresses.map(outcome),
  })
  let channel: Channel | undefined
  let account: Account
  let outgoing: Outgoing
  try {
    channel = deps.channels.get(item.channel)
    account = await accountOf(deps, inbox)
    outgoing = await outgoingOf(deps, item, place, addresses)
  } catch (error) {
    // Nothing has left yet: settings that cannot be opened are for the administrator to mend.
    deps.log.error({ item: item.id, error: String(error) }, 'a message could not be prepared')
    channel = undefined
  }
  if (!channel)
    return all(address => ({
      address,
      state: 'failed',
      reason: { kind: 'not-configured', detail: '' },
      retryable: false,
    }))
  try {
    return await channel.send(outgoing!, account!)
  } catch (error) {
    deps.log.error({ item: item.id, error: String(error) }, 'a channel threw while sending')
    return all(address => ({ address, state: 'uncertain', reason: { kind: 'no-answer', detail: '' } }))
  }
}

/** An item as its channel is handed it. */
export async function outgoingOf(
  deps: Pick<DeliverDeps, 'store' | 'blobs'>,
  item: Item,
  place: Place,
  attempt: string[],
): Promise<Outgoing> {
  const forwards = item.mail?.forwards
  const [[author], [original]] = await Promise.all([
    item.author.kind === 'agent' ? deps.store.read('agent', [item.author.agentId]) : [],
    forwards ? deps.store.read('item', [forwards]) : [],
  ])
  const sent = ({ sha256, name, type, contentId }: Attachment): OutgoingAttachment => ({
    name,
    type,
    contentId,
    path: deps.blobs.path(sha256),
  })
  return {
    itemId: item.id,
    writtenAt: item.writtenAt,
    authorName: author?.name ?? '',
    to: item.mail?.to ?? [],
    cc: item.mail?.cc ?? [],
    bcc: item.mail?.bcc ?? [],
    attempt,
    subject: item.subject,
    text: item.text,
    rich: item.rich,
    inReplyTo: place.inReplyTo,
    references: place.references,
    attachments: item.attachments.map(sent),
    quoted: place.quoted,
    // Beside the conversation not everything passes something on.
    forwarded:
      forwards && !(item.mail?.side && item.quoted === '') ? forwardedOf(item, original, sent) : undefined,
    automatic: false,
  }
}

/**
 * What is passed on. Its words and heading are the forward's own; its layout is the original's, taken from where it lies (S27: it is of
 * the same conversation), and gone where that is gone.
 */
function forwardedOf(
  item: Item,
  original: Item | undefined,
  sent: (file: Attachment) => OutgoingAttachment,
): Forwarded {
  const { heading, text } = headingOf(item)
  const html = original?.html ?? null
  const rich = html === null && picturesIn(original?.rich).size > 0 ? original?.rich : undefined
  const inline = original?.attachments.filter(({ contentId }) => contentId !== null && (html ?? rich)) ?? []
  return { head: heading, text, html, rich, inline: inline.map(sent) }
}

/** Writes down what became of the attempt, also when somebody has called it uncertain meanwhile: this is the proof. */
async function end(
  tx: Transaction,
  deps: DeliverDeps,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<void> {
  const now = deps.now()
  const { id, inboxId } = attempt.item
  await tx.load([key('item', id)])
  const item = tx.get('item', id)
  if (!item?.delivery || item.delivery.attempts !== attempt.number) return
  const delivery = afterAttempt(item.delivery, outcome.recipients, now, deps.retryAfter ?? RETRY_AFTER)
  const { messageId } = outcome
  tx.put('item', {
    ...item,
    delivery,
    mail: item.mail && { ...item.mail, messageId: messageId || item.mail.messageId },
  })
  if (messageId) for (const each of keysOf(item)) tx.name(messageName(inboxId, messageId), each)
  if (delivery.state === 'queued') tx.job({ kind: 'deliver', key: id, at: delivery.nextAttemptAt ?? now })
  if (outcome.file && delivery.recipients.some(({ state }) => state === 'sent' || state === 'delivered'))
    tx.job({ kind: 'file', key: id, at: now })
  log(tx, `delivery.${delivery.state}`, now, item, {
    attempt: attempt.number,
    reason: delivery.reason?.kind ?? null,
  })
}

const keysOf = (item: Item): Key[] => [key('item', item.id), key('conversation', item.conversationId)]

function log(
  tx: Transaction,
  name: string,
  at: number,
  item: Item,
  facts: Record<string, string | number | null>,
): void {
  tx.event({
    name,
    agentId: item.author.kind === 'agent' ? item.author.agentId : null,
    deviceId: null,
    mutationId: null,
    at,
    keys: keysOf(item),
    facts: { inboxId: item.inboxId, ...facts },
  })
}
