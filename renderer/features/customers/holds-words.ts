import type { Where } from '#shared/model/segment.ts'
import { conditionFields } from '#shared/rules/conditions.ts'
import { rowsNow } from '../../store/live.ts'

/**
 * Whether somebody typed one of its values: a name, an address. Choices, numbers and days are none; a field that the workspace does not
 * have any more may have been one. Before the workspace is known nobody has typed.
 */
export function holdsWords({ conditions }: Where): boolean {
  const workspace = rowsNow('workspace', {})[0]
  if (!workspace) return false
  const fields = new Map(conditionFields(workspace).map(({ id, kind }) => [id, kind]))
  return conditions.some(({ field, values }) => {
    const kind = fields.get(field)
    return values.length > 0 && (kind === undefined || kind === 'text' || kind === 'texts')
  })
}
