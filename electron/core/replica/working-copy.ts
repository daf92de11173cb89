import { type Doc, type Key, keyOf, type RowType } from '#shared/model/row.ts'
import type { Replica } from './replica.ts'
import type { BaseRow } from './statements.ts'
import type { Stored } from './tables.ts'

/**
 * Rows while pending effects are taken back and done again (S7). Everything happens in memory; `settle` writes what differs
 * from what is stored, once. Of fifty notes that are done again above one that was acknowledged, the conversation is written
 * once, and of the notes only those whose place has changed.
 *
 * A row has two versions: the hub's, and what the desk shows of it. Where they differ the hub's is kept in `base`.
 */
export interface WorkingCopy {
  /** What the desk shows. */
  get<T extends RowType>(type: T, id: string): Doc<T> | undefined
  has(type: RowType, id: string): boolean
  /** Takes back every effect on a row: what the hub has is shown. */
  restore(at: Key): void
  /** The hub's row changed, or went. */
  putHub(type: RowType, rev: number, doc: Doc): void
  removeHub(at: Key): void
  /** What the hub has; undefined where it has none. */
  hub<T extends RowType>(type: T, id: string): Doc<T> | undefined
  /** An effect on what is shown. */
  put(type: RowType, doc: Doc): void
  remove(type: RowType, id: string): void
  /** Writes the differences to the tables and to `base`. Within the caller's transaction. */
  settle(): void
}

interface Version {
  rev: number
  /** Undefined: there is no such row. */
  doc: Doc | undefined
  /** The document's JSON where it is known; null: there is no such row. */
  text: string | null | undefined
}

interface Entry {
  key: Key
  stored: Stored | undefined
  base: BaseRow | undefined
  hub: Version
  shown: Version
}

const nothing: Version = { rev: 0, doc: undefined, text: null }

const parse = (rev: number, text: string | null): Version =>
  text === null ? { ...nothing, rev } : { rev, doc: JSON.parse(text) as Doc, text }

const textOf = (version: Version): string | null => {
  if (version.text === undefined) version.text = version.doc ? JSON.stringify(version.doc) : null
  return version.text
}

export function workingCopy({ tables, sql }: Replica): WorkingCopy {
  const entries = new Map<string, Entry>()

  const entry = (type: RowType, id: string): Entry => {
    const name = keyOf({ type, id })
    let found = entries.get(name)
    if (!found) {
      const stored = tables.stored(type, id)
      const base = sql.base.read.get(type, id)
      const shown = stored ? parse(stored.rev, stored.doc) : nothing
      found = { key: { type, id }, stored, base, hub: base ? parse(base.rev, base.doc) : shown, shown }
      entries.set(name, found)
    }
    return found
  }

  const settleOne = ({ key: { type, id }, stored, base, hub, shown }: Entry): void => {
    if (shown !== hub) {
      const text = textOf(hub)
      if (base && (base.rev !== hub.rev || base.doc !== text)) sql.base.remove.run(type, id)
      if (!base || base.rev !== hub.rev || base.doc !== text) sql.base.write.run(type, id, hub.rev, text)
    } else if (base) {
      sql.base.remove.run(type, id)
    }
    if (!shown.doc) {
      if (stored) tables.remove(type, id)
      return
    }
    const text = textOf(shown)!
    if (stored?.rev === shown.rev && stored.doc === text) return
    tables.put(type, shown.rev, shown.doc, { text, absent: !stored })
  }

  return {
    get: <T extends RowType>(type: T, id: string) => entry(type, id).shown.doc as Doc<T> | undefined,
    has: (type, id) => entry(type, id).shown.doc !== undefined,
    hub: <T extends RowType>(type: T, id: string) => entry(type, id).hub.doc as Doc<T> | undefined,
    restore({ type, id }) {
      const found = entry(type, id)
      found.shown = found.hub
    },
    putHub(type, rev, doc) {
      const found = entry(type, doc.id)
      found.shown = found.hub = { rev, doc, text: undefined }
    },
    removeHub({ type, id }) {
      const found = entry(type, id)
      found.shown = found.hub = nothing
    },
    put(type, doc) {
      const found = entry(type, doc.id)
      found.shown = { rev: found.hub.rev, doc, text: undefined }
    },
    remove(type, id) {
      const found = entry(type, id)
      found.shown = { ...nothing, rev: found.hub.rev }
    },
    settle() {
      for (const each of entries.values()) settleOne(each)
      entries.clear()
    },
  }
}
