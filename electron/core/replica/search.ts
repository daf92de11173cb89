import type { Database } from 'better-sqlite3'
import type { Item } from '#shared/model/item.ts'
import { TokenBytes } from '#shared/rules/segment-bytes.ts'
import type { Indexing } from './indexing.ts'
import { customerIndex } from './search-customers.ts'
import { inboxCodes } from './search-inboxes.ts'
import { itemTexts } from './search-texts.ts'

export { createSearch } from './search-hits.ts'

/**
 * The full-text index (docs/search.md). FTS5 keeps tokens only: texts stay in the documents, and what a token means is
 * decided by shared/rules/segment. A token of an item begins with its inbox's code, so that the newest hits of one inbox
 * stand together, however common the word is in others. `rowid` is the item's place: newest first is its order.
 */
export const searchSchema = `
create virtual table item_text using fts5(
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- Large leaves and wide merges: a third less work for a first sync, and questions are as fast.
insert into item_text (item_text, rank) values ('hashsize', 8388608), ('pgsz', 4000), ('automerge', 8);
create virtual table customer_text using fts5(
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
create table search_inbox (code text primary key, inbox_id text not null unique) without rowid;
-- Whose text an identity is part of, by its rowid: what is dropped can no longer be read.
create table search_identity (place integer primary key, customer_id text not null);
`

/**
 * Items are indexed after the transaction that brought them, in steps (`some`): neither a change by hand nor a patch waits for
 * it. Until then their places stand in `unindexed`, so nothing is forgotten by a crash. A step takes the newest and puts
 * them in by the order of their places: FTS5 starts a part of its own whenever a rowid is not above the one before.
 */
export function createIndexing(db: Database): Indexing {
  const insert = db.prepare<[number, Uint8Array]>('insert into item_text (rowid, tokens) values (?, ?)')
  const remove = db.prepare<[number]>('delete from item_text where rowid = ?')
  const wait = db.prepare<[number]>('insert or ignore into unindexed values (?)')
  const waits = db.prepare<[number], 1>('select 1 from unindexed where place = ?').pluck()
  const done = db.prepare<[number]>('delete from unindexed where place = ?')
  const newest = db
    .prepare<[number], number>('select place from unindexed order by place desc limit ?')
    .pluck()
  const read = db.prepare<[number], string>('select doc from item where place = ?').pluck()
  const codes = inboxCodes(db)
  const tokens = new TokenBytes()
  const customers = customerIndex(db)

  const index = (place: number): void => {
    const item = JSON.parse(read.get(place) as string) as Item
    tokens.clear(codes.codeOf(item.inboxId))
    for (const text of itemTexts(item)) tokens.add(text)
    if (tokens.bytes.length > 0) insert.run(place, tokens.bytes)
    done.run(place)
  }

  return {
    ...customers,
    putItem(place) {
      wait.run(place)
    },
    replaceItem(place, before, after) {
      if (sameWords(before, after) || waits.get(place) !== undefined) return
      remove.run(place)
      wait.run(place)
    },
    dropItem(place) {
      if (done.run(place).changes === 0) remove.run(place)
    },
    some(limit) {
      const places = newest.all(limit).reverse()
      for (const place of places) index(place)
      return places.length
    },
  }
}

const sameWords = (one: Item, other: Item): boolean => {
  const [some, others] = [itemTexts(one), itemTexts(other)]
  return (
    one.inboxId === other.inboxId &&
    some.length === others.length &&
    some.every((text, index) => text === others[index])
  )
}

/**
 * Joins parts of the index, for idle moments: in one part, questions cost a fifth. A step writes about `pages` leaves of
 * 4 kB and is a transaction of its own.
 *
 * @returns whether there is more to do
 */
export function mergeIndex(
  db: Database,
  pages: number,
  table: 'item_text' | 'customer_text' = 'item_text',
): boolean {
  const changes = db.prepare<[], number>('select total_changes()').pluck()
  const before = changes.get() ?? 0
  // Negative: everything into one part (fts5, "merge").
  db.prepare(`insert into ${table} (${table}, rank) values (?, ?)`).run('merge', -pages)
  return (changes.get() ?? 0) - before >= 2
}
