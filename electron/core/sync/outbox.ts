import type { Id } from '#shared/model/base.ts'
import { keyOf } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import type { Envelope } from '#shared/protocol/common.ts'
import type { Welcome } from '#shared/protocol/down.ts'
import { pushBytes } from '#shared/protocol/socket.ts'
import type { Replica } from '../replica/replica.ts'
import type { OutboxRow } from '../replica/statements.ts'

/** Mutations of one push (S12). */
export const BATCH = 200
const MANY = 1_000_000

/** Stands where a change stood about somebody who was erased since: no such mutation is known, so every hub refuses it. */
export const erasedMutation = 'erased'

/**
 * What keeps mutations that have no number yet from getting one (S11): an attachment that is not on the hub, or an earlier
 * mutation with a shared key that waits itself. The others pass.
 */
export function obstacles(replica: Replica): Map<number, 'attachment' | 'earlier'> {
  const found = new Map<number, 'attachment' | 'earlier'>()
  // Nothing waits for a file: nothing waits for anything.
  if (replica.sql.upload.pending.get() === undefined) return found
  const blocked = new Set<string>()
  for (const entry of replica.sql.outbox.unnumbered.all(MANY)) {
    const keys = replica.sql.outbox.keys.all(entry.seq).map(keyOf)
    const why = keys.some(key => blocked.has(key))
      ? 'earlier'
      : lacksFile(replica, entry)
        ? 'attachment'
        : null
    if (why === null) continue
    found.set(entry.seq, why)
    for (const key of keys) blocked.add(key)
  }
  return found
}

function lacksFile(replica: Replica, entry: OutboxRow): boolean {
  const needs = mutationNamed(entry.name)?.needs?.(JSON.parse(entry.args)) ?? []
  return needs.some(sha256 => replica.sql.upload.read.get(sha256)?.done === 0)
}

/**
 * Gives the next numbers to what may be sent now and commits them: from then on they never change (S11).
 * @param connectedAt by the hub's clock as the desk knows it; a reply written before was written offline (S21)
 * @param room how many at most
 */
export function giveNumbers(replica: Replica, connectedAt: number, room: number): void {
  replica.transaction(() => {
    const { settings, sql } = replica
    const numbers = settings.get('numbers')
    if (!numbers) return
    const waits = obstacles(replica)
    const due = sql.outbox.unnumbered.all(room + waits.size).filter(({ seq }) => !waits.has(seq))
    let { next } = numbers
    for (const entry of due.slice(0, room)) {
      sql.outbox.number.run(next, entry.at < connectedAt ? writtenOffline(entry.args) : entry.args, entry.seq)
      next += 1
    }
    if (next !== numbers.next) settings.set('numbers', { ...numbers, next })
  })
}

/** A reply that waited for a connection was written without one, whatever the desk believed at the time. */
function writtenOffline(args: string): string {
  const parsed = JSON.parse(args)
  if (typeof parsed.basis !== 'object' || parsed.basis === null || parsed.basis.offline === true) return args
  return JSON.stringify({ ...parsed, basis: { ...parsed.basis, offline: true } })
}

/** The next push after a number: in order, not too many, not too large. */
export function batchAfter(replica: Replica, n: number): Envelope[] {
  const batch: Envelope[] = []
  const doubted = replica.settings.get('doubted')
  let bytes = 0
  for (const entry of replica.sql.outbox.numberedAfter.all(n, BATCH)) {
    bytes += entry.args.length * 2
    if (batch.length > 0 && bytes > pushBytes) break
    const again = doubted.includes(entry.id) ? { again: true } : {}
    batch.push({ n: entry.n!, id: entry.id, name: entry.name, args: JSON.parse(entry.args), ...again })
  }
  return batch
}

/**
 * Agrees with the hub about this device's numbers. Where they do not fit each other (another epoch after the hub was
 * restored, a replica restored from a copy, an outbox salvaged in part) everything that waits is numbered anew: the hub knows
 * by its id what it has had already (S5).
 */
export function agreeNumbers(
  replica: Replica,
  deviceId: string,
  { deviceEpoch, lastN }: Pick<Welcome, 'deviceEpoch' | 'lastN'>,
): void {
  const numbers = replica.settings.get('numbers')
  const same = numbers?.deviceId === deviceId && numbers.epoch === deviceEpoch
  if (same) {
    const { count, lowest } = replica.sql.outbox.numberedSpan.get(lastN)!
    const whole = count === numbers.next - 1 - lastN && (lowest === null || lowest === lastN + 1)
    if (whole) return
  }
  replica.transaction(() => {
    // The hub that had these may have lost its memory of them, and a message may have left (S5).
    if (!same) replica.settings.set('doubted', doubtful(replica))
    numberAnew(replica, {
      deviceId,
      epoch: deviceEpoch,
      next: lastN + 1,
      confirmed: same ? numbers.confirmed : 0,
    })
  })
}

/** What waits and may have been run by a hub of another epoch. */
function doubtful({ settings, sql }: Replica): Id[] {
  const before = settings.get('doubted').filter(id => sql.outbox.byId.get(id) !== undefined)
  return [...new Set([...before, ...sql.outbox.numberedAfter.all(0, MANY).map(({ id }) => id)])]
}

export function numberAnew(
  replica: Replica,
  numbers: { deviceId: string; epoch: number; next: number; confirmed: number },
): void {
  replica.transaction(() => {
    replica.sql.outbox.unnumber.run()
    replica.settings.set('numbers', numbers)
  })
}
