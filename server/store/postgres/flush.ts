import { type Key, keyOf } from '#shared/model/row.ts'
import { homeOf, type Stream } from '#shared/model/stream.ts'
import { codeOf } from '../../db/trouble.ts'
import type { Changes } from '../changes.ts'
import { columnsOf } from '../columns.ts'
import { type FeedWrite, type RowWrite, settle } from '../settle.ts'
import { RowExists } from '../store.ts'
import type { Session } from './session.ts'
import * as statements from './statements.ts'
import { loadInto } from './transaction.ts'
import { kept } from './words.ts'

/** Somebody else made a row that this transaction had looked for in vain. Run again, it will find it. */
export class Overtaken extends Error {}

/** SQLSTATE of the statement `flush` when it could not write every row it was given. */
const NOT_ALL = '22012'

/**
 * Writes what a transaction changed: rows and all else in one statement, then the streams as the last one, because their
 * counters are what others wait for (S3). Neither is waited for: the commit goes down with them, so nobody waits for a
 * stream while this hub hears and answers. Answers the streams that move.
 */
export async function flush(
  changes: Changes,
  session: Session,
  spilled: readonly FeedWrite[] = [],
): Promise<Stream[]> {
  const { values, feed } = await settled(changes, session)
  if (values) session.post(statements.flush, values)
  return moveFeed(spilled.length > 0 ? [...spilled, ...feed] : feed, session)
}

/** Writes what a transaction changed so far and forgets it. The streams it will move are moved by `flush`, at the end. */
export async function spill(changes: Changes, session: Session): Promise<FeedWrite[]> {
  const { values, feed } = await settled(changes, session)
  if (values) await session.run(statements.flush, values)
  changes.forgetWritten()
  return feed
}

/** `values` null: there is nothing to write. */
async function settled(
  changes: Changes,
  session: Session,
): Promise<{ values: unknown[] | null; feed: FeedWrite[] }> {
  const { rows, feed } = await settle(changes, {
    load: keys => loadInto(changes, session, keys),
    referrers: (stream, { type, id }) => session.run<Key>(statements.referrers, [stream, type, id]),
  })
  if (isEmpty(changes) && rows.length === 0) return { values: null, feed }
  // A row that only joined or left a stream keeps its rev: for a desk that has it nothing changed.
  const changed = rows.filter(({ key }) => changes.rows.has(keyOf(key)))
  const joined = rows.filter(({ key }) => !changes.rows.has(keyOf(key)))
  return { values: [...valuesOf(changes, changed, joined), changed.length], feed }
}

/**
 * What stands behind the error of a transaction that has ended: a row was there already. Of one that was never looked for
 * the caller is told; one that was looked for in vain was made meanwhile, and the transaction runs again.
 */
export async function explained(
  error: unknown,
  changes: Changes,
  existing: (keys: readonly Key[]) => Promise<Key[]>,
): Promise<unknown> {
  if (isNameTaken(error)) return new Overtaken('somebody else has the address meanwhile')
  if (codeOf(error) !== NOT_ALL) return error
  const unseen = [...changes.rows.values()].filter(({ key }) => !changes.loaded.has(keyOf(key)))
  const [there] = await existing(unseen.map(({ key }) => key))
  return there ? new RowExists(there) : new Overtaken('a row was made meanwhile')
}

/** Of two transactions that give one address to two identities the second waits for the first, and then finds it. */
const isNameTaken = (error: unknown): boolean =>
  codeOf(error) === '23505' && (error as { constraint?: unknown }).constraint === 'row_name_address'

const isEmpty = ({ rows, names, devices, outcomes, forgotten, events }: Changes): boolean =>
  rows.size + names.length + devices.size + outcomes.length + forgotten.length + events.length === 0

function valuesOf(changes: Changes, changed: RowWrite[], joined: RowWrite[]): unknown[] {
  const columns = changed.map(({ key, doc }) => (doc ? columnsOf(key.type, doc) : null))
  const removed = changed.filter(({ doc }) => !doc)
  const gone = new Set(removed.map(({ key }) => keyOf(key)))
  const names = changes.names.filter(({ key }) => !gone.has(keyOf(key)))
  const devices = [...changes.devices.values()]
  const { forgotten, outcomes, events } = changes
  return [
    changed.map(({ key }) => key.type),
    changed.map(({ key }) => key.id),
    changed.map(({ rev }) => rev),
    changed.map(({ doc }) => (doc ? JSON.stringify(doc) : null)),
    changed.map(({ streams }) => streams.join(statements.SEPARATOR)),
    changed.map(({ key, doc }) => (doc ? homeOf(key.type, doc) : null)),
    columns.map(of => of?.parentId),
    columns.map(of => of?.identityId),
    columns.map(of => of?.open),
    columns.map(of => of?.activityAt),
    columns.map(of => of?.seq),
    joined.map(({ key }) => key.type),
    joined.map(({ key }) => key.id),
    joined.map(({ streams }) => streams.join(statements.SEPARATOR)),
    removed.map(({ key }) => key.type),
    removed.map(({ key }) => key.id),
    names.map(({ name }) => kept(name)),
    names.map(({ key }) => key.type),
    names.map(({ key }) => key.id),
    devices.map(({ id }) => id),
    devices.map(({ agentId }) => agentId),
    devices.map(({ name }) => name),
    devices.map(({ platform }) => platform),
    devices.map(({ epoch }) => epoch),
    devices.map(({ lastN }) => lastN),
    devices.map(({ confirmed }) => confirmed),
    devices.map(({ revoked }) => revoked),
    forgotten.map(({ deviceId }) => deviceId),
    forgotten.map(({ epoch }) => epoch),
    forgotten.map(({ through }) => through),
    outcomes.map(({ deviceId }) => deviceId),
    outcomes.map(({ epoch }) => epoch),
    outcomes.map(({ n }) => n),
    outcomes.map(({ id }) => id),
    outcomes.map(({ outcome }) => JSON.stringify(outcome)),
    events.map(({ name }) => name),
    events.map(({ agentId }) => agentId),
    events.map(({ deviceId }) => deviceId),
    events.map(({ mutationId }) => mutationId),
    events.map(({ at }) => at),
    events.map(({ keys }) => JSON.stringify(keys)),
    events.map(({ facts }) => JSON.stringify(facts)),
  ]
}

function moveFeed(feed: FeedWrite[], session: Session): Stream[] {
  if (feed.length === 0) return []
  const counts = new Map<Stream, number>()
  const places = feed.map(({ stream }) => {
    const place = (counts.get(stream) ?? 0) + 1
    counts.set(stream, place)
    return place
  })
  const streams = [...counts.keys()].sort()
  session.post(statements.moveFeed, [
    streams,
    streams.map(stream => counts.get(stream)),
    feed.map(({ stream }) => stream),
    feed.map(({ key }) => key.type),
    feed.map(({ key }) => key.id),
    feed.map(({ stream }, index) => (counts.get(stream) ?? 0) - (places[index] ?? 0)),
    feed.map(({ gone }) => gone),
  ])
  return streams
}
