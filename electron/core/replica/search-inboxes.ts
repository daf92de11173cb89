import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'

/** Short names of inboxes that stand before an item's tokens: two characters each, so that none begins another. */
export interface InboxCodes {
  /** The code of an inbox, given on first use. Inside a transaction. */
  codeOf(inboxId: Id): string
  /** Codes of one inbox, or of all; without those that were lost (S9). */
  codesOf(inboxId: Id | null): string[]
}

const WIDTH = 2

export function inboxCodes(db: Database): InboxCodes {
  const known = db.prepare<[Id], string>('select code from search_inbox where inbox_id = ?').pluck()
  const total = db.prepare<[], number>('select count(*) from search_inbox').pluck()
  const add = db.prepare<[string, Id]>('insert into search_inbox (code, inbox_id) values (?, ?)')
  const shown = db
    .prepare<[Id | null], string>(
      `select code from search_inbox
       where inbox_id = coalesce(?, inbox_id) and inbox_id not in (select inbox_id from hidden_inbox)`,
    )
    .pluck()

  return {
    codeOf(inboxId) {
      const code = known.get(inboxId)
      if (code !== undefined) return code
      const next = (total.get() ?? 0).toString(36).padStart(WIDTH, '0')
      if (next.length > WIDTH) throw new Error('more inboxes than codes')
      add.run(next, inboxId)
      return next
    },
    codesOf: inboxId => shown.all(inboxId),
  }
}
