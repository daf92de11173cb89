/** What an erasure would take, for whoever is to say yes to it. */
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import { key } from '#shared/model/row.ts'
import type { ErasurePreview } from '#shared/protocol/erasure.ts'
import type { Store } from '../store/store.ts'

/** Everybody who is one person with a customer (S26), the one who stands for all first. */
export async function familyOf(store: Store, id: Id): Promise<Customer[]> {
  let [survivor] = await store.read('customer', [id])
  for (let seen = new Set([id]); survivor?.mergedInto && !seen.has(survivor.mergedInto); ) {
    seen = seen.add(survivor.mergedInto)
    const [next] = await store.read('customer', [survivor.mergedInto])
    if (!next) break
    survivor = next
  }
  if (!survivor) return []
  const family = [survivor]
  for (let wave = [survivor.id]; wave.length > 0; ) {
    const own = await store.write(tx => tx.tracing.belongings(wave))
    const parts = own.flatMap(each => (each.type === 'customer' ? [each.id] : []))
    const fresh = parts.filter(part => !family.some(each => each.id === part))
    family.push(...(await store.read('customer', fresh)))
    wave = fresh
  }
  return family
}

const AT_ONCE = 500

export async function previewOf(store: Store, id: Id, whole: boolean): Promise<ErasurePreview | undefined> {
  const family = await familyOf(store, id)
  const customers = whole ? family : family.filter(each => each.id === id)
  if (customers.length === 0) return undefined
  const own = await store.write(tx => tx.tracing.belongings(customers.map(each => each.id)))
  const idsOf = (type: string): Id[] => own.flatMap(each => (each.type === type ? [each.id] : []))
  const identities = await store.read('identity', idsOf('identity'))
  const counted = { messages: 0, notes: 0, waiting: 0, underWay: 0 }
  const files = new Set<string>()
  const items = idsOf('item')
  for (let from = 0; from < items.length; from += AT_ONCE)
    for (const item of await store.read('item', items.slice(from, from + AT_ONCE))) {
      if (item.kind === 'message') counted.messages += 1
      if (item.kind === 'note') counted.notes += 1
      const state = item.delivery?.state
      if (state === 'queued' || state === 'held') counted.waiting += 1
      if (state === 'sending') counted.underWay += 1
      for (const { sha256 } of item.attachments) files.add(sha256)
    }
  return {
    customers: customers.map(({ id: own, name }) => ({ id: own, name })),
    family: family.length - 1,
    addresses: identities.map(({ channel, address }) => ({ channel, address })),
    conversations: idsOf('conversation').length,
    files: files.size,
    ...counted,
  }
}

/** The streams in which somebody may see a customer. */
export async function streamsOf(store: Store, id: Id): Promise<readonly string[]> {
  return store.write(async tx => {
    await tx.load([key('customer', id)])
    return tx.streamsOf(key('customer', id))
  })
}
