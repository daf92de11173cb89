import type { Ground } from './ground.ts'
import type { Replica } from './replica/replica.ts'
import { mergeIndex } from './replica/search.ts'

/** A step of any of this should take about this long, so that no query waits (S8). Milliseconds. */
const STEP = 15
const FEWEST = 50
const MOST = 1000
/** Items that make one part of the index. */
const TOGETHER = 4000
/** Between two steps of indexing while much is coming. Milliseconds. */
const WHILE_BUSY = 250
/** This long after a change the write log is emptied into the database: by then it is short. Milliseconds. */
const CHECKPOINT_AFTER = 500
/** While much is coming, too: pages that change again and again are written and waited for once. Milliseconds. */
const CHECKPOINT_WHILE_BUSY = 3000
/** Kilobytes of pages in memory: much of what comes touches the same ones again, and afterwards they are given back. */
const CACHE = 32_768
const CACHE_WHILE_BUSY = 131_072
/** Nothing was written for this long: time to join the parts of the full-text index. Milliseconds. */
const IDLE = 5_000
const BETWEEN_MERGES = 100
/** Leaves of one step: a few milliseconds. */
const MERGED_AT_ONCE = 64

/** What the replica needs done besides the work itself, a little at a time and when nobody waits for it. */
export interface Upkeep {
  /** Something was written. */
  written(): void
  stop(): void
}

/**
 * @param guarded wraps what runs by itself later: nobody is there to take its exception
 * @param busy much is coming: what can wait waits
 */
export function createUpkeep(
  replica: Replica,
  ground: Ground,
  guarded: (run: () => void) => () => void,
  busy: () => boolean,
): Upkeep {
  let indexing = false
  let some = FEWEST
  /** Items that were put into the index and not yet written. */
  let together = 0
  let checkpointDue = false
  let roomy = false
  let cancelIndex = (): void => {}
  let cancelCheckpoint = (): void => {}
  let cancelMerge = (): void => {}

  /** New items become findable. While much is coming only now and then: what is read and answered comes first. */
  const index = guarded(() => {
    const start = ground.now()
    const found = replica.indexSome(some)
    const took = ground.now() - start
    together += found
    const more = found === some
    if (!more || together >= TOGETHER || busy()) {
      replica.settle()
      together = 0
    }
    if (!more) {
      indexing = false
      return
    }
    some = Math.round(Math.min(MOST, Math.max(FEWEST, took > 0 ? (some * STEP) / took : some * 2)))
    if (busy()) cancelIndex = ground.after(WHILE_BUSY, index)
    else ground.soon(index)
  })

  /**
   * SQLite would do it inside somebody's commit whenever the log has grown long: the one change in a hundred that a person
   * waits for.
   */
  const checkpoint = guarded(() => {
    checkpointDue = false
    replica.settle()
    replica.db.pragma('wal_checkpoint(passive)')
    if (roomy && !busy()) makeRoom(false)
  })

  const makeRoom = (much: boolean): void => {
    roomy = much
    replica.db.pragma(`cache_size = -${much ? CACHE_WHILE_BUSY : CACHE}`)
    if (!much) replica.db.pragma('shrink_memory')
  }

  const merge = (pause: number): void => {
    cancelMerge()
    cancelMerge = ground.after(
      pause,
      guarded(() => {
        replica.settle()
        if (busy()) merge(IDLE)
        else if (mergeIndex(replica.db, MERGED_AT_ONCE)) merge(BETWEEN_MERGES)
      }),
    )
  }

  return {
    written() {
      if (!indexing) {
        indexing = true
        ground.soon(index)
      }
      if (!checkpointDue) {
        checkpointDue = true
        if (busy() && !roomy) makeRoom(true)
        cancelCheckpoint = ground.after(busy() ? CHECKPOINT_WHILE_BUSY : CHECKPOINT_AFTER, checkpoint)
      }
      merge(IDLE)
    },
    stop() {
      cancelIndex()
      cancelCheckpoint()
      cancelMerge()
    },
  }
}
