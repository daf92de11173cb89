import type { Id } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import { keyOf } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { glimpseOf } from '#shared/mutations/timeline.ts'
import type { OutboxEntry } from '#shared/queries/index.ts'
import { obstacles } from '../../sync/outbox.ts'
import { type Answers, plainEntry, type QueryContext, shown, shownOf } from './entry.ts'
import { createMerged } from './merged.ts'

interface TroubledRow {
  id: Id
  customer_id: Id
  doc: string
}

/** More is not for reading; the count is in the sync state. */
const LONGEST_OUTBOX = 500
const MOST_COUNTED = 1_000_000

/** What needs a look, what waits, and how much there is. */
export function attention(
  context: QueryContext,
): Pick<Answers, 'held' | 'undelivered' | 'planned' | 'outbox' | 'refused' | 'holdings'> {
  const { replica } = context
  const { db, sql } = replica
  const merged = createMerged(db)
  const heldConversations = db
    .prepare<[], string>(
      `select doc from conversation where held > 0 and ${shown} order by activity_at desc limit 500`,
    )
    .pluck()
  const itemDoc = db.prepare<[Id], string>('select doc from item where id = ?').pluck()
  const undelivered = db.prepare<[], TroubledRow>(
    `select i.id, i.customer_id, i.doc from item i join conversation c on c.id = i.conversation_id
     where i.state in ('failed', 'uncertain', 'held') and i.state <> 'held' and c.status <> 'closed' and ${shownOf('i.')}
     order by i.place desc limit 200`,
  )
  const planned = db.prepare<[Id], TroubledRow>(
    `select id, customer_id, doc from item
     where state = 'queued' and author_id = ? and json_extract(doc, '$.delivery.later.at') is not null
       and json_extract(doc, '$.delivery.later.undo') is null and ${shown}
     order by json_extract(doc, '$.delivery.later.at') limit 200`,
  )
  /** A message with whose it is. */
  const ofCustomer = ({ id, customer_id, doc }: TroubledRow) => {
    const { name: customerName } = merged.face(customer_id)
    return {
      key: id,
      stamp: customerName + doc,
      row: () => ({ item: JSON.parse(doc) as Item, customerName }),
    }
  }
  const customerOf = db
    .prepare<[Id], Id>(`select customer_id from conversation where id = ? and ${shown}`)
    .pluck()
  /** Whose conversation it is, as it stands now. */
  const whose = (conversationId: Id | null): { customerId: Id | null; customerName: string } => {
    const customerId = conversationId === null ? undefined : customerOf.get(conversationId)
    return named(customerId ?? null)
  }
  const named = (customerId: Id | null): { customerId: Id | null; customerName: string } => ({
    customerId,
    customerName: customerId === null ? '' : merged.face(customerId).name,
  })

  return {
    held: {
      run: () =>
        heldConversations.all().flatMap(text => {
          const conversation = JSON.parse(text) as Conversation
          const customerName = merged.face(conversation.customerId).name
          return conversation.held.flatMap(({ itemId, reasons, agentId }) => {
            const doc = itemDoc.get(itemId)
            if (doc === undefined) return []
            return {
              key: itemId,
              stamp: customerName + text + doc,
              row: () => ({ item: JSON.parse(doc) as Item, conversation, customerName, reasons, agentId }),
            }
          })
        }),
    },
    undelivered: { run: () => undelivered.all().map(ofCustomer) },
    planned: { run: () => planned.all(context.agentId()).map(ofCustomer) },
    outbox: {
      run() {
        const waits = obstacles(replica)
        const otherwise = context.connected() ? 'hub' : 'network'
        const behind = behindWhich(waits)
        return sql.outbox.all.all(LONGEST_OUTBOX).map(entry => {
          const mutation = mutationNamed(entry.name)
          const args = JSON.parse(entry.args)
          const conversationId = (args.conversationId as Id | undefined) ?? null
          const kept = mutation?.keeps?.(args)
          const waitsFor = waits.get(entry.seq) ?? otherwise
          return plainEntry<OutboxEntry>(entry.id, {
            id: entry.id,
            name: entry.name,
            conversationId,
            ...(kept?.customerId ? named(kept.customerId) : whose(conversationId)),
            itemId: (conversationId && ((args.itemId ?? args.id) as Id | undefined)) || null,
            preview: kept?.mine ?? glimpseOf(mutation?.words?.(args) ?? { text: '' }),
            writtenAt: entry.at,
            waitsFor,
            behind: waitsFor === 'earlier' ? behind(entry.seq) : null,
            upload: uploadOf(mutation?.needs?.(args) ?? []),
          })
        })
      },
    },
    refused: {
      run: () =>
        sql.refused.all.all().map(({ id, name, code, params: text, conversation_id, preview, at }) => {
          const params = JSON.parse(text) as Record<string, string>
          return plainEntry(id, {
            id,
            name,
            code,
            params,
            conversationId: conversation_id,
            ...(params.customerId ? named(params.customerId) : whose(conversation_id)),
            preview: preview || (params.mine ?? ''),
            at,
          })
        }),
    },
    holdings: {
      run: () => [
        plainEntry('holdings', {
          items: replica.total('item') - replica.unindexed(MOST_COUNTED),
          customers: replica.total('customer'),
        }),
      ],
    },
  }

  function uploadOf(hashes: readonly string[]): OutboxEntry['upload'] {
    const uploads = hashes.flatMap(sha256 => sql.upload.read.get(sha256) ?? [])
    if (uploads.length === 0) return null
    const next = uploads.find(({ done }) => done === 0)
    return {
      sent: uploads.reduce((sum, { sent }) => sum + sent, 0),
      size: uploads.reduce((sum, { size }) => sum + size, 0),
      files: uploads.length,
      name: next?.name ?? '',
    }
  }

  /** Of those that wait, the latest one before with a shared key: that is what a change waits for (S11). */
  function behindWhich(waits: ReadonlyMap<number, string>): (seq: number) => Id | null {
    const keysOf = (seq: number) => sql.outbox.keys.all(seq).map(keyOf)
    return seq => {
      const keys = new Set(keysOf(seq))
      const before = [...waits.keys()].filter(other => other < seq).reverse()
      const one = before.find(other => keysOf(other).some(key => keys.has(key)))
      return one === undefined ? null : (sql.outbox.bySeq.get(one)?.id ?? null)
    }
  }
}
