/**
 * What only the hub does after a mutation's effect, in the same transaction, so that a reply and its delivery commit
 * together (S17). It goes by what changed rather than by the mutation's name: a reply leaves the same way whether it was
 * written, released, or released along with another.
 */
import type { Doc } from '#shared/model/row.ts'
import type { Transaction } from '../store/store.ts'
import type { Change } from '../sync/rows-view.ts'
import type { After } from '../sync/run.ts'
import { interrupted } from './outcome.ts'

export const after: After = (tx, changes, { now }, again) => {
  for (const change of changes) {
    if (!change.doc) continue
    if (change.key.type === 'item') {
      const item = change.doc as Doc<'item'>
      queue(tx, item, now, again)
      // What a hub may have sent already, before its database was put back, is not sent again (S5): it can be asked for anew.
      if (item.transcript && !again) tx.job({ kind: 'transcript', key: item.id, at: now })
    }
    if (change.key.type === 'conversation') wakeLater(tx, change)
  }
}

/**
 * Every attempt starts from a job; whatever put the item into this state asked for one. What a hub may have sent already, in
 * the time between its backup and its restore, is uncertain instead: a person decides (S5, S18).
 */
function queue(tx: Transaction, item: Doc<'item'>, now: number, again: boolean): void {
  if (item.delivery?.state !== 'queued') return
  if (again) tx.put('item', { ...item, delivery: interrupted(item.delivery, now, 'restored') })
  else tx.job({ kind: 'deliver', key: item.id, at: item.delivery.nextAttemptAt ?? now })
}

function wakeLater(tx: Transaction, { doc }: Change): void {
  const conversation = doc as Doc<'conversation'>
  if (conversation.status === 'snoozed' && conversation.snoozedUntil !== null)
    tx.job({ kind: 'wake', key: conversation.id, at: conversation.snoozedUntil })
}
