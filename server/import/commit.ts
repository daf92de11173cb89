/**
 * Puts an import in: one transaction of the store, so that whatever happens all of it is there or nothing, and no reader sees half. It
 * is done once, because the transaction names what it did (`import:<id>`), and whoever asks again is told so.
 *
 * New rows go to the database as they are made; they lock nobody. Customers that are there come last, in the order in which everybody
 * locks them, and the streams at the very end (S3). Nobody else's customers are touched between.
 */
import type { Id } from '#shared/model/base.ts'
import { type Key, key } from '#shared/model/row.ts'
import type { ImportReport, ImportRow, RowProblem } from '#shared/protocol/import.ts'
import { addressName } from '../inbound/names.ts'
import type { Store, Transaction } from '../store/store.ts'
import { BATCH, type Matched, match } from './match.ts'
import { changedBy, identityIdOf, newCustomer, newIdentity } from './rows.ts'
import type { Staged, Staging } from './staging.ts'

export interface CommitDeps {
  store: Store
  staging: Staging
  now(): number
}

export type Committed =
  | { done: true; report: ImportReport }
  /** Nothing was written. */
  | { done: false; report: ImportReport; problems: RowProblem[] }

const doneName = (id: Id): string => `import:${id}`

/** What an import did; null: it was not put in. */
export async function doneBy({ store, staging }: CommitDeps, id: Id): Promise<ImportReport | null> {
  if ((await store.named(doneName(id))).length === 0) return null
  return (await staging.find(id))?.intended ?? { added: 0, changed: 0, left: 0, wrong: 0 }
}

/** Times that somebody may have come between before the import gives up. */
const MOST_ATTEMPTS = 5

/** @param part the rows that are right, whatever the others are */
export async function commit(
  deps: CommitDeps,
  staged: Staged,
  { part, deviceId }: { part: boolean; deviceId: Id },
  tell: (done: number, total: number) => void,
): Promise<Committed> {
  const { store, staging } = deps
  for (let attempt = 1; ; attempt++) {
    const before = await doneBy(deps, staged.id)
    if (before) {
      // A hub that died right after the commit left them.
      await staging.empty(staged.id)
      return { done: true, report: before }
    }
    const matched = await match(deps, staged, () => undefined)
    const { report, problems } = matched
    if (problems.length > 0 && !part) return { done: false, report, problems }
    await staging.intend(staged.id, report)
    try {
      await store.write(tx => write(tx, deps, staged, { matched, deviceId }, tell))
      await staging.empty(staged.id)
      return { done: true, report }
    } catch (error) {
      if (!(error instanceof Moved) || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

/** What was looked at before the transaction is no longer so. */
class Moved extends Error {}

interface Work {
  matched: Matched
  deviceId: Id
}

async function write(
  tx: Transaction,
  deps: CommitDeps,
  staged: Staged,
  { matched, deviceId }: Work,
  tell: (done: number, total: number) => void,
): Promise<void> {
  const { added, changed, tags, report } = matched
  const at = deps.now()
  // One import at a time: two that meet would wait for each other's addresses.
  await tx.lock('import')
  if ((await tx.named(doneName(staged.id))).length > 0) return
  for (const tag of tags.added) tx.put('tag', tag)

  let done = 0
  const total = added.length + changed.length
  const told = async (rows: number): Promise<void> => {
    await tx.spill()
    done += rows
    tell(done, total)
  }
  for (const places of batches(added)) {
    const rows = await deps.staging.at(staged.id, places)
    if (rows.size < places.length) throw new Moved()
    await namedNobody(tx, [...rows.values()])
    for (const [place, row] of rows) {
      const customer = newCustomer(staged.id, place, row, tags.idsOf(row), at)
      tx.put('customer', customer)
      for (const [index, address] of row.addresses.entries())
        name(tx, newIdentity(customer.id, address, identityIdOf(staged.id, place, index), at))
    }
    await told(places.length)
  }
  for (const some of batches(changed)) {
    const rows = await deps.staging.at(
      staged.id,
      some.map(({ place }) => place),
    )
    await tx.load(some.map(({ customerId }) => key('customer', customerId)))
    const names = await tx.namedAll([...rows.values()].flatMap(namesOf))
    for (const { place, customerId } of some) {
      const row = rows.get(place)
      const customer = tx.get('customer', customerId)
      if (!row || !customer || customer.mergedInto) throw new Moved()
      const next = changedBy(customer, row, tags.idsOf(row), { agentId: staged.agentId, at })
      if (next === 'too-much') throw new Moved()
      if (next !== customer) tx.put('customer', next)
      // An address that is somebody's by now stays theirs.
      for (const [index, address] of row.addresses.entries())
        if (!names.has(addressName(address.channel, address.address)))
          name(tx, newIdentity(customerId, address, identityIdOf(staged.id, place, index), at))
    }
    await told(some.length)
  }
  const by = key('agent', staged.agentId)
  tx.name(doneName(staged.id), by)
  tx.event({
    ...{ name: 'customers.imported', agentId: staged.agentId, deviceId, mutationId: null, at, keys: [by] },
    facts: { import: staged.id, ...report },
  })
}

function name(tx: Transaction, identity: ReturnType<typeof newIdentity>): void {
  tx.put('identity', identity)
  tx.name(addressName(identity.channel, identity.address), key('identity', identity.id) as Key)
}

const namesOf = ({ addresses }: ImportRow): string[] =>
  addresses.map(({ channel, address }) => addressName(channel, address))

/** They are new still: nobody wrote from one of their addresses meanwhile. */
async function namedNobody(tx: Transaction, rows: readonly ImportRow[]): Promise<void> {
  if ((await tx.namedAll(rows.flatMap(namesOf))).size > 0) throw new Moved()
}

function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH)
}
