/**
 * Fills a replica as first sync does, without the network: patches of 1,000 rows through the desk's own `applyPiece`, on
 * disk, encrypted, every transaction durable.
 */

import type { Row } from '#shared/model/row.ts'
import { companionsOf, homeOf } from '#shared/model/stream.ts'
import type { Patch } from '#shared/protocol/down.ts'
import { openReplica } from '../../electron/core/replica/open.ts'
import type { Replica } from '../../electron/core/replica/replica.ts'
import { applyPiece } from '../../electron/core/sync/apply.ts'
import { nothingPending, PIECE, piecesOf } from '../../electron/core/sync/pieces.ts'
import { agentId, rows, type Shape, smallRows } from './data.ts'
import { timed } from './result.ts'

export const replicaKey = new Uint8Array(32).fill(7)
export const openFilled = (path: string): Replica => openReplica(path, replicaKey)

const PATCH = 1000

export interface Filled {
  rows: number
  seconds: number
  /** Of them, until the rows are there; the rest makes them searchable. */
  applied: number
  /** Seconds of processor time: what is left of it on a machine with nothing else to do. */
  processor: number
  /** Milliseconds of each transaction. */
  pieces: number[]
}

export function fillReplica(replica: Replica, shape: Shape): Filled {
  const pieces: number[] = []
  let count = 0
  let spent = 0
  let applied = 0
  let processor = 0
  let number = 0
  const spend = (before: NodeJS.CpuUsage): void => {
    const { user, system } = process.cpuUsage(before)
    processor += (user + system) / 1e6
  }
  for (const patch of patchesOf(shape)) {
    count += patch.rows.length
    for (const piece of piecesOf([{ ...patch, patch: ++number }], PIECE, nothingPending)) {
      const before = process.cpuUsage()
      const start = performance.now()
      applyPiece(replica, piece, { newId: () => 'unused', now: shape.until })
      pieces.push(performance.now() - start)
      applied += pieces.at(-1)!
      spent += pieces.at(-1)!
      spend(before)
    }
    // What the desk's upkeep does now and then, and the connection after every patch.
    const before = process.cpuUsage()
    pieces.push(timed(() => replica.indexSome(patch.rows.length)))
    spent += pieces.at(-1)!
    pieces.push(timed(() => replica.settle()))
    spent += pieces.at(-1)!
    applied += pieces.at(-1)!
    spend(before)
  }
  while (replica.indexSome(1000) > 0);
  signedIn(replica)
  return { rows: count, seconds: spent / 1000, applied: applied / 1000, processor, pieces }
}

/** As after a sign-in, with a hub that cannot be reached. */
function signedIn(replica: Replica): void {
  const at = { hubUrl: 'http://127.0.0.1:9', agentId: agentId(0), email: 'agent0@example.com' }
  replica.transaction(() => {
    replica.settings.set('owner', at)
    replica.settings.set('session', {
      ...at,
      deviceId: 'bench',
      accessToken: 'none',
      accessExpiresAt: 0,
      refreshToken: 'none',
    })
  })
}

export function* patchesOf(shape: Shape): Generator<Patch> {
  let batch: Row[] = []
  for (const row of both(shape)) {
    batch.push(row)
    if (batch.length < PATCH) continue
    yield patchOf(batch)
    batch = []
  }
  if (batch.length > 0) yield patchOf(batch)
}

function* both(shape: Shape): Generator<Row> {
  yield* smallRows(shape)
  yield* rows(shape)
}

export function patchOf(batch: readonly Row[]): Patch {
  const joins: Patch['joins'] = []
  for (const { type, id, doc } of batch) {
    const stream = homeOf(type, doc)
    if (!stream) continue
    joins.push({ stream, type, id })
    for (const companion of companionsOf(type, doc)) joins.push({ stream, ...companion })
  }
  return {
    patch: 1,
    rows: [...batch],
    joins,
    leaves: [],
    cursors: [],
    pages: [{ stream: 'workspace', token: null }],
    coverage: batch.flatMap(({ type, id }) =>
      type === 'conversation' ? [{ conversationId: id, fromSeq: 1 }] : [],
    ),
    acknowledged: [],
    remaining: 1,
  }
}
