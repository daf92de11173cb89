import { type Key, keyOf } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import type { Mutation } from '#shared/mutations/mutation.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'

/** What a waiting mutation means: its definition, its arguments, the keys it declares. */
export interface Pending {
  mutation: Mutation
  args: unknown
  declared: readonly Key[]
}

/** Above it what was read is forgotten: the memory of a long outbox is bounded. */
const MOST = 20_000

interface Remembered {
  text: string
  pending: Pending | undefined
}
const remembered = new WeakMap<Replica, Map<number, Remembered>>()

/**
 * Reads a waiting mutation. Remembered by its place in the outbox, because effects are done again often and their arguments hardly
 * ever change. Undefined: this desk does not understand it (made by a newer one).
 */
export function pendingOf(replica: Replica, entry: OutboxRow): Pending | undefined {
  const known = remembered.get(replica) ?? new Map<number, Remembered>()
  remembered.set(replica, known)
  const found = known.get(entry.seq)
  if (found?.text === entry.args) return found.pending
  const pending = read(entry)
  if (known.size >= MOST) known.clear()
  known.set(entry.seq, { text: entry.args, pending })
  return pending
}

function read(entry: OutboxRow): Pending | undefined {
  const mutation = mutationNamed(entry.name)
  const args = mutation?.args.safeParse(JSON.parse(entry.args))
  if (!mutation || !args?.success) return undefined
  const declared = mutation.reads(args.data, { agentId: entry.agent_id, mutationId: entry.id })
  return { mutation, args: args.data, declared }
}

export const sameKeys = (some: readonly Key[], others: readonly Key[]): boolean => {
  if (some.length !== others.length) return false
  const names = new Set(some.map(keyOf))
  return others.every(each => names.has(keyOf(each)))
}
