/**
 * The job that makes the letter an agent asked for, of a conversation as its customer knows it. Once for each time it was asked
 * (`sendTranscript` knows it again); from then on it is an item with a delivery of its own (S17).
 */
import { sendTranscript } from '../chat/send-transcript.ts'
import { accountOf } from '../inbound/accounts.ts'
import { mailboxOf } from '../inbound/mailbox.ts'
import type { NewJob } from '../store/store.ts'
import type { DeliverDeps } from './deliver.ts'

export function transcriptJob(deps: DeliverDeps & { newId(): string }): (job: NewJob) => Promise<void> {
  return async ({ key: itemId }) => {
    const { store, channels, log } = deps
    const [item] = await store.read('item', [itemId])
    const [inbox] = item ? await store.read('inbox', [item.inboxId]) : []
    const transcriptsBy = item && channels.get(item.channel)?.transcriptsBy
    if (!item?.transcript || item.author.kind !== 'agent' || !inbox || !transcriptsBy) return
    const mailbox = await mailboxOf(deps, transcriptsBy((await accountOf(deps, inbox)).settings))
    if (!mailbox) return log.warn({ item: itemId }, 'there is no inbox for mail to send a transcript by')
    const agents = new Map((await store.all('agent')).map(each => [each.id, each]))
    const asked = { id: itemId, mailbox, ...item.transcript, by: item.author.agentId }
    await sendTranscript(deps, inbox.id, item.conversationId, asked, agents)
  }
}
