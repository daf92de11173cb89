/**
 * What becomes of each row of an import: who is meant by it, or why it cannot be put in. Nobody is guessed: a row that means two customers,
 * or two rows that mean one, are wrong. Looked at in short transactions, so that nobody waits; the commit looks again (commit.ts).
 */
import type { Id } from '#shared/model/base.ts'
import { type Key, key } from '#shared/model/row.ts'
import { streamsOfAgent } from '#shared/model/stream.ts'
import type { ImportReport, ImportRow, RowProblem } from '#shared/protocol/import.ts'
import { addressName } from '../inbound/names.ts'
import type { Store, Transaction } from '../store/store.ts'
import { changedBy, Tags } from './rows.ts'
import type { Staged, Staging } from './staging.ts'

/** Rows looked at together. */
export const BATCH = 500
/** Merges followed; there are no circles, and no chains of such a length. */
const LONGEST_CHAIN = 50

export interface Matched {
  /** Places of rows about somebody new. */
  added: number[]
  /** Rows about somebody known, in the order in which customers are locked. */
  changed: { place: number; customerId: Id }[]
  problems: RowProblem[]
  report: ImportReport
  tags: Tags
}

type Wrong = Omit<RowProblem, 'row'>

export interface MatchDeps {
  store: Store
  staging: Staging
}

export async function match(
  { store, staging }: MatchDeps,
  { id, agentId, plan, rows: total }: Staged,
  tell: (done: number) => void,
): Promise<Matched> {
  const [agent] = await store.read('agent', [agentId])
  const streams = new Set<string>(agent ? streamsOfAgent(agent) : [])
  const byName = new Map<string, number>()
  const byCustomer = new Map<Id, number>()
  const matched: Matched = {
    ...{ added: [], changed: [], problems: [], tags: new Tags(id, await store.all('tag')) },
    report: { added: 0, changed: 0, left: 0, wrong: 0 },
  }

  /** Takes the row, or says what is wrong with it. */
  const judge = (row: ImportRow, place: number, known: Known): Wrong | undefined => {
    const { report } = matched
    const names = row.addresses.map(({ channel, address }) => addressName(channel, address))
    const sameAddress = names.map(name => byName.get(name)).find(other => other !== undefined)
    if (sameAddress !== undefined) return { kind: 'twice', other: sameAddress }
    const owners = new Set(names.flatMap(name => known.owner(name) ?? []))
    if (row.customerId !== undefined) {
      const named = known.standing(row.customerId)
      if (named === undefined) return { kind: 'no-such-customer' }
      owners.add(named)
    }
    if (owners.size > 1) return { kind: 'two-customers' }
    const [customerId] = owners
    const sameCustomer = customerId && byCustomer.get(customerId)
    if (sameCustomer) return { kind: 'twice', other: sameCustomer }
    const customer = customerId ? known.customer(customerId) : undefined
    if (customerId && !customer)
      return { kind: row.customerId === undefined ? 'not-yours' : 'no-such-customer' }

    const added = customer && plan.existing === 'update' && names.some(name => !known.owner(name))
    const next =
      customer && plan.existing === 'update'
        ? changedBy(customer, row, matched.tags.idsOf(row), { agentId, at: 0 })
        : customer
    if (next === 'too-much') return { kind: 'too-much' }
    for (const name of names) byName.set(name, row.row)
    if (!customer || !customerId) {
      // The tags that are new are known before the first row is written.
      matched.tags.idsOf(row)
      matched.added.push(place)
      report.added++
      return undefined
    }
    byCustomer.set(customerId, row.row)
    if (next === customer && !added) report.left++
    else {
      matched.changed.push({ place, customerId })
      report.changed++
    }
    return undefined
  }

  for (let from = 0; from < total; from += BATCH) {
    const rows = await staging.rows(id, from, BATCH)
    if (rows.length === 0) throw new Error('the rows of an import are gone')
    const known = await store.write(tx => knownTo(tx, rows, streams))
    for (const [index, row] of rows.entries()) {
      const wrong = judge(row, from + index, known)
      if (wrong) matched.problems.push({ row: row.row, ...wrong })
    }
    tell(Math.min(total, from + rows.length))
  }
  matched.report.wrong = matched.problems.length
  matched.changed.sort((a, b) => (a.customerId < b.customerId ? -1 : 1))
  return matched
}

type Known = Awaited<ReturnType<typeof knownTo>>

/** The customers that these rows may mean. One that who imports may not see is not there. */
async function knownTo(tx: Transaction, rows: readonly ImportRow[], streams: ReadonlySet<string>) {
  const names = rows.flatMap(({ addresses }) =>
    addresses.map(each => addressName(each.channel, each.address)),
  )
  const identities = new Map<string, Key>()
  for (const [name, keys] of await tx.namedAll([...new Set(names)])) {
    const identity = keys.find(({ type }) => type === 'identity')
    if (identity) identities.set(name, identity)
  }
  await tx.load([...identities.values()])
  const owners = new Map<string, Id>()
  for (const [name, { id }] of identities) {
    const identity = tx.get('identity', id)
    if (identity) owners.set(name, identity.customerId)
  }
  const asked = new Set([...owners.values(), ...rows.flatMap(({ customerId }) => customerId ?? [])])
  for (let step = 0, wave = [...asked]; wave.length > 0 && step < LONGEST_CHAIN; step++) {
    await tx.load(wave.map(id => key('customer', id)))
    wave = wave.flatMap(id => tx.get('customer', id)?.mergedInto ?? []).filter(id => !asked.has(id))
    for (const id of wave) asked.add(id)
  }
  /** Who stands for a customer, after merges. */
  const standing = (id: Id): Id | undefined => {
    let customer = tx.get('customer', id)
    for (let step = 0; customer?.mergedInto && step < LONGEST_CHAIN; step++)
      customer = tx.get('customer', customer.mergedInto)
    return customer?.id
  }
  const standings = new Map([...asked].map(id => [id, standing(id)]))
  const customers = new Map(
    [...asked].flatMap(id => {
      const customer = tx.get('customer', id)
      const seen = customer && tx.streamsOf(key('customer', id)).some(stream => streams.has(stream))
      return seen ? [[id, customer] as const] : []
    }),
  )
  return {
    owner: (name: string): Id | undefined => standings.get(owners.get(name) ?? ''),
    standing: (id: Id): Id | undefined => standings.get(id),
    customer: (id: Id) => customers.get(id),
  }
}
