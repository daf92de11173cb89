import type { Patch } from '#shared/protocol/down.ts'
import { type Ground, turn } from '../ground.ts'
import type { Replica } from '../replica/replica.ts'
import { type Applied, applyPiece } from './apply.ts'
import { nextSize, nothingPending, type PendingKeys, PIECE, piecesOf } from './pieces.ts'

/** Puts patches into the replica piece by piece, with turns for others in between (S8). */
export interface Applying {
  /**
   * @param current whether to go on, asked after every turn
   * @returns `lost`: pieces that were held are gone, because the disk did not take them; all must come again. `left`: not gone on
   * @throws what the replica throws; the patches must come again
   */
  apply(patches: [Patch, ...Patch[]], current: () => boolean): Promise<'stored' | 'left' | 'lost'>
}

export function createApplying(
  replica: Replica,
  ground: Ground,
  hubNow: () => number,
  applied: (what: Applied) => void,
): Applying {
  const { outbox } = replica.sql
  let size = PIECE
  const pending: PendingKeys = {
    keysOf: id => outbox.keysOf.all(id),
    above: id => outbox.above.get(id) ?? 0,
  }

  return {
    async apply(patches, current) {
      const { losses } = replica
      const above = outbox.any.get() === undefined ? nothingPending : pending
      for (const piece of piecesOf(patches, size, above)) {
        // What follows must not move the desk on.
        if (replica.losses !== losses) return 'lost'
        const start = ground.now()
        const what = applyPiece(replica, piece, { newId: ground.newId, now: hubNow() })
        size = nextSize(size, piece, ground.now() - start)
        applied(what)
        await turn(ground)
        if (!current()) return 'left'
      }
      replica.settle()
      return 'stored'
    },
  }
}
