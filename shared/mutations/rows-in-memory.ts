import type { Id } from '../model/base.ts'
import { type Doc, type Key, keyOf, type RowType } from '../model/row.ts'
import type { Rows } from './mutation.ts'

/**
 * Rows in a map, with the rule of `Rows` enforced: only what was declared may be read, changed or removed. For tests of
 * effects.
 */
export class RowsInMemory implements Rows {
  readonly docs = new Map<string, unknown>()
  declared: ReadonlySet<string> = new Set()

  declare(keys: readonly Key[]): void {
    this.declared = new Set(keys.map(keyOf))
  }

  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined {
    this.#check(type, id)
    return this.docs.get(keyOf({ type, id })) as Doc<T> | undefined
  }

  put<T extends RowType>(type: T, doc: Doc<T>): void {
    const name = keyOf({ type, id: doc.id })
    if (this.docs.has(name)) this.#check(type, doc.id)
    this.docs.set(name, doc)
  }

  remove(type: RowType, id: Id): void {
    this.#check(type, id)
    this.docs.delete(keyOf({ type, id }))
  }

  #check(type: RowType, id: Id): void {
    const name = keyOf({ type, id })
    if (!this.declared.has(name)) throw new Error(`${name} was not declared in reads`)
  }
}
