/** What a row of an import makes of a customer: the rows that desks see. */
import type { Id, Instant } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import { builtInFields } from '#shared/model/customer-field.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Tag } from '#shared/model/tag.ts'
import type { ImportRow } from '#shared/protocol/import.ts'

const LONGEST_NOTE = 20_000
const MOST_TAGS = 200
const builtIn = new Set(builtInFields.map(({ id }) => id))

/** Ids follow from the import and the place, so that to do it again makes nothing twice. */
export const customerIdOf = (importId: Id, place: number): Id => `${importId}:${place}`

/** The workspace's tags by their names, and those that an import brings. */
export class Tags {
  readonly added: Tag[] = []
  readonly #importId: Id
  readonly #ids: Map<string, Id>

  constructor(importId: Id, there: readonly Tag[]) {
    this.#importId = importId
    this.#ids = new Map(there.map(({ id, name }) => [plain(name), id]))
  }

  idsOf({ tags = [] }: ImportRow): Id[] {
    return [...new Set(tags.map(name => this.#ids.get(plain(name)) ?? this.#add(name)))]
  }

  #add(name: string): Id {
    const id = `${this.#importId}:tag:${this.added.length}`
    this.added.push({ id, name })
    this.#ids.set(plain(name), id)
    return id
  }
}

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

export function newCustomer(
  importId: Id,
  place: number,
  row: ImportRow,
  tagIds: Id[],
  at: Instant,
): Customer {
  const blank: Customer = {
    ...{ id: customerIdOf(importId, place), name: row.addresses[0]?.address.slice(0, 200) ?? '' },
    ...{ company: '', language: '', timeZone: '', tier: '', note: row.note ?? '', mergedInto: null },
    ...{ createdAt: at, listed: true },
  }
  return { ...blank, ...valuesOf(row, {}), ...(tagIds.length > 0 ? { tagIds } : {}) }
}

/** Where a row says nothing of a field, it stays. A note goes below the one that is there; tags come to those that are there. */
export function changedBy(
  customer: Customer,
  row: ImportRow,
  tagIds: readonly Id[],
  { agentId, at }: { agentId: Id; at: Instant },
): Customer | 'too-much' {
  const before = { ...customer, ...customer.attributes } as Record<string, unknown>
  const fields = Object.keys(row.set).filter(field => before[field] !== row.set[field])
  const has = customer.tagIds ?? []
  const added = tagIds.filter(id => !has.includes(id))
  const note =
    row.note === undefined || customer.note.includes(row.note)
      ? customer.note
      : customer.note === ''
        ? row.note
        : `${customer.note}\n${row.note}`
  if (note.length > LONGEST_NOTE || has.length + added.length > MOST_TAGS) return 'too-much'
  if (note !== customer.note) fields.push('note')
  if (added.length > 0) fields.push('tagIds')
  if (fields.length === 0) return customer
  return {
    ...customer,
    ...valuesOf(row, customer.attributes ?? {}),
    ...{
      note,
      edited: { ...customer.edited, ...Object.fromEntries(fields.map(id => [id, { agentId, at }])) },
    },
    ...(added.length > 0 ? { tagIds: [...has, ...added] } : {}),
  }
}

function valuesOf({ set }: ImportRow, attributes: NonNullable<Customer['attributes']>): Partial<Customer> {
  const own = Object.entries(set).filter(([id]) => builtIn.has(id))
  const custom = Object.entries(set).filter(([id]) => !builtIn.has(id))
  const next = { ...attributes, ...Object.fromEntries(custom) }
  return { ...Object.fromEntries(own), ...(custom.length > 0 ? { attributes: next } : {}) }
}

export const identityIdOf = (importId: Id, place: number, index: number): Id =>
  `${importId}:${place}:${index}`

export const newIdentity = (
  customerId: Id,
  { channel, address }: ImportRow['addresses'][number],
  id: Id,
  at: Instant,
): Identity => ({
  ...{ id, customerId, channel, address },
  ...{ name: '', createdAt: at, listed: true },
})
