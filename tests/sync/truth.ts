import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Item } from '#shared/model/item.ts'
import { type Doc, type Key, keyOf, type RowType, rowTypes } from '#shared/model/row.ts'
import { companionsOf, homeOf, standingOf, streamsOfAgent } from '#shared/model/stream.ts'
import type { Store, StoredEvent } from '../../server/store/store.ts'

const EVERYTHING = 1_000_000

export interface TypedDoc extends Key {
  doc: Doc
  text: string
}

/** All that the hub's database holds, read at rest, and who may see what of it: told from the rows, not from the feed. */
export interface Truth {
  events: readonly StoredEvent[]
  items: readonly Item[]
  conversations: readonly Conversation[]
  customers: readonly Customer[]
  /** The rows of an agent's streams, by their key. */
  shownTo(agentId: string): ReadonlyMap<string, TypedDoc>
}

export async function readTruth(store: Store): Promise<Truth> {
  const docs = new Map<RowType, Doc[]>()
  for (const type of rowTypes) docs.set(type, await store.all(type))
  const rows = new Map<string, TypedDoc>()
  for (const [type, list] of docs)
    for (const doc of list) {
      const row = { type, id: doc.id, doc, text: JSON.stringify(doc) }
      rows.set(keyOf(row), row)
    }
  const agents = new Map((docs.get('agent') as Doc<'agent'>[]).map(agent => [agent.id, agent]))
  return {
    events: await store.events(0, EVERYTHING),
    items: docs.get('item') as Item[],
    conversations: docs.get('conversation') as Conversation[],
    customers: docs.get('customer') as Customer[],
    shownTo(agentId) {
      const streams = new Set<string>(streamsOfAgent(agents.get(agentId)!))
      const shown = new Map<string, TypedDoc>()
      const add = (row: TypedDoc | undefined): void => {
        if (!row || shown.has(keyOf(row))) return
        shown.set(keyOf(row), row)
        for (const companion of companionsOf(row.type, row.doc)) add(rows.get(keyOf(companion)))
      }
      for (const row of rows.values())
        if (streams.has(homeOf(row.type, row.doc) ?? standingOf(row.type, row.doc) ?? '')) add(row)
      return shown
    },
  }
}
