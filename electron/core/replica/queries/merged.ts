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

/** Everybody who is part of a customer, by `id`, themselves among them: for queries whose first parameter is the customer. */
export const withParts = `with recursive part (id) as (
  values (?) union select c.id from customer c join part p on c.merged_into = p.id
)`

/** A value of whom a customer is part of now; null: it is empty. @param id of the customer, @param value of a row of `customer`: ours, both */
export const valueOfSurvivor = (id: string, value: string): string => `(
  with recursive part (into_id, value, step) as (
    select merged_into, ${value}, 0 from customer where id = ${id}
    union all select c.merged_into, ${value}, step + 1
      from part join customer c on c.id = into_id where step < ${LONGEST_CHAIN}
  ) select nullif(value, '') from part order by step desc limit 1)`

export function createMerged(db: Database): Merged {
  const read = db.prepare<[Id], { name: string; tier: string; merged_into: Id | null }>(
    'select name, tier, merged_into from customer where id = ?',
  )
  const parts = db.prepare<[Id], Id>(`${withParts} select id from part`).pluck()

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
