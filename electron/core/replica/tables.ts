import type { Database, Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Item } from '#shared/model/item.ts'
import { type Doc, type RowType, rowTypes } from '#shared/model/row.ts'
import type { Indexing } from './indexing.ts'
import { type Noun, nouns } from './nouns.ts'

/** What a transaction changed, for live queries. */
export interface Change {
  type: RowType
  id: Id
  /** Its rowid; of an item its place. */
  place: number
  /** The new document; undefined when the row went. */
  doc: Doc | undefined
}

/** A stored row, its document still as text. */
export interface Stored {
  rev: number
  doc: string
}

/** The rows as the desk shows them: a table a noun, the full-text index kept in step. All within the caller's transaction. */
export interface Tables {
  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined
  stored(type: RowType, id: Id): Stored | undefined
  rev(type: RowType, id: Id): number | undefined
  /** Writes a row. `known` spares work: the document's JSON, and that no such row is here. */
  put(type: RowType, rev: number, doc: Doc, known?: { text?: string; absent?: boolean }): void
  remove(type: RowType, id: Id): boolean
}

/** Places of one millisecond. `at * 4096` stays a safe integer until 2039. */
export const SLOTS = 4096

export function createTables(
  db: Database,
  index: Indexing,
  changed: (change: Change, rows: -1 | 0 | 1) => void,
): Tables {
  const plain = Object.fromEntries(rowTypes.map(type => [type, plainTable(db, nouns[type])])) as Record<
    RowType,
    PlainTable
  >
  const items = itemTable(db, index)

  const put = (type: RowType, rev: number, doc: Doc, text: string, absent: boolean): Put => {
    if (type === 'item') return items.put(rev, doc as Item, text, absent)
    const written = plain[type].put(rev, doc, text, absent)
    const { place, isNew } = written
    if (type === 'customer') index.putCustomer(place, doc as Doc<'customer'>, isNew)
    else if (type === 'identity') index.putIdentity(place, doc as Identity, isNew)
    return written
  }

  return {
    get<T extends RowType>(type: T, id: Id) {
      const row = plain[type].read.get(id)
      return row && (JSON.parse(row.doc) as Doc<T>)
    },
    stored: (type, id) => plain[type].read.get(id),
    rev: (type, id) => plain[type].rev.get(id)?.rev,
    put(type, rev, doc, { text = JSON.stringify(doc), absent = false } = {}) {
      const { place, isNew } = put(type, rev, doc, text, absent)
      changed({ type, id: doc.id, place, doc }, isNew ? 1 : 0)
    },
    remove(type, id) {
      const place = type === 'item' ? items.remove(id) : plain[type].remove.get(id)?.rowid
      if (place === undefined) return false
      if (type === 'customer') index.dropCustomer(place)
      else if (type === 'identity') index.dropIdentity(place)
      changed({ type, id, place, doc: undefined }, -1)
      return true
    },
  }
}

type Value = string | number | null

/** Where a row was written, and whether there was none before. */
interface Put {
  place: number
  isNew: boolean
}

interface PlainTable {
  read: Statement<[Id], Stored>
  rev: Statement<[Id], { rev: number }>
  remove: Statement<[Id], { rowid: number }>
  put(rev: number, doc: Doc, text: string, absent: boolean): Put
}

function plainTable(db: Database, noun: Noun): PlainTable {
  const { type: table } = noun
  const place = table === 'item' ? 'nr' : 'rowid'
  const names = ['rev', ...noun.columns, 'doc']
  const find = db
    .prepare<[Id], [number, ...Value[]]>(
      `select ${[place, ...noun.columns].join(', ')} from ${table} where id = ?`,
    )
    .raw()
  const insert = db.prepare(
    `insert into ${table} (id, ${names.join(', ')}) values (?, ${names.map(() => '?').join(', ')})`,
  )
  const update = updates(db, noun, place)
  return {
    read: db.prepare(`select rev, doc from ${table} where id = ?`),
    rev: db.prepare(`select rev from ${table} where id = ?`),
    remove: db.prepare(`delete from ${table} where id = ? returning ${place} as rowid`),
    put(rev, doc, text, absent) {
      const [rowid, ...was] = (absent ? undefined : find.get(doc.id)) ?? []
      if (rowid !== undefined) {
        update(rowid, was, noun.values(doc), rev, text)
        return { place: rowid, isNew: false }
      }
      const { lastInsertRowid } = insert.run(doc.id, rev, ...noun.values(doc), text)
      return { place: Number(lastInsertRowid), isNew: true }
    },
  }
}

/**
 * Updates a row, setting only the columns that differ: SQLite writes anew every index of a column that is set, whatever it is
 * set to, and most changes are of the document alone.
 */
function updates(db: Database, { type: table, columns }: Noun, place: string) {
  const statements = new Map<string, Statement>()
  return (
    rowid: number,
    was: readonly Value[],
    values: readonly Value[],
    rev: number,
    text: string,
  ): void => {
    const changed = values.flatMap((value, index) => (was[index] === value ? [] : [index]))
    const name = changed.join()
    let statement = statements.get(name)
    if (!statement) {
      const set = ['rev', ...changed.map(index => columns[index]), 'doc'].map(column => `${column} = ?`)
      statement = db.prepare(`update ${table} set ${set.join(', ')} where ${place} = ?`)
      statements.set(name, statement)
    }
    statement.run(rev, ...changed.map(index => values[index]), text, rowid)
  }
}

/** Every item has a time-ordered place, the rowid of the full-text index: "newest first" is its order. */
function itemTable(db: Database, index: Indexing) {
  const noun = nouns.item
  const names = ['rev', ...noun.columns, 'doc']
  const find = db
    .prepare<[Id], [number, number, string, ...Value[]]>(
      `select nr, place, doc, ${noun.columns.join(', ')} from item where id = ?`,
    )
    .raw()
  const placeOf = db.prepare<[Id], number>('select place from item where id = ?').pluck()
  // Nothing else conflicts: whether the id is here is known before.
  const insert = db.prepare(
    `insert into item (place, id, ${names.join(', ')}) values (?, ?, ${names.map(() => '?').join(', ')})
     on conflict (place) do nothing`,
  )
  const update = updates(db, noun, 'nr')
  const erase = db.prepare('delete from item where place = ?')

  /** Tries places from the item's `seq` on, so that items of one conversation and millisecond stand in order. */
  const insertAt = (at: number, rev: number, item: Item, text: string): number => {
    const values = noun.values(item)
    for (let step = 0; step < SLOTS; step += 1) {
      const place = at * SLOTS + ((item.seq + step) % SLOTS)
      if (insert.run(place, item.id, rev, ...values, text).changes === 1) return place
    }
    return insertAt(at + 1, rev, item, text)
  }

  const drop = (place: number): void => {
    index.dropItem(place)
    erase.run(place)
  }

  return {
    put(rev: number, item: Item, text: string, absent: boolean): Put {
      const there = absent ? undefined : find.get(item.id)
      if (there) {
        const [nr, place, before, ...was] = there
        if (Math.floor(place / SLOTS) === item.at) {
          update(nr, was, noun.values(item), rev, text)
          index.replaceItem(place, JSON.parse(before) as Item, item)
          return { place, isNew: false }
        }
        drop(place)
      }
      const place = insertAt(item.at, rev, item, text)
      index.putItem(place)
      return { place, isNew: !there }
    },
    remove(id: Id): number | undefined {
      const place = placeOf.get(id)
      if (place !== undefined) drop(place)
      return place
    },
  }
}
