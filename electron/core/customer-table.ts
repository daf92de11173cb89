import type { Id } from '#shared/model/base.ts'
import { type FieldValue, fieldValue } from '#shared/model/customer-field.ts'
import { valueText } from '#shared/model/field-value.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import { type ConditionField, conditionFields } from '#shared/rules/conditions.ts'
import { csvLine } from '#shared/rules/csv.ts'
import type { Replica } from './replica/replica.ts'

export interface CustomerTable {
  head: string
  line(id: Id): string
}

interface Person {
  open: number
  last_at: number
  channels: string
  addresses: string
}

/** `2026-11-22 14:05` where the desk stands: what programs for tables read as a time. */
function timeText(at: number): string {
  const date = new Date(at)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Customers as lines of a table. A column that is no field is empty; a customer that is gone has no line. */
export function customerTable(
  { db, tables }: Replica,
  columns: readonly { id: Id; label: string }[],
  language: string,
): CustomerTable {
  const names = (table: 'tag' | 'channel', path: string): Map<string, string> =>
    new Map(db.prepare<[string], [string, string]>(`select id, doc ->> ? from ${table}`).raw().all(path))
  const tags = names('tag', '$.name')
  const channels = names('channel', language.startsWith('zh') ? '$.label.zh' : '$.label.en')
  const workspace = db.prepare<[], string>('select doc from workspace limit 1').pluck().get()
  const fields = new Map(
    conditionFields(workspace === undefined ? undefined : (JSON.parse(workspace) as Workspace)).map(field => [
      field.id,
      field,
    ]),
  )
  const read = db.prepare<[Id], Person>('select open, last_at, channels, addresses from person where id = ?')
  const list = (json: string, name: (id: string) => string): string =>
    (JSON.parse(json) as string[]).map(name).join(', ')

  const derived = (id: string, person: Person | undefined): string | number => {
    if (!person) return ''
    if (id === 'open') return person.open
    if (id === 'lastActivity') return person.last_at === 0 ? '' : timeText(person.last_at)
    return id === 'channel'
      ? list(person.channels, channel => channels.get(channel) ?? channel)
      : list(person.addresses, address => address)
  }
  const own = ({ field }: ConditionField, value: FieldValue): string | number => {
    if (!field || value === null) return ''
    if (field.kind === 'tags') return (value as readonly Id[]).map(id => tags.get(id) ?? '').join(', ')
    if (field.kind === 'instant') return timeText(value as number)
    return field.kind === 'number' ? (value as number) : valueText(field, value, language)
  }

  return {
    head: csvLine(columns.map(({ label }) => label)),
    line(id) {
      const customer = tables.get('customer', id)
      if (!customer) return ''
      const person = read.get(id)
      return csvLine(
        columns.map(column => {
          // By it a table that comes back finds everybody again.
          if (column.id === 'id') return customer.id
          const field = fields.get(column.id)
          if (!field) return ''
          return field.field ? own(field, fieldValue(field.field, customer)) : derived(field.id, person)
        }),
      )
    },
  }
}
