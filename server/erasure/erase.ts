/**
 * Erases customers at the hub (I9), in one transaction that holds their rows: the ledger first, the files, the rows, and last the
 * commit. A hub that dies anywhere in between finds them in the ledger and not in the database, and does it again before it serves
 * anybody (replay.ts). What is left afterwards are tombstones, events and names of ids and keyed hashes, and the erasure itself, a row
 * by which every desk hears of it.
 */
import type { Id, Sha256 } from '#shared/model/base.ts'
import type { Item } from '#shared/model/item.ts'
import { type Key, key, keyOf } from '#shared/model/row.ts'
import type { Erased, ErasureReason } from '#shared/protocol/erasure.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { addressName } from '../inbound/names.ts'
import type { Store, Transaction } from '../store/store.ts'
import { uploadName } from '../sync/run.ts'
import { erasedName, rowsOf, type Whom } from './entry.ts'
import type { Ledger } from './ledger.ts'
import {
  conversationWithout,
  draftWithout,
  emptied,
  isBy,
  isNamed,
  itemWithout,
  type Erased as Person,
} from './mentions.ts'

export interface EraseDeps {
  store: Store
  blobs: BlobStore
  secrets: Pick<Secrets, 'mark'>
  ledger: Ledger
  now(): number
}

/** Who asked for it and why, for the audit. Null: the hub itself, after a restore. */
export interface Asked {
  by: { agentId: Id; deviceId: Id } | null
  reason: ErasureReason | null
}

/** Items looked at at a time. */
const AT_ONCE = 500

/** @param whom what is known of an erasure that was done before goes with it; of a new one there are only the customers */
export async function erase(deps: EraseDeps, whom: Whom, { by, reason }: Asked): Promise<Erased> {
  const { store, secrets, ledger } = deps
  const customerIds = [...new Set(whom.customerIds)].sort()
  // Who writes at this moment from one of their addresses is waited for, or comes as somebody new.
  const addresses = await store.write(tx => addressesOf(tx, store, customerIds))
  return store.write(async tx => {
    for (const name of addresses) await tx.lock(name)
    const began = deps.now()
    const own = await hold(tx, customerIds)
    const conversationIds = [...new Set([...whom.conversationIds, ...idsOf(own, 'conversation')])]
    const person = personOf(tx, own)
    const taken = await takeItems(tx, own)
    const names = [...new Set([...whom.names, ...taken.names.map(name => erasedName(secrets, name))])]
    const files = await inOthers(store, tx, own, person, taken.files)

    const rows = rowsOf(secrets, { ...whom, customerIds, conversationIds, names })
    await ledger.add(rows)
    await removeFiles(deps, tx, files, began)

    for (const each of [...own, ...customerIds.map(id => key('customer', id))]) part(tx, each, customerIds)
    await tx.load(rows.map(({ id }) => key('erasure', id)))
    for (const row of rows) {
      tx.put('erasure', row)
      for (const name of row.names) tx.name(name, key('erasure', row.id))
    }
    const erased: Erased = {
      id: whom.id,
      conversations: idsOf(own, 'conversation').length,
      items: idsOf(own, 'item').length,
      files: files.size,
      underWay: taken.underWay,
    }
    const { id: _, ...figures } = erased
    tx.event({
      name: 'customer.erased',
      agentId: by?.agentId ?? null,
      deviceId: by?.deviceId ?? null,
      mutationId: null,
      at: began,
      keys: [...customerIds.map(id => key('customer', id)), key('erasure', whom.id)],
      facts: { reason, again: by === null, ...figures },
    })
    tx.job({ kind: 'scrub', key: 'scrub', at: began })
    return erased
  })
}

const idsOf = (keys: readonly Key[], wanted: Key['type']): Id[] =>
  keys.flatMap(({ type, id }) => (type === wanted ? [id] : []))

async function addressesOf(tx: Transaction, store: Store, customerIds: readonly Id[]): Promise<string[]> {
  const own = await tx.tracing.belongings(customerIds)
  const identities = await store.read('identity', idsOf(own, 'identity'))
  return identities.map(({ channel, address }) => addressName(channel, address)).sort()
}

/** Everything of theirs, under lock: first what new rows would need, then what is there once nothing can be added. */
async function hold(tx: Transaction, customerIds: readonly Id[]): Promise<Key[]> {
  const isItem = ({ type }: Key): boolean => type === 'item'
  const customers = customerIds.map(id => key('customer', id))
  await tx.load([...customers, ...(await tx.tracing.belongings(customerIds)).filter(each => !isItem(each))])
  const own = await tx.tracing.belongings(customerIds)
  await tx.load(own.filter(each => !isItem(each)))
  const themselves = new Set(customers.map(keyOf))
  return own.filter(each => !themselves.has(keyOf(each)))
}

function personOf(tx: Transaction, own: readonly Key[]): Person {
  const identities = idsOf(own, 'identity').flatMap(id => tx.get('identity', id) ?? [])
  return {
    identityIds: new Set(identities.map(({ id }) => id)),
    addresses: new Set(identities.map(({ address }) => address.toLowerCase())),
  }
}

const filesOf = ({
  attachments,
  mail,
}: {
  attachments?: Item['attachments']
  mail?: Item['mail']
}): Sha256[] => [...(attachments ?? []).map(({ sha256 }) => sha256), ...(mail?.raw ? [mail.raw] : [])]

/** Under what names their messages are known, what files there are, and what is on its way at this moment. */
async function takeItems(
  tx: Transaction,
  own: readonly Key[],
): Promise<{ names: string[]; files: Set<Sha256>; underWay: number }> {
  const files = new Set<Sha256>()
  const names: string[] = []
  let underWay = 0
  for (const id of idsOf(own, 'draft'))
    for (const sha256 of filesOf(tx.get('draft', id) ?? {})) files.add(sha256)
  const items = own.filter(({ type }) => type === 'item')
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE)
    await tx.load(some)
    // Of names that are too long for an index it is not known what they are (words.ts).
    for (const name of await tx.tracing.namesOf(some))
      if (name.startsWith('inbound:') || name.startsWith('sha256:')) names.push(name)
    for (const { id } of some) {
      const item = tx.get('item', id)
      if (!item) continue
      for (const sha256 of filesOf(item)) files.add(sha256)
      if (item.delivery?.state === 'sending') underWay += 1
    }
  }
  return { names, files, underWay }
}

/** Takes them out of others' rows (mentions.ts). Answers the files that nobody needs any more. */
async function inOthers(
  store: Store,
  tx: Transaction,
  own: readonly Key[],
  person: Person,
  files: ReadonlySet<Sha256>,
): Promise<Set<Sha256>> {
  const mine = new Set(own.map(keyOf))
  const words = [...person.identityIds, ...person.addresses]
  const foreign = (found: Key[]): Key[] => found.filter(each => !mine.has(keyOf(each)))
  const found = foreign(await tx.tracing.mentioning(words, [...files]))
  await tx.load(found)

  const named = idsOf(found, 'item')
    .flatMap(id => tx.get('item', id) ?? [])
    .filter(item => isNamed(person, item))
  const first = new Map<Id, number>()
  for (const { conversationId, seq } of named.filter(item => isBy(person, item)))
    first.set(conversationId, Math.min(seq, first.get(conversationId) ?? seq))
  const later = await after(store, tx, first)
  const given = new Set<Sha256>()
  for (const item of new Set([...named, ...later])) {
    const by = isBy(person, item)
    for (const sha256 of by ? filesOf(item) : item.mail?.raw ? [item.mail.raw] : []) given.add(sha256)
    const repeats = item.seq > (first.get(item.conversationId) ?? Number.POSITIVE_INFINITY)
    tx.put('item', by ? emptied(item) : itemWithout(person, item, repeats))
  }
  await tx.load([...first.keys()].map(id => key('conversation', id)))
  for (const id of new Set([...idsOf(found, 'conversation'), ...first.keys()])) {
    const conversation = tx.get('conversation', id)
    if (conversation) tx.put('conversation', conversationWithout(person, conversation, first.has(id)))
  }
  for (const id of idsOf(found, 'draft')) {
    const draft = tx.get('draft', id)
    if (draft) tx.put('draft', draftWithout(person, draft))
  }

  const going = new Set([...files, ...given])
  const known = given.size > 0 ? foreign(await tx.tracing.mentioning([], [...given])) : []
  await tx.load(known)
  for (const { type, id } of [...found, ...known]) {
    const doc = type === 'item' || type === 'draft' ? tx.get(type, id) : undefined
    for (const sha256 of filesOf(doc ?? {})) going.delete(sha256)
  }
  return going
}

/** More items than a conversation can have. */
const ALL = 2_147_483_647

/** What came in others' conversations after something of theirs, by the `seq` of the first. */
async function after(store: Store, tx: Transaction, first: ReadonlyMap<Id, number>): Promise<Item[]> {
  const later: Item[] = []
  for (const [conversationId, seq] of first) {
    const rows = await store.olderItems(conversationId, ALL, ALL)
    const keys = rows.flatMap(({ id, doc }) => ((doc as Item).seq > seq ? [key('item', id)] : []))
    await tx.load(keys)
    later.push(...keys.flatMap(({ id }) => tx.get('item', id) ?? []))
  }
  return later
}

async function removeFiles(
  { store, blobs }: EraseDeps,
  tx: Transaction,
  files: ReadonlySet<Sha256>,
  began: number,
): Promise<void> {
  if (files.size === 0) return
  const agents = await store.all('agent')
  // Whoever sends one of them once more sends its bytes, too.
  await tx.tracing.unname(agents.flatMap(({ id }) => [...files].map(sha256 => uploadName(id, sha256))))
  for (const sha256 of files) await blobs.forget(sha256, began)
}

/** A row goes; whoever was merged into one of them, and is not erased, stands alone. */
function part(tx: Transaction, { type, id }: Key, customerIds: readonly Id[]): void {
  const other = type === 'customer' && !customerIds.includes(id) ? tx.get('customer', id) : undefined
  if (!other) return void tx.remove(type, id)
  const { mergedAt: _, ...alone } = other
  tx.put('customer', { ...alone, mergedInto: null })
}
