/**
 * What an effect sees of the database (S10): the rows its mutation declared, and nothing else. Changes are kept here until
 * the verdict is known, so a refusal leaves no trace. Guards the rule that desk and hub read the same rows.
 */
import type { Id } from '#shared/model/base.ts'
import { type Doc, type Key, key, keyOf, type RowType } from '#shared/model/row.ts'
import type { Rows } from '#shared/mutations/mutation.ts'
import type { Transaction } from '../store/store.ts'

export type Change = { key: Key; doc: Doc; declared: boolean } | { key: Key; doc: null; declared: true }

export class RowsView implements Rows {
  readonly #tx: Transaction
  readonly #declared: ReadonlySet<string>
  readonly #changes = new Map<string, Change>()

  constructor(tx: Transaction, declared: readonly Key[]) {
    this.#tx = tx
    this.#declared = new Set(declared.map(keyOf))
  }

  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined {
    const name = keyOf({ type, id })
    const change = this.#changes.get(name)
    if (change) return (change.doc ?? undefined) as Doc<T> | undefined
    if (!this.#declared.has(name)) throw new Error(`undeclared read of a ${type}`)
    return this.#tx.get(type, id)
  }

  put<T extends RowType>(type: T, doc: Doc<T>): void {
    const name = keyOf({ type, id: doc.id })
    this.#changes.set(name, { key: key(type, doc.id), doc: doc as Doc, declared: this.#declared.has(name) })
  }

  remove(type: RowType, id: Id): void {
    const name = keyOf({ type, id })
    if (!this.#declared.has(name)) throw new Error(`undeclared removal of a ${type}`)
    this.#changes.set(name, { key: key(type, id), doc: null, declared: true })
  }

  get changes(): Change[] {
    return [...this.#changes.values()]
  }
}
