/**
 * Runs the mutations of one device, in order, in one transaction (S12). What must hold whatever happens:
 * a number is run at most once and answered from its stored outcome ever after; a mutation known under another number or
 * epoch is answered, not run (S5); what an agent may not see is not there for them (deny first); and an error of ours is
 * stored as refused(internal) so that it never blocks the device.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Id, Instant } from '#shared/model/base.ts'
import { type Key, key, keyOf } from '#shared/model/row.ts'
import { homeOf, type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { type Context, type Mutation, refuse, type Verdict } from '#shared/mutations/mutation.ts'
import type { Acknowledgement, Envelope, Outcome } from '#shared/protocol/common.ts'
import type { PushRefused } from '#shared/protocol/down.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import type { Push } from '#shared/protocol/up.ts'
import type { Device, Store, Transaction } from '../store/store.ts'
import type { Log } from './ground.ts'
import { type Change, RowsView } from './rows-view.ts'

/**
 * What the hub adds to a mutation in the same transaction: jobs. Synchronous; it sees only what the effect changed.
 * `again`: a hub of an earlier epoch may have run it (S5).
 */
export type After = (tx: Transaction, changes: readonly Change[], context: Context, again: boolean) => void

export interface RunDeps {
  store: Store
  now(): Instant
  after: After
  log: Log
}

export type RunResult =
  | { kind: 'ran'; lastN: number }
  | { kind: 'refused'; refusal: PushRefused }
  /** The device or its person may not go on at all. */
  | { kind: 'ended'; fault: Fault }

/** An upload belongs to the agent who sent it, under this name, until an item they may see refers to it (S27). */
export const uploadName = (agentId: Id, sha256: string): string => `upload:${agentId}:${sha256}`

/** A device, and whose it is. */
export interface Owner {
  agentId: Id
  deviceId: Id
}

/**
 * Runs a push of a device. All that it looks at is asked for in one breath: the device, what became of these mutations, the
 * rows they declare, locked in that order (S3).
 * @param confirmed outcomes up to this number are stored on the desk and may be forgotten
 */
export function run(deps: RunDeps, owner: Owner, push: Push, confirmed: number): Promise<RunResult> {
  const { agentId, deviceId } = owner
  const calls = push.mutations.map(envelope => prepare(deps, envelope, agentId))
  const reads = distinct([key('agent', agentId), ...calls.flatMap(call => call.reads)])
  return deps.store.write(async (tx): Promise<RunResult> => {
    const [device, known] = await Promise.all([
      tx.device(deviceId),
      Promise.all(push.mutations.map(({ id }) => tx.outcomeOf(id))),
      tx.load(reads),
    ])
    if (!device || device.revoked || device.agentId !== agentId)
      return { kind: 'ended', fault: fault('device-revoked') }
    const refusal = await check(tx, device, push, known)
    if (refusal) return { kind: 'refused', refusal }

    const agent = tx.get('agent', agentId)
    if (!agent?.active) return { kind: 'ended', fault: fault('agent-inactive') }

    let lastN = device.lastN
    for (const [index, call] of calls.entries()) {
      if (call.envelope.n <= device.lastN) continue
      lastN = call.envelope.n
      const outcome = known[index] ?? (await perform(deps, tx, device, agent, call))
      tx.putOutcome(device.id, device.epoch, { n: call.envelope.n, id: call.envelope.id, outcome })
    }

    const through = Math.max(device.confirmed, Math.min(confirmed, lastN))
    if (through > device.confirmed) tx.forgetOutcomes(device.id, device.epoch, through)
    if (lastN > device.lastN || through > device.confirmed)
      tx.putDevice({ ...device, lastN, confirmed: through })
    return { kind: 'ran', lastN }
  })
}

/** Why a push cannot be run as it was sent. What is new in it follows on the last number, one by one. */
async function check(
  tx: Transaction,
  device: Device,
  push: Push,
  known: readonly (Outcome | undefined)[],
): Promise<PushRefused | undefined> {
  if (push.deviceEpoch !== device.epoch) return { kind: 'wrong-epoch', expected: device.lastN + 1 }

  let stored: Map<number, Acknowledgement> | undefined
  let next = device.lastN + 1
  for (const [index, { n, id }] of push.mutations.entries()) {
    if (n === next) {
      next++
      continue
    }
    if (n > next) return { kind: 'gap', expected: next }
    const copied: PushRefused = { kind: 'copied', expected: device.lastN + 1 }
    if (n > device.lastN) return copied // the same number twice in one push
    stored ??= new Map(
      (await tx.outcomes(device.id, device.epoch, push.mutations[0]!.n)).map(entry => [entry.n, entry]),
    )
    const earlier = stored.get(n)
    if (earlier ? earlier.id !== id : !known[index]) return copied
  }
  return undefined
}

interface Call {
  envelope: Envelope
  mutation: Mutation | undefined
  args: unknown
  reads: Key[]
  /** Refused before anything was looked at. */
  refused: Verdict
}

function prepare({ log }: RunDeps, envelope: Envelope, agentId: Id): Call {
  const mutation = mutationNamed(envelope.name)
  const call: Call = { envelope, mutation, args: null, reads: [], refused: undefined }
  if (!mutation) return { ...call, refused: refuse('unknown-mutation') }
  const parsed = mutation.args.safeParse(envelope.args)
  if (!parsed.success) return { ...call, refused: refuse('invalid', { field: fieldOf(parsed.error) }) }
  try {
    const reads = mutation.reads(parsed.data, { agentId, mutationId: envelope.id })
    return { ...call, args: parsed.data, reads }
  } catch (error) {
    return { ...call, refused: internal(log, envelope, error) }
  }
}

const fieldOf = (error: { issues: { path: PropertyKey[] }[] }): string =>
  (error.issues[0]?.path.map(String).join('.') ?? '').slice(0, 100)

const asOutcome = (verdict: Verdict): Outcome => verdict ?? { kind: 'done' }

async function perform(
  deps: RunDeps,
  tx: Transaction,
  device: Device,
  agent: Agent,
  call: Call,
): Promise<Outcome> {
  const { id: mutationId, again = false } = call.envelope
  const context: Context = { at: 'hub', now: deps.now(), agent, mutationId }
  let verdict: Verdict
  let changes: Change[] = []
  await tx.attempt(async () => {
    ;({ verdict, changes } = await decide(deps, tx, call, context))
    if (verdict?.kind === 'refused') return false
    try {
      for (const change of changes) {
        if (change.doc) tx.put(change.key.type, change.doc)
        else tx.remove(change.key.type, change.key.id)
      }
      deps.after(tx, changes, context, again)
    } catch (error) {
      verdict = internal(deps.log, call.envelope, error)
      return false
    }
    return true
  })
  const outcome = asOutcome(verdict)
  tx.event({
    name: call.envelope.name,
    agentId: agent.id,
    deviceId: device.id,
    mutationId: call.envelope.id,
    at: context.now,
    keys: outcome.kind === 'refused' ? call.reads : changes.map(change => change.key),
    facts: {
      outcome: outcome.kind,
      ...(outcome.kind === 'refused' ? { code: outcome.code } : {}),
    },
  })
  return outcome
}

/** The verdict, and the changes it would make. Database errors pass through, so that the transaction is tried again. */
async function decide(
  deps: RunDeps,
  tx: Transaction,
  call: Call,
  context: Context,
): Promise<{ verdict: Verdict; changes: Change[] }> {
  const nothing = (verdict: Verdict) => ({ verdict, changes: [] })
  const { mutation } = call
  if (call.refused || !mutation) return nothing(call.refused)
  const streams = new Set(streamsOfAgent(context.agent))

  if (!mutation.roles.includes(context.agent.role)) return nothing(refuse('forbidden'))
  for (const read of call.reads) if (!visible(tx, read, streams)) return nothing(refuse('not-found'))
  const missing = await missingAttachment(tx, call, context.agent.id)
  if (missing) return nothing(refuse('not-found', { attachment: missing }))

  let changes: Change[]
  try {
    const rows = new RowsView(tx, call.reads)
    const verdict = mutation.effect(rows, call.args, context)
    if (verdict?.kind === 'refused') return nothing(verdict)
    changes = rows.changes
    for (const change of changes) if (!allowed(tx, change, streams)) return nothing(refuse('forbidden'))
    const undeclared = changes.filter(change => !change.declared).map(change => change.key)
    if (undeclared.length === 0) return { verdict, changes }
    await tx.load(undeclared)
    if (undeclared.some(({ type, id }) => tx.get(type, id) !== undefined)) return nothing(refuse('exists'))
    return { verdict, changes }
  } catch (error) {
    if (isDatabaseError(error)) throw error
    return nothing(internal(deps.log, call.envelope, error))
  }
}

function internal(log: Log, envelope: Envelope, error: unknown): Verdict {
  log.error(
    { mutation: envelope.name, id: envelope.id, error: error instanceof Error ? error.stack : String(error) },
    'a mutation failed by a mistake of ours; stored as refused',
  )
  return refuse('internal')
}

/** A row that is not in one of the agent's streams is treated as if it were not there, but cannot be made anew either. */
function visible(tx: Transaction, { type, id }: Key, streams: ReadonlySet<Stream>): boolean {
  if (tx.get(type, id) === undefined) return true
  return tx.streamsOf({ type, id }).some(stream => streams.has(stream))
}

/** A row may be put only where the agent may read; customers and identities are never made from a desk. */
function allowed(tx: Transaction, change: Change, streams: ReadonlySet<Stream>): boolean {
  if (!change.doc) return true
  const home = homeOf(change.key.type, change.doc)
  if (home) return streams.has(home)
  return change.declared && tx.get(change.key.type, change.key.id) !== undefined
}

/** The first attachment that this agent has neither uploaded nor before them in a declared item (S27). A draft proves nothing. */
async function missingAttachment(tx: Transaction, call: Call, agentId: Id): Promise<string | undefined> {
  const needs = call.mutation?.needs?.(call.args) ?? []
  if (needs.length === 0) return undefined
  const there = new Set(
    call.reads.flatMap(({ type, id }) => {
      const item = type === 'item' ? tx.get(type, id) : undefined
      return item?.attachments.map(({ sha256 }) => sha256) ?? []
    }),
  )
  for (const sha256 of needs) {
    if (there.has(sha256)) continue
    if ((await tx.named(uploadName(agentId, sha256))).length === 0) return sha256
  }
  return undefined
}

/** PostgreSQL's errors carry a five-character SQLSTATE; a broken connection has a system code. Both are tried again. */
const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof (error as { code: unknown }).code === 'string'

function distinct(keys: Key[]): Key[] {
  return [...new Map(keys.map(each => [keyOf(each), each])).values()]
}
