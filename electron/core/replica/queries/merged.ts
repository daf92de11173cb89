import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'

/** A merge is one pointer (S26); these follow it. */
export interface Merged {
  /** The customer that this one is now part of, or itself. */
  survivor(id: Id): Id
  /** Everybody who is one person with this customer. */
  family(id: Id): Id[]
  /** Name and tier to show for a customer. */
  face(id: Id): { name: string; tier: string }
}

/** Cycles are refused by the hub; a replica between two patches must not hang on one either. */
const LONGEST_CHAIN = 50

export function createMerged(db: Database): Merged {
  const read = db.prepare<[Id], { name: string; tier: string; merged_into: Id | null }>(
    'select name, tier, merged_into from customer where id = ?',
  )
  const parts = db
    .prepare<[Id], Id>(
      `with recursive part (id) as (
         values (?) union select c.id from customer c join part p on c.merged_into = p.id
       ) select id from part`,
    )
    .pluck()

  const survivor = (id: Id): Id => {
    let at = id
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const next = read.get(at)?.merged_into
      if (!next || read.get(next) === undefined) return at
      at = next
    }
    return at
  }
  return {
    survivor,
    family: id => parts.all(survivor(id)),
    face: id => {
      const { name, tier } = read.get(survivor(id)) ?? { name: '', tier: '' }
      return { name, tier }
    },
  }
}
