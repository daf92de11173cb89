import type { Id, Instant } from '#shared/model/base.ts'
import { type Doc, type Key, keyOf, type RowType } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { type Verdict, writable } from '#shared/mutations/mutation.ts'
import type { Replica } from '../replica/replica.ts'
import { effectRows } from '../replica/rows.ts'
import type { OutboxRow } from '../replica/statements.ts'
import { type WorkingCopy, workingCopy } from '../replica/working-copy.ts'
import { pendingOf, sameKeys } from './pending.ts'

/**
 * The heart of S7. The tables show `hub's rows + effects of pending mutations, in order`. To change what is beneath, the
 * effects above it are taken back, the change is made, and the effects that are still pending are done again.
 *
 * Taken back are those pending mutations whose keys meet the change and, in turn, those that share with them a key that
 * effects may write; one that a mutation `onlyReads` counts while there is an effect on it. So whatever shows an effect of one
 * of them shows only effects of them, and restoring the hub's version of their rows takes back exactly these. The others
 * keep their place: nothing of theirs is near.
 *
 * All this happens in a working copy: only what differs in the end is written.
 */
export interface Rebase {
  /** Keys that the change writes. */
  touched: readonly Key[]
  /** Mutations that leave the outbox. */
  dropped: readonly OutboxRow[]
  /** Changes the hub's rows. */
  change(rows: HubRows): void
}

/** The hub's rows, beneath all effects. */
export interface HubRows {
  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined
  /** @param absent no such row is here: spares looking */
  put(type: RowType, rev: number, doc: Doc, absent?: boolean): void
  remove(at: Key): void
}

/** Within the caller's transaction. */
export function rebase(replica: Replica, { touched, dropped, change }: Rebase): void {
  const { outbox } = replica.sql
  if (dropped.length === 0 && outbox.any.get() === undefined) {
    change(directly(replica))
    return
  }
  const copy = workingCopy(replica)
  const affected = affectedBy(replica, touched, dropped)
  const near = new Set<string>()
  for (const { own } of affected)
    for (const at of own) {
      near.add(keyOf(at))
      copy.restore(at)
    }
  for (const { seq } of dropped) {
    outbox.removeKeys.run(seq)
    outbox.remove.run(seq)
  }
  change(throughCopy(replica, copy, near))
  const gone = new Set(dropped.map(({ seq }) => seq))
  for (const { seq, keys } of affected) {
    const entry = gone.has(seq) ? undefined : outbox.bySeq.get(seq)
    // One that no longer fits stays pending, without an effect, until the hub decides.
    if (entry) runOn(copy, replica, entry, keys)
  }
  copy.settle()
  if (gone.size > 0) replica.touchLocal()
}

const directly = ({ tables }: Replica): HubRows => ({
  get: (type, id) => tables.get(type, id),
  put: (type, rev, doc, absent = false) => tables.put(type, rev, doc, { absent }),
  remove: ({ type, id }) => void tables.remove(type, id),
})

/** Rows that a pending effect may lie on are changed in the copy; all others as if nothing were pending. */
function throughCopy(replica: Replica, copy: WorkingCopy, near: ReadonlySet<string>): HubRows {
  const straight = directly(replica)
  const isNear = (type: RowType, id: Id): boolean => near.has(keyOf({ type, id }))
  return {
    get: (type, id) => (isNear(type, id) ? copy.hub(type, id) : straight.get(type, id)),
    put(type, rev, doc, absent) {
      if (isNear(type, doc.id)) copy.putHub(type, rev, doc)
      else straight.put(type, rev, doc, absent)
    },
    remove(at) {
      if (isNear(at.type, at.id)) copy.removeHub(at)
      else straight.remove(at)
    },
  }
}

interface Affected {
  seq: number
  keys: Key[]
  /** Without those that it only reads and that nobody has changed. */
  own: Key[]
}

/** The pending mutations near the change, in order: those that share a key with it, and on from key to key. */
function affectedBy(replica: Replica, touched: readonly Key[], dropped: readonly OutboxRow[]): Affected[] {
  const { outbox, base } = replica.sql
  const { touching, keys, bySeq } = outbox
  const seen = new Set<string>()
  const found = new Map<number, Affected>()
  const ahead: Key[] = [...touched]
  const visit = (seq: number): void => {
    if (found.has(seq)) return
    const all = keys.all(seq).map(({ type, id }): Key => ({ type, id }))
    const onlyReads = mutationNamed(bySeq.get(seq)?.name ?? '')?.onlyReads
    // What it only reads binds it to others as long as one of them shows an effect on it.
    const own = onlyReads
      ? all.filter(({ type, id }) => !onlyReads.includes(type) || base.has.get(type, id) !== undefined)
      : all
    found.set(seq, { seq, keys: all, own })
    for (const at of own) if (writable.has(at.type)) ahead.push(at)
  }
  for (const { seq } of dropped) visit(seq)
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    const name = keyOf(at)
    if (seen.has(name)) continue
    seen.add(name)
    for (const seq of touching.all(at.type, at.id)) visit(seq)
  }
  return [...found.values()].sort((one, other) => one.seq - other.seq)
}

/** Shows the effect of one mutation on top of all others. Within the caller's transaction. */
export function runEffect(replica: Replica, entry: OutboxRow): Verdict {
  const copy = workingCopy(replica)
  const verdict = runOn(copy, replica, entry, [])
  copy.settle()
  return verdict
}

/**
 * Runs a pending mutation on what the desk shows and notes every key it looks at or touches. Always with the time it was
 * made at, so that doing it again shows the same. A refusal changes nothing.
 *
 * @param noted the keys that are noted so far
 */
function runOn(copy: WorkingCopy, replica: Replica, entry: OutboxRow, noted: readonly Key[]): Verdict {
  const { outbox } = replica.sql
  const pending = pendingOf(replica, entry)
  if (!pending) return { kind: 'refused', code: 'unknown-mutation' }
  const { mutation, args, declared } = pending
  const agent = copy.get('agent', entry.agent_id)
  const rows = effectRows(copy, declared, mutation.onlyReads)
  let verdict: Verdict = { kind: 'refused', code: 'forbidden' }
  if (agent)
    try {
      verdict = mutation.effect(rows, args, { at: 'desk', now: entry.at, agent, mutationId: entry.id })
    } catch {
      // A bug of ours must not stop every later patch; the hub decides about this one (S12).
      verdict = { kind: 'refused', code: 'internal' }
    }
  const written = verdict?.kind === 'refused' ? [] : rows.write()
  const keys = [...new Map([...declared, ...written].map(at => [keyOf(at), at])).values()]
  if (!sameKeys(keys, noted)) {
    outbox.removeKeys.run(entry.seq)
    for (const { type, id } of keys) outbox.addKey.run(type, id, entry.seq)
  }
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
  const earlier = coalesceAs === null ? undefined : replaceable(replica, coalesceAs, mutation?.withdraws)
  if (earlier) rebase(replica, { touched: [], dropped: [earlier], change: () => {} })
  const args = JSON.stringify(entry.args)
  outbox.add.run(entry.id, entry.agentId, entry.name, args, entry.at, coalesceAs)
  replica.touchLocal()
  return runEffect(replica, outbox.byId.get(entry.id)!)
}

/**
 * The unsent mutation that a later one with the same word may replace: nothing between them may have looked at its rows, unless it is
 * taken back. Then what looked at them is done again without it.
 */
function replaceable(replica: Replica, word: string, withdraws = false): OutboxRow | undefined {
  const { outbox } = replica.sql
  const earlier = outbox.unsent.get(word)
  if (!earlier || withdraws) return earlier
  const looked = outbox.keys
    .all(earlier.seq)
    .some(({ type, id }) => outbox.touchingAfter.get(type, id, earlier.seq) !== undefined)
  return looked ? undefined : earlier
}
