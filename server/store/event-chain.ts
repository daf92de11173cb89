import { createHash } from 'node:crypto'
import type { NewEvent } from './store.ts'

/** The hash before the first event. */
export const chainStart = '0'.repeat(64)

/** The link of an event (I8): SHA-256 over the hash before it, its number and what it says, in a fixed order of fields. */
export function linkOf(before: string, number: number, event: NewEvent): string {
  const { name, agentId, deviceId, mutationId, at, keys, facts } = event
  const told = [
    before,
    number,
    name,
    agentId,
    deviceId,
    mutationId,
    at,
    keys.map(({ type, id }) => [type, id]),
    Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
