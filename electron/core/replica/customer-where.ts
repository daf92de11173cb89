import type { Where } from '#shared/model/segment.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import { type ConditionField, conditionFields, type Derived } from '#shared/rules/conditions.ts'
import { type Compiled, compile, todayOf } from './where.ts'

const derived: Record<Derived, string> = {
  lastActivity: 'nullif(p.last_at, 0)',
  open: 'p.open',
  channel: 'p.channels',
  address: 'p.addresses',
}

/** What a field's value is read by in `person p join customer c`. */
function valueIn({ id, field }: ConditionField): Compiled {
  if (!field) return { sql: derived[id as Derived], params: [] }
  if (field.custom) return { sql: "(c.doc -> 'attributes' ->> ?)", params: [id] }
  if (field.kind === 'tags') return { sql: "coalesce(c.doc -> 'tagIds', '[]')", params: [] }
  return { sql: "nullif(c.doc ->> ?, '')", params: [id] }
}

/** Conditions of customers. Null: everybody. */
export function compileForCustomers(
  where: Where,
  workspace: Workspace | undefined,
  now: number,
): Compiled | null {
  const fields = new Map(conditionFields(workspace).map(field => [field.id, field]))
  return compile(
    where,
    id => {
      const field = fields.get(id)
      // A label with such signs would be a path of JSON's.
      return field && /^[\w.:-]+$/.test(id) ? { kind: field.kind, value: valueIn(field) } : undefined
    },
    todayOf(now),
  )
}
