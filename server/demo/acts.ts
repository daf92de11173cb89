import { uuidv7 } from 'uuidv7'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { messageIdOf } from '../channels/email/message-id.ts'
import type { Store } from '../store/store.ts'

/** A reply as an agent who has seen everything up to now sends it, and the name under which its customer gets it. */
export async function replyNow(
  store: Store,
  conversationId: string,
  text: string,
  now: number,
): Promise<{ args: MutationArgs<'reply.send'>; messageId: string }> {
  const [conversation] = await store.read('conversation', [conversationId])
  const { customerId, identityId, inboxId, channel, lastSeq, status, assigneeId } = conversation!
  const [[identity], [inbox]] = await Promise.all([
    store.read('identity', [identityId]),
    store.read('inbox', [inboxId]),
  ])
  const id = uuidv7()
  const args = {
    id,
    conversationId,
    customerId,
    inboxId,
    channel,
    text,
    to: [{ name: identity!.name, address: identity!.address }],
    cc: [],
    attachments: [],
    basis: { seq: lastSeq, status, assigneeId, inboxId, customerId, writtenAt: now, offline: false },
  }
  return { args, messageId: messageIdOf(id, inbox!.address) }
}
