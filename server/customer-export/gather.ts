/** Everything that is kept of a customer, as far as whoever asks may see it: read bit by bit, in the order in which it is told. */
import type { Id, Sha256 } from '#shared/model/base.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item } from '#shared/model/item.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Store } from '../store/store.ts'
import { fileName } from './file-name.ts'

export interface Gathered {
  customers: Customer[]
  identities: Identity[]
  /** Oldest first. */
  conversations: Conversation[]
  /** Conversations in inboxes that whoever asks may not see. */
  unseen: number
  /** Where the bytes of a file lie in the ZIP; null: they are not here any more. By hash. */
  files: Map<Sha256, string | null>
}

const PAGE = 200

/** @param inboxIds of whoever asks (I5) */
export async function gather(
  { store, blobs }: { store: Store; blobs: BlobStore },
  customers: Customer[],
  inboxIds: ReadonlySet<Id>,
): Promise<Gathered> {
  const own = await store.write(tx => tx.tracing.belongings(customers.map(({ id }) => id)))
  const idsOf = (type: string): Id[] => own.flatMap(each => (each.type === type ? [each.id] : []))
  const all = await store.read('conversation', idsOf('conversation'))
  const conversations = all
    .filter(({ inboxId }) => inboxIds.has(inboxId))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  const files: Gathered['files'] = new Map()
  const add = async (sha256: Sha256, folder: string, name: string): Promise<void> => {
    if (files.has(sha256)) return
    const there = (await blobs.size(sha256)) !== null
    files.set(sha256, there ? `${folder}/${String(files.size + 1).padStart(4, '0')} ${fileName(name)}` : null)
  }
  for (const conversation of conversations)
    for await (const item of itemsOf(store, conversation)) {
      for (const { sha256, name } of item.attachments) await add(sha256, 'files', name)
      if (item.mail?.raw) await add(item.mail.raw, 'originals', 'message.eml')
    }
  return {
    customers,
    identities: await store.read('identity', idsOf('identity')),
    conversations,
    unseen: all.length - conversations.length,
    files,
  }
}

/** The entries of a conversation, oldest first, a page in memory at a time. */
export async function* itemsOf(store: Store, { id, lastSeq }: Conversation): AsyncGenerator<Item> {
  for (let from = 1; from <= lastSeq; from += PAGE) {
    const rows = await store.olderItems(id, from + PAGE, PAGE)
    const items = rows.flatMap(row => (row.type === 'item' && row.doc.seq >= from ? [row.doc] : []))
    yield* items.reverse()
  }
}
