/** One record of a table as what it says of a customer; every cell is read as if it were typed. */
import { z } from 'zod'
import { Id } from '../model/base.ts'
import type { CustomerField } from '../model/customer-field.ts'
import { type FieldProblem, readValue } from '../model/field-value.ts'
import type { ImportAddress, ImportRow } from '../protocol/import.ts'
import type { Target } from './import-columns.ts'
import { phoneOf } from './phone.ts'

export type CellProblem =
  | FieldProblem
  | { kind: 'not-an-email' }
  | { kind: 'not-a-phone' }
  | { kind: 'no-such-customer' }
  | { kind: 'too-many'; limit: number }
  /** Of the record: it says nobody. */
  | { kind: 'nobody' }

export interface WrongCell {
  /** Place of the column; null: the whole record. */
  column: number | null
  problem: CellProblem
}

export type ReadRow = { ok: true; row: ImportRow } | { ok: false; wrong: WrongCell[] }

export interface RowRules {
  /** What each column is about. */
  mapping: readonly Target[]
  fields: ReadonlyMap<string, CustomerField>
  /** Of numbers without one. */
  country: string
}

const MOST_ADDRESSES = 20
const MOST_TAGS = 50
const LONGEST_TAG = 60
const LONGEST_NOTE = 20_000
const LONGEST_NAME = 200
const Email = z.email().max(320).toLowerCase()
const cjk = /^[\p{Script=Han}\s]+$/u

/** Several in one cell. */
const parts = (cell: string): string[] =>
  cell
    .split(/[,;，；、\n]/u)
    .map(part => part.trim())
    .filter(part => part !== '')

const emailIn = (text: string): ImportAddress | undefined => {
  const address = /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text
  const read = Email.safeParse(address.normalize('NFKC').trim())
  return read.success ? { channel: 'email', address: read.data } : undefined
}

/** What can be reached of a cell in which addresses of any kind stand; numbers only with their country. */
export const addressesIn = (cell: string, country = ''): ImportAddress[] =>
  parts(cell).flatMap(part => {
    const email = emailIn(part)
    if (email) return [email]
    const number = phoneOf(part, country)
    return number ? [{ channel: 'phone', address: number }] : []
  })

/** @param row its number in the file */
export function readRow(
  cells: readonly string[],
  row: number,
  { mapping, fields, country }: RowRules,
): ReadRow {
  const wrong: WrongCell[] = []
  const said: ImportRow = { row, set: {}, addresses: [] }
  const name = { given: '', family: '' }
  const notes: string[] = []
  const tags = new Set<string>()

  const listed = (column: number, cell: string, read: (part: string) => ImportAddress | undefined) => {
    let bad = false
    for (const part of parts(cell)) {
      const address = read(part)
      if (address) said.addresses.push(address)
      else bad = true
    }
    if (bad)
      wrong.push({ column, problem: { kind: mapping[column] === 'email' ? 'not-an-email' : 'not-a-phone' } })
  }
  const number = (part: string): ImportAddress | undefined => {
    const address = phoneOf(part, country)
    return address ? { channel: 'phone', address } : undefined
  }

  for (const [column, target] of mapping.entries()) {
    const cell = (cells[column] ?? '').trim()
    if (target === '' || cell === '') continue
    const field = fields.get(target)
    if (target === 'id') {
      const id = Id.safeParse(cell)
      if (id.success) said.customerId = id.data
      else wrong.push({ column, problem: { kind: 'no-such-customer' } })
    }
    if (target === 'email') listed(column, cell, emailIn)
    else if (target === 'phone') listed(column, cell, number)
    else if (target === 'addresses') said.addresses.push(...addressesIn(cell))
    else if (target === 'given' || target === 'family') name[target] = cell
    else if (field?.kind === 'tags') for (const tag of parts(cell)) tags.add(tag)
    else if (field) {
      const value = readValue(field, cell)
      if (!value.ok) wrong.push({ column, problem: value.problem })
      else if (field.id === 'note') notes.push(String(value.value))
      else if (typeof value.value === 'string' || typeof value.value === 'number')
        said.set[target] = value.value
    }
  }

  if (!('name' in said.set) && name.given + name.family !== '') {
    const east = cjk.test(name.given + name.family)
    said.set.name = east ? name.family + name.given : `${name.given} ${name.family}`.trim()
    if (said.set.name.length > LONGEST_NAME)
      wrong.push({ column: mapping.indexOf('given'), problem: { kind: 'too-long', limit: LONGEST_NAME } })
  }
  said.addresses = [...new Map(said.addresses.map(each => [each.channel + each.address, each])).values()]
  if (said.addresses.length > MOST_ADDRESSES)
    wrong.push({ column: null, problem: { kind: 'too-many', limit: MOST_ADDRESSES } })
  if (tags.size > MOST_TAGS || [...tags].some(tag => tag.length > LONGEST_TAG))
    wrong.push({
      column: mapping.findIndex(target => fields.get(target)?.kind === 'tags'),
      problem:
        tags.size > MOST_TAGS
          ? { kind: 'too-many', limit: MOST_TAGS }
          : { kind: 'too-long', limit: LONGEST_TAG },
    })
  if (notes.length > 0) said.note = notes.join('\n')
  if (said.note && said.note.length > LONGEST_NOTE)
    wrong.push({ column: mapping.indexOf('note'), problem: { kind: 'too-long', limit: LONGEST_NOTE } })
  if (tags.size > 0) said.tags = [...tags]
  if (wrong.length === 0 && said.addresses.length === 0 && !said.customerId && !said.set.name)
    wrong.push({ column: null, problem: { kind: 'nobody' } })
  return wrong.length > 0 ? { ok: false, wrong } : { ok: true, row: said }
}
