import { type Doc, type Key, keyOf, type RowType } from '#shared/model/row.ts'
import type { Rows } from '#shared/mutations/mutation.ts'
import type { Replica } from './replica.ts'

/** The rows one effect sees, and, once `write` is called, what it changed. */
export interface EffectRows extends Rows {
  /** Puts the effect into the tables and keeps the hub's version of each row it changed (S7). Returns the changed keys. */
  write(): Key[]
}

/**
 * Rows for one run of one effect. To get or change a row that was not declared throws: desk and hub would differ. Only what
 * is new may be put undeclared.
 */
export function effectRows(replica: Replica, declared: readonly Key[]): EffectRows {
  const allowed = new Set(declared.map(keyOf))
  const written = new Map<string, { key: Key; doc: Doc | undefined }>()

  const demand = (type: RowType, id: string): string => {
    const name = keyOf({ type, id })
    if (!allowed.has(name)) throw new Error(`undeclared ${name}`)
    return name
  }

  return {
    get<T extends RowType>(type: T, id: string) {
      const own = written.get(demand(type, id))
      return own ? (own.doc as Doc<T> | undefined) : replica.tables.get(type, id)
    },
    put(type, doc) {
      const name = keyOf({ type, id: doc.id })
      if (written.has(name) || replica.tables.rev(type, doc.id) !== undefined) demand(type, doc.id)
      written.set(name, { key: { type, id: doc.id }, doc })
    },
    remove(type, id) {
      written.set(demand(type, id), { key: { type, id }, doc: undefined })
    },
    write() {
      for (const { key, doc } of written.values()) {
        const before = replica.tables.stored(key.type, key.id)
        if (replica.sql.base.has.get(key.type, key.id) === undefined)
          replica.sql.base.write.run(key.type, key.id, before?.rev ?? 0, before?.doc ?? null)
        if (doc) replica.tables.put(key.type, before?.rev ?? 0, doc)
        else replica.tables.remove(key.type, key.id)
      }
      return [...written.values()].map(({ key }) => key)
    },
  }
}
