/**
 * The job that keeps a copy of what was sent in the provider's own Sent folder. The message has left already, so nothing here
 * touches its delivery: a copy that cannot be made is tried again, less and less often, and given up after some days.
 */
import { key } from '#shared/model/row.ts'
import { accountOf } from '../inbound/accounts.ts'
import type { NewJob } from '../store/store.ts'
import { type DeliverDeps, LOOK_BACK, outgoingOf } from './deliver.ts'
import { placeOf } from './thread.ts'

const GIVE_UP_AFTER = 3 * 24 * 60 * 60 * 1000
const SOONEST = 60_000
const LATEST = 6 * 60 * 60 * 1000

export function fileJob(deps: DeliverDeps): (job: NewJob) => Promise<void> {
  return async ({ key: itemId }) => {
    const { store } = deps
    const [item] = await store.read('item', [itemId])
    const [inbox] = item ? await store.read('inbox', [item.inboxId]) : []
    const channel = item && deps.channels.get(item.channel)
    if (!item?.delivery || !inbox || !channel?.file) return
    const rows = await store.olderItems(item.conversationId, item.seq, LOOK_BACK)
    const place = placeOf(
      item,
      rows.flatMap(row => (row.type === 'item' ? [row.doc] : [])),
    )
    let filed: Awaited<ReturnType<typeof channel.file>>
    try {
      filed = await channel.file(await outgoingOf(deps, item, place, []), await accountOf(deps, inbox))
    } catch (error) {
      deps.log.error({ item: itemId, error: String(error) }, 'a copy could not be prepared')
      filed = { kind: 'failed', retryable: true, detail: 'internal' }
    }
    if (filed.kind === 'nothing') return
    const now = deps.now()
    const age = now - item.delivery.at
    const again = filed.kind === 'failed' && filed.retryable && age < GIVE_UP_AFTER
    await store.write(async tx => {
      if (again)
        return tx.job({ kind: 'file', key: itemId, at: now + Math.min(LATEST, Math.max(SOONEST, age)) })
      tx.event({
        name: filed.kind === 'failed' ? 'copy.failed' : 'copy.filed',
        agentId: null,
        deviceId: null,
        mutationId: null,
        at: now,
        keys: [key('item', itemId), key('conversation', item.conversationId)],
        facts: { inboxId: item.inboxId, kind: filed.kind },
      })
    })
  }
}
