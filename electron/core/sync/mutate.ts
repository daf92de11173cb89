import type { Id } from '#shared/model/base.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import type { Mutation, Verdict } from '#shared/mutations/mutation.ts'
import { type FaultKind, fault } from '#shared/protocol/fault.ts'
import { FaultError, fail } from '../fault-error.ts'
import type { Replica } from '../replica/replica.ts'
import { enqueue } from './rebase.ts'

export interface MutateContext {
  newId(): Id
  hubNow(): number
  /** Whether what the agent saw is what the hub has: a live connection. */
  live(): boolean
}

/** A conversation that large files are not sent to as one mutation (protocol: messageBytes). */
const LONGEST_ARGS = 6_000_000

/**
 * Makes a change: checked, shown and durable in the outbox before this returns (S11). What the desk itself can see to be
 * impossible is refused at once, as a fault, and leaves nothing behind.
 *
 * @throws FaultError: invalid (params.field, or params.code as in RefusalCode), forbidden, not-found, too-large,
 *   attachment-missing, signed-out
 */
export function mutate(
  replica: Replica,
  { name, args }: { name: string; args: unknown },
  context: MutateContext,
): { mutationId: Id; verdict: 'done' | 'held' } {
  const mutation = mutationNamed(name)
  if (!mutation) throw fail('invalid', { params: { field: 'name' } })
  const parsed = mutation.args.safeParse(args)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
    throw fail('invalid', { params: { field } })
  }
  const given = context.live() ? parsed.data : withBasisOffline(parsed.data)
  if (JSON.stringify(given).length > LONGEST_ARGS)
    throw fail('too-large', { params: { limit: LONGEST_ARGS } })
  const owner = replica.settings.get('owner')
  if (!owner) throw fail('signed-out')
  const agent = replica.tables.get('agent', owner.agentId)
  if (!agent || !mutation.roles.includes(agent.role)) throw fail('forbidden')
  checkFiles(replica, mutation, given)

  const mutationId = context.newId()
  const verdict = replica.transaction(() => {
    const outcome = enqueue(replica, {
      id: mutationId,
      agentId: agent.id,
      name,
      args: given,
      at: context.hubNow(),
    })
    if (outcome?.kind === 'refused') throw refusalFault(outcome)
    return outcome
  })
  return { mutationId, verdict: verdict?.kind === 'held' ? 'held' : 'done' }
}

const kinds: Partial<Record<string, FaultKind>> = {
  'not-found': 'not-found',
  forbidden: 'forbidden',
  internal: 'internal',
}

const refusalFault = ({ code, params }: Extract<Verdict, { kind: 'refused' }>): FaultError =>
  new FaultError(fault(kinds[code] ?? 'invalid', { params: { ...params, code } }))

const withBasisOffline = <T>(args: T): T => {
  const { basis } = args as { basis?: object }
  return basis ? { ...args, basis: { ...basis, offline: true } } : args
}

/** Files must be on this desk (then they are uploaded first) or on the hub already, and not larger than the channel takes. */
function checkFiles(replica: Replica, mutation: Mutation, args: unknown): void {
  const needs = mutation.needs?.(args) ?? []
  if (needs.length === 0) return
  const { channel, conversationId } = args as { channel?: Id; conversationId?: Id }
  const channelId = channel ?? (conversationId && replica.tables.get('conversation', conversationId)?.channel)
  const limits = channelId ? replica.tables.get('channel', channelId)?.limits : undefined
  const known = new Map(
    mutation
      .reads(args, { agentId: '', mutationId: '' })
      .flatMap(({ type, id }) => (type === 'item' ? (replica.tables.get('item', id)?.attachments ?? []) : []))
      .map(file => [file.sha256, file.size]),
  )
  let bytes = 0
  for (const sha256 of needs) {
    const size = replica.sql.upload.read.get(sha256)?.size ?? known.get(sha256)
    if (size === undefined) throw fail('attachment-missing')
    bytes += size
  }
  if (!limits || mutation.name === 'note.add') return
  if (bytes > limits.attachmentBytes)
    throw fail('too-large', { params: { size: bytes, limit: limits.attachmentBytes } })
  if (needs.length > limits.attachments) throw fail('too-large', { params: { limit: limits.attachments } })
}
