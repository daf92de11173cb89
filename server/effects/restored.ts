/**
 * What a hub does first after its database was restored from a backup (S5). The backup does not know what happened since:
 * desks have seen versions that no longer exist, and messages that are still queued in it may have left long ago. So
 * every stream and device begins a new epoch, and every send that was waiting or under way becomes uncertain (S18, I2): a
 * person decides about each.
 */
import { type Doc, key } from '#shared/model/row.ts'
import type { Store } from '../store/store.ts'
import { interrupted } from './outcome.ts'

/** 2026-01-01. Epochs of restores are seconds since then: no two restores of one backup share one. */
const EPOCHS_SINCE = 1_767_225_600_000
const PAGE = 500

/**
 * To be run once, before the hub serves anybody.
 * @returns how many sends became uncertain
 */
export async function afterRestore(store: Store, now: number): Promise<number> {
  await store.renewEpochs(Math.max(0, Math.floor((now - EPOCHS_SINCE) / 1000)))
  let doubted = 0
  let last = ''
  for (;;) {
    const items = await store.all('item', last, PAGE)
    for (const item of items) if (mayHaveLeft(item) && (await doubt(store, item.id, now))) doubted += 1
    last = items.at(-1)?.id ?? ''
    if (items.length < PAGE) return doubted
  }
}

const mayHaveLeft = ({ delivery }: Doc<'item'>): boolean =>
  delivery?.state === 'queued' || delivery?.state === 'sending'

function doubt(store: Store, itemId: string, now: number): Promise<boolean> {
  return store.write(async tx => {
    await tx.load([key('item', itemId)])
    const item = tx.get('item', itemId)
    if (!item?.delivery || !mayHaveLeft(item)) return false
    tx.put('item', { ...item, delivery: interrupted(item.delivery, now, 'restored') })
    tx.event({
      name: 'delivery.doubted',
      agentId: null,
      deviceId: null,
      mutationId: null,
      at: now,
      keys: [key('item', itemId), key('conversation', item.conversationId)],
      facts: { inboxId: item.inboxId, attempt: item.delivery.attempts },
    })
    return true
  })
}
