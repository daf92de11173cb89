/**
 * A transcript leaves as any mail does: an item with its delivery job, in one transaction (S17), in the inbox for mail. It
 * belongs to whoever has the address it goes to, like every letter to them: who typed an address into a chat does not become
 * its owner, and an answer to it comes to us as theirs.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { key } from '#shared/model/row.ts'
import { outgoingMail, queued } from '#shared/mutations/outgoing.ts'
import { newItem, previewOf } from '#shared/mutations/timeline.ts'
import type { TranscriptAsked } from '../channels/channel.ts'
import { addressName, inboundName } from '../inbound/names.ts'
import { findIdentity, newConversation } from '../inbound/new-rows.ts'
import type { Store, Transaction } from '../store/store.ts'
import { isShown, shownMessage } from './shown.ts'
import { type Transcript, transcriptOf } from './transcript.ts'

export interface SendTranscriptDeps {
  store: Store
  now(): number
  newId(): Id
}

const MESSAGES = 500

/** @param conversationId undefined: there is none */
export async function sendTranscript(
  deps: SendTranscriptDeps,
  inboxId: Id,
  conversationId: Id | undefined,
  asked: TranscriptAsked,
  agents: ReadonlyMap<Id, Agent>,
): Promise<'asked' | 'nothing'> {
  const { store } = deps
  const [conversation] = conversationId ? await store.read('conversation', [conversationId]) : []
  if (!conversation) return 'nothing'
  const rows = await store.olderItems(conversation.id, conversation.lastSeq + 1, MESSAGES)
  const items = rows.flatMap(row => (row.type === 'item' ? [row.doc] : [])).sort((a, b) => a.seq - b.seq)
  const shown = items.filter(isShown)
  if (shown.every(({ direction }) => direction === 'in')) return 'nothing'
  const [[inbox], [identity]] = await Promise.all([
    store.read('inbox', [inboxId]),
    store.read('identity', [conversation.identityId]),
  ])
  const to = { ...asked.to, name: asked.to.name || (identity?.name ?? '') }
  const transcript = transcriptOf(
    shown.map(item => shownMessage(item, agents)),
    items.length < MESSAGES,
    { ...asked, name: inbox?.name ?? asked.mailbox.name, asked: asked.by === undefined },
  )
  const word = `transcript.${identity?.address ?? ''}.${asked.id}`
  await store.write(tx => put(tx, deps, word, { ...asked, to }, transcript))
  return 'asked'
}

async function put(
  tx: Transaction,
  deps: SendTranscriptDeps,
  word: string,
  { mailbox, to, by }: TranscriptAsked,
  transcript: Transcript,
): Promise<void> {
  const now = deps.now()
  const identityName = addressName(mailbox.channel, to.address)
  const once = inboundName(mailbox.id, word)
  await tx.lock(identityName)
  await tx.lock(once)
  if ((await tx.named(once)).length > 0) return
  const known = (await tx.named(identityName)).find(({ type }) => type === 'identity')
  if (known) await tx.load([known])
  const identity = findIdentity(tx, deps, { identity: { channel: mailbox.channel, ...to } }, known)
  const conversation = newConversation(deps, mailbox, identity, {
    subject: transcript.subject,
    status: 'closed',
    at: now,
  })
  const content = { text: transcript.text, to: [to], cc: [], attachments: [] }
  const item: Item = newItem(
    conversation,
    { now },
    {
      id: deps.newId(),
      kind: 'message',
      direction: 'out',
      author: by === undefined ? { kind: 'system' } : { kind: 'agent', agentId: by },
      writtenAt: now,
      subject: transcript.subject,
      text: transcript.text,
      rich: transcript.rich,
      mail: outgoingMail(content),
      delivery: queued(content, now),
    },
  )
  tx.put('item', item)
  tx.put('conversation', { ...conversation, lastSeq: item.seq, preview: previewOf(transcript.subject) })
  tx.name(once, key('item', item.id))
  tx.job({ kind: 'deliver', key: item.id, at: now })
  tx.event({
    name: 'transcript.asked',
    agentId: by ?? null,
    deviceId: null,
    mutationId: null,
    at: now,
    keys: [key('item', item.id), key('conversation', conversation.id)],
    facts: { inboxId: mailbox.id },
  })
}
