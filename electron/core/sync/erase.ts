/**
 * Erases customers on this desk (I9), within the patch that tells of it: rows, what pending changes are about them with the versions
 * beneath, refusals, drafts, read marks, addresses among the preferences; their files lose their place. What was being written to them
 * goes too, because it may quote them; its author is told, once. The database's own remains go afterwards (replica/cleanse.ts).
 */
import type { Id } from '#shared/model/base.ts'
import type { Erasure } from '#shared/model/erasure.ts'
import type { Item } from '#shared/model/item.ts'
import { type Key, key, keyOf } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'
import { filesOf, removeRow } from './apply.ts'
import { erasedMutation } from './outbox.ts'
import { rebase } from './rebase.ts'
import type { RefusedNote } from './refusal.ts'

const MANY = 1_000_000

/** @returns what the author of lost words is told */
export function eraseHere(replica: Replica, erasures: readonly Erasure[], now: number): RefusedNote[] {
  const { db, sql, settings, erased } = replica
  // What goes from now on is overwritten; that flag is taken back when all remains are gone.
  db.pragma('secure_delete = on')
  for (const erasure of erasures) erased.add(erasure)
  const customers = new Set(erasures.flatMap(({ customerIds }) => customerIds))
  const going = keysOf(
    replica,
    customers,
    new Set(erasures.flatMap(({ conversationIds }) => conversationIds)),
  )
  const addresses = addressesOf(replica, going)
  const names = new Set(going.map(keyOf))
  const dropped = sql.outbox.all
    .all(MANY)
    .filter(({ seq }) => sql.outbox.keys.all(seq).some(at => names.has(keyOf(at))))
  const files = filesLeft(replica, going, dropped)

  rebase(replica, {
    touched: going,
    dropped,
    change: rows => {
      for (const at of going) removeRow(replica, rows, at)
    },
  })
  for (const entry of dropped) if (entry.n !== null) standIn(replica, entry)
  for (const { type, id } of going) {
    sql.base.remove.run(type, id)
    sql.membership.forget.run(type, id)
  }
  forgetFiles(replica, files)
  forgetRefusals(replica, names)
  const preferences = settings.get('preferences')
  const imagesFrom = preferences.imagesFrom?.filter(address => !addresses.has(address))
  if (imagesFrom && imagesFrom.length < preferences.imagesFrom!.length)
    settings.set('preferences', { ...preferences, imagesFrom })
  settings.set('cleansing', true)
  replica.touchEverything()
  return told(replica, erasures[0]!.id, dropped, now)
}

/** Every row of theirs that is here, or lies beneath a pending change. */
function keysOf({ db, sql }: Replica, customers: ReadonlySet<Id>, conversations: ReadonlySet<Id>): Key[] {
  const ids = (query: string) => db.prepare<[string], Id>(query).pluck()
  const of = {
    conversation: ids('select id from conversation where customer_id = ?'),
    identity: ids('select id from identity where customer_id = ?'),
    item: ids('select id from item where customer_id = ?'),
    draft: ids('select id from draft where conversation_id = ?'),
    readMark: ids('select id from readMark where conversation_id = ?'),
  }
  const all = new Set([...conversations, ...[...customers].flatMap(id => of.conversation.all(id))])
  const found: Key[] = [...customers].flatMap(id => [
    key('customer', id),
    ...(['identity', 'item'] as const).flatMap(type => of[type].all(id).map(each => key(type, each))),
  ])
  for (const id of all)
    found.push(
      key('conversation', id),
      ...(['draft', 'readMark'] as const).flatMap(type => of[type].all(id).map(each => key(type, each))),
    )
  for (const { type, id, doc } of sql.base.all.all()) {
    const { customerId, conversationId } = JSON.parse(doc ?? '{}') as Partial<Item>
    if (customers.has(customerId ?? '') || all.has(conversationId ?? '')) found.push(key(type, id))
  }
  return [...new Map(found.map(at => [keyOf(at), at])).values()]
}

const addressesOf = ({ tables }: Replica, going: readonly Key[]): Set<string> =>
  new Set(
    going.flatMap(({ type, id }) =>
      type === 'identity' ? (tables.get('identity', id)?.address.toLowerCase() ?? []) : [],
    ),
  )

/** A number that was given is never left out (S11): something that says nothing takes the place. */
function standIn({ sql: { outbox } }: Replica, { id, agent_id, at, n }: OutboxRow): void {
  outbox.add.run(id, agent_id, erasedMutation, '{}', at, null)
  outbox.number.run(n!, '{}', outbox.byId.get(id)!.seq)
}

/** What they leave behind that only this desk has: files of drafts, and of what was not sent yet. */
function filesLeft({ tables }: Replica, going: readonly Key[], dropped: readonly OutboxRow[]): Set<string> {
  const kept = going.flatMap(({ type, id }) =>
    type === 'item' || type === 'draft' ? filesOf(tables.get(type, id)) : [],
  )
  return new Set([...kept, ...dropped.flatMap(needsOf)])
}

const needsOf = ({ name, args }: OutboxRow): string[] => mutationNamed(name)?.needs?.(JSON.parse(args)) ?? []

/** What somebody else's message needs as well stays until it is sent, or is fetched again. */
function forgetFiles({ sql }: Replica, files: ReadonlySet<string>): void {
  if (files.size === 0) return
  const needed = new Set(sql.outbox.all.all(MANY).flatMap(needsOf))
  for (const sha256 of files) {
    if (needed.has(sha256)) continue
    sql.upload.remove.run(sha256)
    sql.blob.forget.run(sha256)
  }
}

/** Refusals keep words, and whom they were about. */
function forgetRefusals({ sql }: Replica, names: ReadonlySet<string>): void {
  for (const { id, conversation_id, params } of sql.refused.all.all()) {
    const about = Object.entries(JSON.parse(params) as Record<string, string>)
    const theirs =
      names.has(`conversation:${conversation_id}`) || about.some(([, word]) => names.has(`customer:${word}`))
    if (theirs) sql.refused.remove.run(id)
  }
}

function told(
  { sql, touchLocal }: Replica,
  id: Id,
  dropped: readonly OutboxRow[],
  now: number,
): RefusedNote[] {
  const lost = dropped.filter(({ name, args }) => {
    const words = mutationNamed(name)?.words?.(JSON.parse(args))
    return words !== undefined && (words.text !== '' || (words.attachments ?? []).length > 0)
  })
  if (lost.length === 0) return []
  const { name } = lost[0]!
  const params = { count: String(lost.length) }
  sql.refused.add.run(id, name, 'erased', JSON.stringify(params), null, '', now)
  touchLocal()
  return [{ id, name, code: 'erased', params }]
}
