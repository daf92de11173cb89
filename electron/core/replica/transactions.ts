import type { Database } from 'better-sqlite3'

/**
 * How the replica is written: durably, or held.
 *
 * A *durable* transaction is on the platter when it returns. What the hub would send again, and what can be worked out again, is
 * *held*: one transaction stays open for many such pieces, so that pages which change again and again are written once. It is
 * committed by `settle`, or before the next durable one, which makes it durable, too. Queries see it at once. A crash takes it
 * back, whole.
 */
export interface Transactions {
  /** Runs `work` as one durable transaction; inside another one, as part of it. When it throws nothing has happened. */
  durable<T>(work: () => T): T
  /** Runs `work` as a piece of what is held. When it throws, that piece has not happened. */
  held<T>(work: () => T): T
  /**
   * A step of what is held that cannot be taken back alone: when it throws, all that was held is lost. For the full-text index,
   * which writes what it has gathered wherever a piece begins.
   */
  step<T>(work: () => T): T
  /** Commits what is held. Throws when the disk does not take it; then it is lost. */
  settle(): void
  /** How often something was lost that had been told as done. */
  readonly losses: number
}

export interface TransactionListener {
  /** The work has been done; the last moment to add to it. */
  ending(): void
  /** It stands, or is held. */
  done(): void
  /** It has not happened. */
  undone(): void
  /** What was held has been committed. */
  settled(): void
  /** What was held, and told, is gone. */
  lost(): void
}

export function createTransactions(db: Database, listener: TransactionListener): Transactions {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const savepoint = db.prepare('savepoint piece')
  const release = db.prepare('release piece')
  const rollbackPiece = db.prepare('rollback to piece')

  /** Within some work: what it begins is part of it. */
  let working = false
  let holding = false
  let losses = 0

  /** It cannot be changed while a transaction is open, and is left as it is until another is needed. */
  let synchronous: 'full' | 'normal' = 'full'
  const open = (level: 'full' | 'normal'): void => {
    if (level !== synchronous) db.pragma(`synchronous = ${level}`)
    synchronous = level
    begin.run()
  }

  const run = <T>(work: () => T): T => {
    working = true
    try {
      return work()
    } finally {
      working = false
    }
  }

  // A full disk has rolled it back already.
  const takeBack = (): void => {
    if (db.inTransaction) rollback.run()
    listener.undone()
  }

  const lose = (): void => {
    if (!holding) return
    holding = false
    losses += 1
    listener.lost()
  }

  const settle = (): void => {
    if (!holding || working) return
    try {
      commit.run()
      holding = false
    } catch (error) {
      takeBack()
      lose()
      throw error
    }
    listener.settled()
  }

  const hold = (): void => {
    if (holding) return
    open('normal')
    holding = true
  }

  return {
    durable(work) {
      if (working) return work()
      settle()
      open('full')
      let result: ReturnType<typeof work>
      try {
        result = run(() => {
          const made = work()
          listener.ending()
          return made
        })
        commit.run()
      } catch (error) {
        takeBack()
        throw error
      }
      listener.done()
      return result
    },
    held(work) {
      if (working) return work()
      hold()
      let result: ReturnType<typeof work>
      try {
        savepoint.run()
        result = run(() => {
          const made = work()
          listener.ending()
          return made
        })
        release.run()
      } catch (error) {
        if (db.inTransaction) {
          rollbackPiece.run()
          release.run()
          listener.undone()
        } else {
          listener.undone()
          lose()
        }
        throw error
      }
      listener.done()
      return result
    },
    step(work) {
      hold()
      try {
        return run(work)
      } catch (error) {
        takeBack()
        lose()
        throw error
      }
    },
    settle,
    get losses() {
      return losses
    },
  }
}
