import type { Database, Statement } from 'better-sqlite3'
import type { Places } from './places.ts'

/** So many are put in order by themselves; of more the order is walked along an index, and what does not match is passed over. */
const FEW = 4000
const MOST_STATEMENTS = 64

/** Statements whose text is made as questions come, each prepared once; what they select is one column of numbers. */
export function preparing(db: Database): (sql: string) => Statement<unknown[], number> {
  const statements = new Map<string, Statement<unknown[], number>>()
  return sql => {
    let statement = statements.get(sql)
    if (!statement) {
      if (statements.size > MOST_STATEMENTS) statements.clear()
      statement = db.prepare<unknown[], number>(sql).pluck()
      statements.set(sql, statement)
    }
    return statement
  }
}

/** Where rows are, and in which order: pieces of SQL, every one of them ours. */
export interface Line {
  table: string
  /** The column that says a row's place. */
  place: string
  order: string
  /** Rows among which those wanted are, if an index has these in order; undefined: no index has them. */
  walked: { where: string; params: readonly string[] } | undefined
}

/**
 * A window of some places in an order: `inOrder(places, line, offset, limit)`; `limit` -1: all.
 */
export function createInOrder(
  db: Database,
): (places: Places, line: Line, offset: number, limit: number) => number[] {
  const prepared = preparing(db)
  return (places, { table, place, order, walked }, offset, limit) => {
    if (places.size <= FEW || !walked)
      return prepared(
        `select ${place} from ${table} where ${place} in (select value from json_each(?))
         order by ${order} limit ? offset ?`,
      ).all(JSON.stringify(places.all()), limit, offset)
    const found: number[] = []
    let passed = 0
    const rows = prepared(`select ${place} from ${table} where ${walked.where} order by ${order}`)
    for (const at of rows.iterate(...walked.params)) {
      if (!places.has(at) || passed++ < offset) continue
      found.push(at)
      if (found.length === limit) break
    }
    return found
  }
}
