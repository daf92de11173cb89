/** Work on many customers at once (many.ts), and on lists of them. */
import type { EventOf, RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import type { CustomerChange, SomeCustomers } from '#shared/ipc/many.ts'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import {
  type CustomerField,
  customerFields,
  type FieldValue,
  fieldValue,
} from '#shared/model/customer-field.ts'
import { problemOf } from '#shared/model/field-value.ts'
import { customerTable } from './customer-table.ts'
import type { Desk } from './desk.ts'
import { fail } from './fault-error.ts'
import { doForEach, Latest, type ManyDeps, type Step } from './many.ts'
import { customersInOrder } from './replica/queries/customer-list.ts'

export interface CustomersDeps extends ManyDeps {
  tell(change: EventOf<'customersChange'>): void
}

/** Lines of a table in one answer. */
const LINES = 500
type Result = RequestResult<'customersChange'>

/** What was done, so that it can be taken back. */
interface Done {
  change: CustomerChange
  /** Of whom, and what stood there before. */
  before: { id: Id; value: FieldValue }[]
}

export function createCustomers(deps: CustomersDeps) {
  const done = new Latest<Done>()
  const tables = new Latest<Id[]>()

  const idsOf = (desk: Desk, { of, all, ids }: SomeCustomers): Id[] => {
    if (!all) return ids
    const but = new Set(ids)
    return idsAt(desk, customersInOrder(desk.replica).places(of, 0, -1)).filter(id => !but.has(id))
  }
  const idsAt = ({ replica }: Desk, places: readonly number[]): Id[] => {
    const read = replica.db.prepare<[number], Id>('select id from customer where rowid = ?').pluck()
    return places.flatMap(place => read.get(place) ?? [])
  }

  const each = (attempt: string, ids: readonly Id[], stepOf: (id: Id) => Step | null): Promise<Result> =>
    doForEach(deps, ids, stepOf, count => deps.tell({ attempt, done: count, total: ids.length }))

  return {
    ids({ offset, limit, ...of }: RequestArgs<'customerIds'>): RequestResult<'customerIds'> {
      const desk = deps.desk()
      return { ids: idsAt(desk, customersInOrder(desk.replica).places(of, offset, limit)) }
    },

    async change({ attempt, who, change }: RequestArgs<'customersChange'>): Promise<Result> {
      const desk = deps.desk()
      const { fieldNow, workspaceId } = fieldsOf(desk, change)
      const before: Done['before'] = []
      done.set(attempt, { change, before })
      return each(attempt, idsOf(desk, who), id => {
        const customer = deps.desk().replica.tables.get('customer', id)
        if (!customer || has(customer, change, fieldNow)) return null
        const value = fieldNow ? fieldValue(fieldNow, customer) : null
        before.push({ id, value })
        return stepFor(id, change, value, fieldNow, workspaceId)
      })
    },

    async undo({ attempt }: RequestArgs<'customersUndo'>): Promise<Result> {
      const undone = done.take(attempt)
      if (!undone) throw fail('not-found')
      const { change, before } = undone
      const { fieldNow, workspaceId } = fieldsOf(deps.desk(), change)
      const values = new Map(before.map(({ id, value }) => [id, value]))
      return each(attempt, [...values.keys()], id => {
        if (change.kind === 'tag') return stepFor(id, { ...change, kind: 'untag' }, null, undefined, '')
        if (change.kind === 'untag') return stepFor(id, { ...change, kind: 'tag' }, null, undefined, '')
        const value = values.get(id) as string | number | null
        return stepFor(id, { ...change, value }, change.value, fieldNow, workspaceId)
      })
    },

    csv({
      attempt,
      who,
      columns,
      language,
      from,
    }: RequestArgs<'customersCsv'>): RequestResult<'customersCsv'> {
      const desk = deps.desk()
      // Whom the table has is decided once, whatever changes while it is read.
      const ids = from === 0 ? idsOf(desk, who) : tables.get(attempt)
      if (!ids) throw fail('not-found')
      tables.set(attempt, ids)
      const table = customerTable(desk.replica, columns, language)
      const lines = ids.slice(from, from + LINES).map(table.line)
      const next = from + LINES < ids.length ? from + LINES : null
      if (next === null) tables.take(attempt)
      return { text: `${from === 0 ? table.head : ''}${lines.join('')}`, next, total: ids.length }
    },
  }
}

/** @throws FaultError invalid: there is no such field, or it does not take the value */
function fieldsOf(
  { replica }: Desk,
  change: CustomerChange,
): { fieldNow: CustomerField | undefined; workspaceId: Id } {
  if (change.kind !== 'field') return { fieldNow: undefined, workspaceId: '' }
  const id = replica.db.prepare<[], Id>('select id from workspace limit 1').pluck().get() ?? ''
  const fieldNow = customerFields(replica.tables.get('workspace', id)).find(
    ({ id: own }) => own === change.field,
  )
  const wrong = fieldNow && change.value !== null ? problemOf(fieldNow, change.value) : null
  if (!fieldNow || wrong) throw fail('invalid', { params: { field: change.field } })
  return { fieldNow, workspaceId: id }
}

function has(customer: Customer, change: CustomerChange, field: CustomerField | undefined): boolean {
  if (change.kind === 'field') return field !== undefined && fieldValue(field, customer) === change.value
  return (customer.tagIds ?? []).includes(change.tagId) === (change.kind === 'tag')
}

/** @param seen what stands there: the hub refuses to replace anything else (`changed`) */
function stepFor(
  id: Id,
  change: CustomerChange,
  seen: FieldValue,
  field: CustomerField | undefined,
  workspaceId: Id,
): Step {
  if (change.kind !== 'field') return { name: `customer.${change.kind}`, args: { id, tagId: change.tagId } }
  const { field: name, value } = change
  if (field?.custom)
    return { name: 'customer.attribute', args: { id, workspaceId, attributeId: name, value, seen } }
  return { name: 'customer.edit', args: { id, set: { [name]: value ?? '' }, seen: { [name]: seen ?? '' } } }
}
