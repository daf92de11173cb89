/** What an administrator typed becomes settings. A secret that was not typed again stays, as long as it goes where it went. */
import type { CardMapping } from '#shared/model/card-mapping.ts'
import { isAsked } from '#shared/protocol/connectors.ts'
import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import type { Stored } from './connections.ts'
import type { Connector } from './connector.ts'

export interface Given {
  values: Readonly<Record<string, string>>
  mapping: CardMapping | null
}

/** Faults: `invalid` with the `field` of the form that does not do. */
export function settingsFrom(
  connector: Connector,
  given: Given,
  before: Pick<Stored, 'values'> | null,
): Result<Pick<Stored, 'values' | 'mapping'>> {
  const { fields, mapped } = connector.manifest
  const typed = Object.fromEntries(fields.map(({ id }) => [id, (given.values[id] ?? '').trim()]))
  const values: Record<string, string> = {}
  for (const field of fields) {
    const { id, kind, optional } = field
    // What is not asked for is not kept, least of all a secret.
    if (!isAsked(field, typed)) continue
    const same = before !== null && connector.placeOf(id, before.values) === connector.placeOf(id, typed)
    const value = typed[id] || (kind === 'secret' && same ? (before.values[id] ?? '') : '')
    if (value === '' && !optional) return failed('invalid', { params: { field: id } })
    if (value !== '') values[id] = value
  }
  const parsed = connector.settings.safeParse(values)
  if (!parsed.success) {
    // The first that names a field; a union names none.
    const field = parsed.error.issues.flatMap(({ path }) => path.map(String))[0] ?? fields[0]?.id ?? ''
    return failed('invalid', { params: { field } })
  }
  if (mapped && given.mapping === null) return failed('invalid', { params: { field: 'mapping' } })
  return ok({ values, mapping: mapped ? given.mapping : null })
}

/** What is told of a connection: everything but its secrets, of which only that they are there. */
export function shownValues(
  { manifest }: Connector,
  values: Readonly<Record<string, string>>,
): { values: Record<string, string>; secrets: string[] } {
  const isSecret = (id: string): boolean =>
    manifest.fields.some(field => field.id === id && field.kind === 'secret')
  return {
    values: Object.fromEntries(Object.entries(values).filter(([id]) => !isSecret(id))),
    secrets: Object.keys(values).filter(isSecret),
  }
}
