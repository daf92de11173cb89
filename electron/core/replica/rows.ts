import { type Doc, type Key, keyOf, type RowType } from '#shared/model/row.ts'
import { type Rows, writable } from '#shared/mutations/mutation.ts'
import type { WorkingCopy } from './working-copy.ts'

/** The rows one effect sees, and, once `write` is called, what it changed. */
export interface EffectRows extends Rows {
  /** Puts the effect into the working copy. Returns the changed keys. */
  write(): Key[]
}

/**
 * Rows for one run of one effect. To get or change a row that was not declared throws: desk and hub would differ. Only what
 * is new may be put undeclared.
 */
export function effectRows(
  copy: WorkingCopy,
  declared: readonly Key[],
  onlyReads: readonly RowType[] = [],
): EffectRows {
  const allowed = new Set(declared.map(keyOf))
  const written = new Map<string, { key: Key; doc: Doc | undefined }>()

  const demand = (type: RowType, id: string): string => {
    const name = keyOf({ type, id })
    if (!allowed.has(name)) throw new Error(`undeclared ${name}`)
    return name
  }
  const demandWritable = (type: RowType): void => {
    if (!writable.has(type) || onlyReads.includes(type)) throw new Error(`no mutation writes ${type}`)
  }

  return {
    get<T extends RowType>(type: T, id: string) {
      const own = written.get(demand(type, id))
      return own ? (own.doc as Doc<T> | undefined) : copy.get(type, id)
    },
    put(type, doc) {
      demandWritable(type)
      const name = keyOf({ type, id: doc.id })
      if (written.has(name) || copy.has(type, doc.id)) demand(type, doc.id)
      written.set(name, { key: { type, id: doc.id }, doc })
    },
    remove(type, id) {
      demandWritable(type)
      written.set(demand(type, id), { key: { type, id }, doc: undefined })
    },
    write() {
      for (const { key, doc } of written.values())
        if (doc) copy.put(key.type, doc)
        else copy.remove(key.type, key.id)
      return [...written.values()].map(({ key }) => key)
    },
  }
}
