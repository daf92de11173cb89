import type { Id, Instant } from '#shared/model/base.ts'
import { type Key, keyOf } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import type { Verdict } from '#shared/mutations/mutation.ts'
import type { Replica } from '../replica/replica.ts'
import { effectRows } from '../replica/rows.ts'
import type { OutboxRow } from '../replica/statements.ts'

/**
 * The heart of S7. The tables show `hub's rows + effects of pending mutations, in order`. To change what is beneath, the
 * effects above it are taken back, the change is made, and the effects that are still pending are done again.
 *
 * Taken back are those pending mutations whose keys meet the change and, in turn, those that meet them. So whatever shows an
 * effect of one of them shows only effects of them, and restoring the hub's version (`base`) of their rows takes back exactly
 * these. The others keep their place: nothing of theirs is near.
 */
export interface Rebase {
  /** Keys that the change writes. */
  touched: readonly Key[]
  /** Of these, keys (keyOf) that the change surely replaces, so that restoring them first would be work for nothing. */
  replaced: ReadonlySet<string>
  /** Mutations that leave the outbox. */
  dropped: readonly OutboxRow[]
  /** Changes the hub's rows. */
  change(): void
}

/** Within the caller's transaction. */
export function rebase(replica: Replica, { touched, replaced, dropped, change }: Rebase): void {
  const { outbox } = replica.sql
  const affected = outbox.any.get() === undefined ? [] : affectedBy(replica, touched, dropped)
  const gone = new Set(dropped.map(({ seq }) => seq))

  for (const seq of affected) takeBack(replica, seq, replaced)
  for (const seq of gone) {
    outbox.removeKeys.run(seq)
    outbox.remove.run(seq)
  }
  change()
  for (const seq of affected) {
    if (gone.has(seq)) continue
    const entry = outbox.bySeq.get(seq)
    // One that no longer fits stays pending, without an effect, until the hub decides.
    if (entry) runEffect(replica, entry)
  }
  if (gone.size > 0) replica.touchLocal()
}

/** The pending mutations near the change, in order: those that share a key with it, and on from key to key. */
function affectedBy(replica: Replica, touched: readonly Key[], dropped: readonly OutboxRow[]): number[] {
  const { touching, keys } = replica.sql.outbox
  const seen = new Set<string>()
  const found = new Set<number>()
  const ahead: Key[] = [...touched]
  const visit = (seq: number): void => {
    if (found.has(seq)) return
    found.add(seq)
    for (const { type, id } of keys.all(seq)) ahead.push({ type, id })
  }
  for (const { seq } of dropped) visit(seq)
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    const name = keyOf(at)
    if (seen.has(name)) continue
    seen.add(name)
    for (const seq of touching.all(at.type, at.id)) visit(seq)
  }
  return [...found].sort((one, other) => one - other)
}

function takeBack(replica: Replica, seq: number, replaced: ReadonlySet<string>): void {
  const { base, outbox } = replica.sql
  for (const { type, id } of outbox.keys.all(seq)) {
    const before = base.read.get(type, id)
    if (!before) continue
    base.remove.run(type, id)
    if (replaced.has(keyOf({ type, id }))) continue
    if (before.doc === null) replica.tables.remove(type, id)
    else replica.tables.put(type, before.rev, JSON.parse(before.doc), { text: before.doc })
  }
}

/**
 * Runs a pending mutation on what the desk shows and notes every key it looks at or touches. Always with the time it was
 * made at, so that doing it again shows the same. A refusal changes nothing.
 */
export function runEffect(replica: Replica, entry: OutboxRow): Verdict {
  const { outbox } = replica.sql
  const mutation = mutationNamed(entry.name)
  const args = mutation?.args.safeParse(JSON.parse(entry.args))
  if (!mutation || !args?.success) return { kind: 'refused', code: 'unknown-mutation' }
  const declared = mutation.reads(args.data, { agentId: entry.agent_id, mutationId: entry.id })
  const agent = replica.tables.get('agent', entry.agent_id)
  const rows = effectRows(replica, declared)
  let verdict: Verdict = { kind: 'refused', code: 'forbidden' }
  if (agent)
    try {
      verdict = mutation.effect(rows, args.data, { at: 'desk', now: entry.at, agent, mutationId: entry.id })
    } catch {
      // A bug of ours must not stop every later patch; the hub decides about this one (S12).
      verdict = { kind: 'refused', code: 'internal' }
    }
  const written = verdict?.kind === 'refused' ? [] : rows.write()
  outbox.removeKeys.run(entry.seq)
  for (const { type, id } of [...declared, ...written]) outbox.addKey.run(type, id, entry.seq)
  return verdict
}

/** A new mutation, on top of all others. */
export interface Entry {
  id: Id
  agentId: Id
  name: string
  args: unknown
  /** By the hub's clock as well as the desk knows it. */
  at: Instant
}

/**
 * Puts a mutation into the outbox and shows its effect; one that it replaces (coalesce) leaves. Within the caller's
 * transaction, which must be rolled back when the verdict is a refusal.
 */
export function enqueue(replica: Replica, entry: Entry): Verdict {
  const { outbox } = replica.sql
  const mutation = mutationNamed(entry.name)
  const coalesceAs = mutation?.coalesce?.(entry.args) ?? null
  const earlier = coalesceAs === null ? undefined : replaceable(replica, coalesceAs)
  if (earlier) rebase(replica, { touched: [], replaced: new Set(), dropped: [earlier], change: () => {} })
  const args = JSON.stringify(entry.args)
  outbox.add.run(entry.id, entry.agentId, entry.name, args, entry.at, coalesceAs)
  replica.touchLocal()
  return runEffect(replica, outbox.byId.get(entry.id)!)
}

/** The unsent mutation that a later one with the same word may replace: nothing between them may have looked at its rows. */
function replaceable(replica: Replica, word: string): OutboxRow | undefined {
  const { outbox } = replica.sql
  const earlier = outbox.unsent.get(word)
  if (!earlier) return undefined
  const looked = outbox.keys
    .all(earlier.seq)
    .some(({ type, id }) => outbox.touchingAfter.get(type, id, earlier.seq) !== undefined)
  return looked ? undefined : earlier
}
